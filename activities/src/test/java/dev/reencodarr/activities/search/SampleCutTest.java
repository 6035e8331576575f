package dev.reencodarr.activities.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.plan.SamplePlan;
import org.junit.jupiter.api.Test;

/** What is expected was read from the names that ab-av1 0.11.7 gives its samples. */
class SampleCutTest {

  private static FilmLength film(String seconds, double rate) {
    return new FilmLength(FilmLength.nanos(seconds), rate, 1_000_000);
  }

  @Test
  void samplesAreSpreadEvenlyAndBeginAtWholeSeconds() {
    assertThat(SampleCut.of(new SamplePlan(720, 3, 2), film("210.233000", 30)))
        .containsExactly(
            new SampleCut("51", 60), new SampleCut("104", 60), new SampleCut("157", 60));
  }

  @Test
  void samplesOfLessThanTwoSecondsBeginInMidSecond() {
    assertThat(SampleCut.of(new SamplePlan(720, 2, 1.5), film("210.233000", 30)))
        .containsExactly(new SampleCut("69.07767", 45), new SampleCut("139.65533", 45));
  }

  @Test
  void aSampleIsNeverLessThanAFrame() {
    assertThat(SampleCut.of(new SamplePlan(720, 1, 1), film("100.000000", 0.25)))
        .extracting(SampleCut::frames)
        .containsExactly(1L);
  }

  @Test
  void theUsualPlanTakesASampleForEachTwelveMinutes() {
    assertThat(SampleCut.of(SamplePlan.defaults(), film("2700.000000", 24000 / 1001.0)))
        .containsExactly(
            new SampleCut("524", 480),
            new SampleCut("1068", 480),
            new SampleCut("1612", 480),
            new SampleCut("2156", 480));
  }

  @Test
  void aFilmThatSamplesWouldBeMostOfIsMeasuredWhole() {
    assertThat(SampleCut.of(SamplePlan.defaults(), film("23.500000", 25))).isEmpty();
    assertThat(SampleCut.of(SamplePlan.defaults(), film("23.600000", 25))).hasSize(1);
  }
}
