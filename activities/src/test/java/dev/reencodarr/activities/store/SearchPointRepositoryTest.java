package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.SamplePlan;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SearchPointRepositoryTest {

  private final Database database = TestDatabase.fresh();
  private final SearchPointRepository points = new SearchPointRepository(database);
  private String tools = "tools";
  private final SourceIdentity content = new SourceIdentity(10, Instant.EPOCH, "abc");
  private final ProbeSetting preset8 = setting(8, Scoring.defaults());

  private static ProbeSetting setting(int preset, Scoring scoring) {
    return new ProbeSetting(Encoder.LIBSVTAV1, preset, "yuv420p10le", List.of(), scoring);
  }

  private void store(ProbeSetting setting, SearchPoint point) {
    VideoId unknown = new VideoId(UUID.randomUUID());
    points.store(
        new ProbeRequest(unknown, new MediaPath("/a.mkv"), content, 0, 0, setting, point.crf()),
        point,
        "host",
        2,
        1.5,
        tools);
  }

  @Test
  void aPointKnowsTheToolsThatMeasuredItAndIsFoundByOthersToo() {
    tools = "ab-av1 0.11.7, ffmpeg version n9.0.2";
    SearchPoint point = new SearchPoint(30, 95, 40, 1, 1);
    store(preset8, point);
    tools = "ab-av1 0.12.0, ffmpeg version n10.0";
    store(preset8, point);

    assertThat(points.all(content, preset8)).containsExactly(point);
    assertThat(
            database
                .client()
                .sql("select measured_with from search_points")
                .query(String.class)
                .list())
        .containsExactly("ab-av1 0.11.7, ffmpeg version n9.0.2");
  }

  @Test
  void aPointIsFoundWhereContentSettingAndCrfAreTheSame() {
    SearchPoint point = new SearchPoint(30.25, 95.125, 41.5, 1234, 5.5);
    store(preset8, point);

    assertThat(points.find(content, preset8, 30.25)).contains(point);
    assertThat(points.find(content, preset8, 30.5)).isEmpty();
    assertThat(points.find(content, setting(6, Scoring.defaults()), 30.25)).isEmpty();
    assertThat(points.find(content, setting(8, new Scoring("none", 1)), 30.25)).isEmpty();
    assertThat(points.find(new SourceIdentity(10, Instant.EPOCH, "x"), preset8, 30.25)).isEmpty();
    assertThat(points.find(new SourceIdentity(10, Instant.now(), "abc"), preset8, 30.25))
        .contains(point);
  }

  @Test
  void allPointsComeByCrfAndTheFirstMeasurementStays() {
    store(preset8, new SearchPoint(40, 90, 20, 1, 1));
    store(preset8, new SearchPoint(30, 95, 40, 1, 1));
    store(preset8, new SearchPoint(30, 94, 40, 1, 1));

    assertThat(points.all(content, preset8))
        .extracting(SearchPoint::crf, SearchPoint::score)
        .containsExactly(tuple(30.0, 95.0), tuple(40.0, 90.0));
  }

  @Test
  void aPointKeepsTheScoresOfItsSamplesAndHowItWasMeasured() {
    ProbeSetting setting =
        new ProbeSetting(
            Encoder.LIBSVTAV1,
            6,
            "yuv420p10le",
            List.of("--svt", "tune=0"),
            new Scoring(Metric.XPSNR, "auto", 1, "yuv420p"),
            new SamplePlan(180, 2, 5.5));
    SearchPoint point = new SearchPoint(30, 40.5, 40, 1, 1, List.of(39.25, 41.75));
    store(setting, point);

    assertThat(points.find(content, setting, 30)).contains(point);
    assertThat(points.all(content, setting)).containsExactly(point);
    assertThat(
            database
                .client()
                .sql(
                    """
                    select concat_ws(' ', sample_every, samples_least, sample_seconds, metric,
                        pixel_format, encode_arguments, scoring_arguments)
                    from search_points
                    """)
                .query(String.class)
                .single())
        .isEqualTo(
            "180 2 5.5 XPSNR yuv420p10le {--svt,tune=0} {--xpsnr,--xpsnr-pix-format,yuv420p}");
  }

  /** What was measured before there were other plans is known still. */
  @Test
  void theKeyOfTheUsualSettingsIsThatOfEarlierReleases() {
    assertThat(preset8.key())
        .isEqualTo("libsvtav1 preset=8 pix=yuv420p10le args=[] scoring=[--vmaf-scale, auto]");
  }
}
