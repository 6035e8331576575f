package dev.reencodarr.activities.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.SearchPointRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.Seed;
import dev.reencodarr.workflows.search.SeedRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SearchMemoryTest {

  private static final ProbeSetting SETTING =
      new ProbeSetting(Encoder.LIBSVTAV1, 8, "yuv420p10le", List.of(), Scoring.defaults());

  private final Database database = TestDatabase.fresh();
  private final Library library = Rows.library(database, "/tv");
  private final SearchPointRepository points = new SearchPointRepository(database);
  private final SearchMemory memory = new SearchMemory(database);

  private Video video(String path, String codec, int width, int height) {
    Video video = Rows.video(database, library, path);
    database
        .client()
        .sql(
            """
            update videos set codec = :codec, width = :width, height = :height,
              duration_seconds = 100, size = 10000000 where id = :id
            """)
        .param("codec", codec)
        .param("width", width)
        .param("height", height)
        .param("id", video.id().value())
        .update();
    return video;
  }

  private Video episode(String path) {
    return video(path, "h264", 1280, 720);
  }

  /** Points of an exponential curve about the CRF at which it has 95. */
  private void searched(Video video, ProbeSetting setting, double crfAt95) {
    SourceIdentity content = new SourceIdentity(10, Instant.EPOCH, UUID.randomUUID().toString());
    for (double crf : List.of(crfAt95 - 3, crfAt95)) {
      SearchPoint point =
          new SearchPoint(crf, 100 - 5 * Math.exp(0.05 * (crf - crfAt95)), 40, 1, 1);
      points.store(
          new ProbeRequest(video.id(), video.path(), content, 0, 0, setting, crf),
          point,
          "host",
          1,
          1,
          "tools");
    }
  }

  private Seed seed(Video video) {
    return memory.seed(new SeedRequest(video.id(), SETTING, 95));
  }

  /** The CRF at which a seed expects 95. */
  private static double crfAt95(Seed seed) {
    return seed.belief().pivot() + (Math.log(5) - seed.belief().level()) / seed.belief().slope();
  }

  @Test
  void theSeasonTeachesBeforeWhateverElseIsAlike() {
    for (int number = 1; number <= 6; number++) {
      searched(episode("/tv/Show/Season 1/e" + number + ".mkv"), SETTING, 40 + 0.2 * number);
    }
    searched(episode("/tv/Other/e1.mkv"), SETTING, 20);

    Seed seed = seed(episode("/tv/Show/Season 1/e7.mkv"));

    assertThat(seed.origin()).isEqualTo(Seed.Origin.SEASON);
    assertThat(seed.videos()).isEqualTo(6);
    assertThat(seed.examples()).hasSize(3).allMatch(name -> name.matches("e\\d\\.mkv"));
    assertThat(crfAt95(seed)).isBetween(39.0, 42.0);
  }

  @Test
  void withoutASeasonVideosOfTheSameKindTeachMoreThanOthers() {
    for (int number = 1; number <= 4; number++) {
      searched(episode("/tv/Film " + number + "/film.mkv"), SETTING, 38);
      searched(video("/tv/Old " + number + "/old.mkv", "mpeg2video", 352, 288), SETTING, 18);
    }

    Seed seed = seed(episode("/tv/New/new.mkv"));

    assertThat(seed.origin()).isEqualTo(Seed.Origin.SIMILAR);
    assertThat(crfAt95(seed)).isBetween(35.0, 39.0);
  }

  @Test
  void whatWasMeasuredInAnotherWayTeachesNothing() {
    ProbeSetting other =
        new ProbeSetting(Encoder.LIBSVTAV1, 8, "yuv420p10le", List.of(), new Scoring("none", 1));
    searched(episode("/tv/Show/e1.mkv"), other, 40);

    assertThat(seed(episode("/tv/Show/e2.mkv")).origin()).isEqualTo(Seed.Origin.PRIOR);
  }

  @Test
  void foldersBelowAndFoldersWhoseNamesBeginAlikeAreNoSeason() {
    searched(episode("/tv/Show/Specials/s1.mkv"), SETTING, 40);
    searched(episode("/tv/Show 2/e1.mkv"), SETTING, 40);

    Seed seed = seed(episode("/tv/Show/e1.mkv"));

    assertThat(seed.origin()).isEqualTo(Seed.Origin.SIMILAR);
  }

  @Test
  void anEpisodeThatWasEncodedSinceTeachesByTheSourceThatItWas() {
    Video done = episode("/tv/Show/e1.mkv");
    searched(done, SETTING, 40);
    database
        .client()
        .sql(
            """
            update videos set codec = 'av1', original_codec = 'h264', original_size = size,
              size = size / 3, sampled_hash = 'another' where id = :id
            """)
        .param("id", done.id().value())
        .update();

    Seed seed = seed(episode("/tv/Show/e2.mkv"));

    assertThat(seed.origin()).isEqualTo(Seed.Origin.SEASON);
    assertThat(seed.videos()).isEqualTo(1);
  }

  @Test
  void aVideoThatIsGoneHasThePriorAndNothingFails() {
    assertThat(memory.seed(new SeedRequest(new VideoId(UUID.randomUUID()), SETTING, 95)))
        .isEqualTo(Seed.prior(SETTING.scoring().metric()));
  }
}
