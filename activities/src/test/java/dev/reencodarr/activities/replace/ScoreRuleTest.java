package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.plan.ScorePool;
import dev.reencodarr.workflows.plan.Scoring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreRuleTest {

  private static final Scoring EVERY_THIRD = new Scoring("none", 3);
  private static final Scoring XPSNR = new Scoring(Metric.XPSNR, "none", 1, "yuv420p");

  private static ScoreRule rule(ResultCheck check, Scoring scoring, double seconds) {
    return rule(check, scoring, ScorePool.mean(), seconds);
  }

  private static ScoreRule rule(
      ResultCheck check, Scoring scoring, ScorePool pool, double seconds) {
    return ScoreRule.of(QualitySettings.defaults().with(scoring).with(pool).with(check), seconds);
  }

  @ParameterizedTest
  @CsvSource({"0,3", "90,3", "480,4", "1200,10", "20000,10"})
  void ofALongFilmTenSegmentsAreChecked(double seconds, int segments) {
    ScoreRule rule = rule(ResultCheck.SEGMENTS, EVERY_THIRD, seconds);

    assertThat(rule.segments()).isEqualTo(segments);
    assertThat(rule.seconds()).isEqualTo(10);
    assertThat(rule.isWhole()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OFF")
  void aPromiseIsCheckedOnTheVeryScaleOfTheSearch(ResultCheck check) {
    ScoreRule rule = rule(check, EVERY_THIRD, 1200);

    assertThat(rule.isPromise()).isTrue();
    assertThat(rule.scoring()).isEqualTo(EVERY_THIRD);
    assertThat(rule.toleranceOfPromise()).isEqualTo(0.5);
    assertThat(rule(check, XPSNR, 1200).toleranceOfPromise()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OFF")
  void thePoolOfTheSettingsIsThatOfSegmentsAndWindows(ResultCheck check) {
    assertThat(rule(check, XPSNR, ScorePool.worst(), 1200).pool()).isEqualTo(ScorePool.worst());
  }

  /** Twenty seconds, as a sample of the search. */
  @Test
  void aWholeFilmHasWindowsAsLongAsTheSamplesOfTheSearch() {
    ScoreRule whole = rule(ResultCheck.WHOLE, XPSNR, 1200);

    assertThat(whole.isWhole()).isTrue();
    assertThat(whole.seconds()).isEqualTo(20);
  }

  /** A target in dB is compared with dB: VMAF 37 would let nearly everything pass for 40 dB. */
  @Test
  void withoutACheckThreeSegmentsAreComparedRoughlyInTheMetricOfTheSearch() {
    ScoreRule vmaf = rule(ResultCheck.OFF, EVERY_THIRD, 1200);
    ScoreRule xpsnr = rule(ResultCheck.OFF, XPSNR, 1200);

    assertThat(vmaf.segments()).isEqualTo(3);
    assertThat(vmaf.isPromise()).isFalse();
    assertThat(vmaf.scoring().subsample()).isEqualTo(5);
    assertThat(rule(ResultCheck.OFF, new Scoring("none", 8), 1200).scoring().subsample())
        .isEqualTo(8);
    assertThat(vmaf.leastMean(95)).isEqualTo(92);
    assertThat(vmaf.leastOfOne(95, 93)).isEqualTo(85);
    assertThat(xpsnr.scoring().metric()).isEqualTo(Metric.XPSNR);
    assertThat(xpsnr.leastMean(40)).isEqualTo(34);
    assertThat(xpsnr.leastOfOne(40, 38)).isEqualTo(28);
  }

  /** What is only worse than promised is encoded once more, its worst scenes included. */
  @ParameterizedTest
  @CsvSource({
    "91,81,true",
    "91,72,true",
    "91,70,false",
    "84,80,false",
    "96,76,true",
    "96,74,false"
  })
  void whereAPromiseIsCheckedOnlyWhatIsBrokenIsRefused(double mean, double lowest, boolean sound) {
    ScoreRule rule = rule(ResultCheck.SEGMENTS, EVERY_THIRD, 1200);

    assertThat(mean >= rule.leastMean(95) && lowest >= rule.leastOfOne(95, mean)).isEqualTo(sound);
  }
}
