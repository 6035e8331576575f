package dev.reencodarr.activities.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.search.CrfSearch;
import dev.reencodarr.workflows.search.PresetCurve;
import dev.reencodarr.workflows.search.ProbeActivities;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.Rung;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchPolicy;
import dev.reencodarr.workflows.search.SearchStep;
import dev.reencodarr.workflows.search.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a film is like, its search ends, with the real tools, and says with what. */
class OddFilmsTest {

  /** What docs/search.md promises for one preset and target. */
  private static final int MOST_PROBES = 13;

  private static final int MOST_LOOKS = 3;

  private static final ProbeSetting SETTING =
      new ProbeSetting(Encoder.LIBSVTAV1, 12, "yuv420p10le", List.of(), new Scoring("none", 1));

  @TempDir private Path folder;
  private TestProbes world;
  private ProbeActivities probes;

  @BeforeEach
  void start() throws Exception {
    world = new TestProbes(folder);
    probes = world.with(TestTools.tools(), path -> {});
  }

  @AfterEach
  void close() {
    world.close();
  }

  private SearchStep search(Path film, double silent, double target, double mostPercent)
      throws Exception {
    SearchPolicy policy =
        new SearchPolicy(
            Metric.VMAF,
            target,
            Metric.VMAF.floorFor(target),
            0.4,
            0.25,
            5,
            70,
            mostPercent,
            SETTING.scoring().costOfLook());
    Rung rung = new Rung(SETTING.preset(), target, policy, SETTING);
    PresetCurve known = PresetCurve.unknown(Seed.prior(Metric.VMAF));
    SearchStep step = CrfSearch.next(known.now(), policy);
    while (step instanceof SearchStep.Measurement wanted) {
      known.add(wanted, measure(film, silent, rung.settingOf(wanted), wanted.crf()));
      step = CrfSearch.next(known.now(), policy);
    }
    assertThat(known.points()).hasSizeLessThanOrEqualTo(MOST_PROBES);
    assertThat(known.looks()).hasSizeLessThanOrEqualTo(MOST_LOOKS);
    return step;
  }

  private SearchPoint measure(Path film, double silent, ProbeSetting setting, double crf)
      throws Exception {
    ProbeRequest request = TestProbes.request(film, 0, silent, setting, crf);
    return TestProbes.point(probes.probe(request));
  }

  /** A film of two seconds at most, small, with many bits. */
  private Path made(String name, String source, String filters, String... more) throws Exception {
    Path film = folder.resolve(name);
    List<String> command =
        new ArrayList<>(
            List.of(
                TestTools.tools().ffmpeg().toString(),
                "-nostdin",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                source,
                "-vf",
                filters,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-qp",
                "8",
                "-pix_fmt",
                "yuv420p"));
    command.addAll(Arrays.asList(more));
    command.add(film.toString());
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return film;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "static | testsrc=s=256x144:d=2:r=24       | select='eq(n,0)',loop=47:1:0,setpts=N/24/TB",
        "black  | color=black:s=256x144:d=2:r=24   | null",
        "short  | testsrc2=s=256x144:d=1:r=24      | null",
        "grain  | testsrc2=s=256x144:d=2:r=24      | noise=alls=30:allf=t",
        "cartoon| smptehdbars=s=256x144:d=2:r=24   | rotate='t/4'",
        "fields | testsrc2=s=256x144:d=2:r=50      | tinterlace=interleave_top,fieldorder=tff",
      })
  void anOddPictureEndsTheSearchWithAFindingOrAReason(String name, String source, String filters)
      throws Exception {
    Path film = made(name + ".mkv", source, filters);

    SearchStep end = search(film, 0, 95, 1000);

    if (end instanceof SearchStep.Found(SearchPoint point)) {
      assertThat(point.score()).isGreaterThanOrEqualTo(95);
    } else {
      assertThat(end).isInstanceOf(SearchStep.NotReachable.class);
    }
  }

  @Test
  void framesOfVaryingLengthAreNoReasonToFail() throws Exception {
    Path film =
        made(
            "varying.mkv",
            "testsrc2=s=256x144:d=2:r=24",
            "select='lt(mod(n,12),5)+eq(mod(n,12),8)'",
            "-fps_mode",
            "vfr");

    assertThat(search(film, 0, 95, 1000)).isInstanceOf(SearchStep.Found.class);
  }

  @Test
  void aClockThatBeginsLateIsNoReasonToFail() throws Exception {
    Path film = made("late.mkv", "testsrc2=s=256x144:d=2:r=24", "null", "-output_ts_offset", "60");

    assertThat(search(film, 60, 95, 1000)).isInstanceOf(SearchStep.Found.class);
  }

  @Test
  void aTargetThatEveryCrfReachesIsFoundAtTheHighest() throws Exception {
    Path film = made("any.mkv", "testsrc2=s=256x144:d=1:r=24", "null");

    assertThat(search(film, 0, 0, 1000))
        .isInstanceOfSatisfying(
            SearchStep.Found.class, found -> assertThat(found.point().crf()).isEqualTo(70));
  }

  @Test
  void aTargetThatNoCrfReachesIsSaidToBeUnreachable() throws Exception {
    Path film = made("none.mkv", "testsrc2=s=256x144:d=1:r=24", "noise=alls=60:allf=t");

    assertThat(search(film, 0, 100, 1000)).isInstanceOf(SearchStep.NotReachable.class);
  }

  @Test
  void aFilmThatIsLeanAlreadyIsRefusedByAFewLooks() throws Exception {
    Path film =
        made("lean.mkv", "testsrc2=s=256x144:d=2:r=24", "noise=alls=20:allf=t", "-qp", "44");

    assertThat(search(film, 0, 95, 90))
        .isInstanceOfAny(SearchStep.Hopeless.class, SearchStep.TooLarge.class);
  }
}
