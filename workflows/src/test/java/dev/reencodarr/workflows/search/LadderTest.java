package dev.reencodarr.workflows.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.Scoring;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {

  private static final long SOURCE_BYTES = 1_000_000;

  private static EncodePlan plan(double target, double floor) {
    return new EncodePlan(
        Encoder.LIBSVTAV1,
        target,
        floor,
        "yuv420p10le",
        List.of("--svt", "tune=0"),
        List.of(),
        List.of(),
        List.of(),
        new MediaPath("/tv/a.mkv"),
        QualitySettings.defaults());
  }

  @Test
  void triesEveryPresetAtTheTargetAndThenLowersItWithTheLast() {
    assertThat(Ladder.rungs(plan(95, 93), SOURCE_BYTES))
        .extracting(rung -> rung.preset() + "@" + rung.target())
        .containsExactly("8@95.0", "6@95.0", "6@94.0", "6@93.0");
  }

  @Test
  void aTargetThatIsItsOwnFloorIsNotLowered() {
    assertThat(Ladder.rungs(plan(90, 90), SOURCE_BYTES))
        .extracting(Rung::target)
        .containsExactly(90.0, 90.0);
  }

  @Test
  void rungsOfOnePresetShareTheirPoints() {
    List<Rung> rungs = Ladder.rungs(plan(95, 93), SOURCE_BYTES);

    assertThat(rungs.get(1).setting().key()).isEqualTo(rungs.get(3).setting().key());
    assertThat(rungs.get(0).setting().key()).isNotEqualTo(rungs.get(1).setting().key());
  }

  @Test
  void aRungAsksForTheLeastSavingAndKnowsTheFloor() {
    assertThat(Ladder.rungs(plan(95, 93), SOURCE_BYTES).getFirst().policy())
        .isEqualTo(new SearchPolicy(Metric.VMAF, 95, 93, 0.4, 0.25, 5, 70, 90, 0.7));
  }

  @Test
  void saysWhichMetricAndInWhatUnit() {
    Rung usual = Ladder.rungs(plan(95, 93), SOURCE_BYTES).getFirst();
    Rung byXpsnr =
        new Rung(
            8,
            40,
            usual.policy(),
            new ProbeSetting(
                Encoder.LIBSVTAV1,
                8,
                "yuv420p10le",
                List.of(),
                new Scoring(Metric.XPSNR, "auto", 1, "yuv420p")));

    assertThat(
            Ladder.summary(
                List.of(
                    new Ladder.Tried(byXpsnr, List.of(new SearchPoint(22.5, 41.25, 60, 1, 1))))))
        .isEqualTo("preset 8: CRF 22.5 gives XPSNR 41.3 dB at 60 % of the source");
  }

  @Test
  void saysForEachPresetHowNearItCame() {
    List<Rung> rungs = Ladder.rungs(plan(95, 93), SOURCE_BYTES);

    String summary =
        Ladder.summary(
            List.of(
                new Ladder.Tried(rungs.get(0), List.of(new SearchPoint(22.5, 95.13, 104.2, 1, 1))),
                new Ladder.Tried(rungs.get(1), List.of(new SearchPoint(5, 92.2, 81, 1, 1)))));

    assertThat(summary)
        .isEqualTo(
            "preset 8: CRF 22.5 gives VMAF 95.1 at 104 % of the source; "
                + "preset 6: no more than this: CRF 5 gives VMAF 92.2 at 81 % of the source");
  }
}
