package dev.reencodarr.workflows.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.plan.Metric;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CorrectionTest {

  private static final SearchPolicy AT_95 = new SearchPolicy(95, 93, 0.4, 0.25, 5, 70, 90);

  @Test
  void isAlwaysLowerOnTheGridAndWithinTheRange() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      double crf = 5 + 0.25 * random.nextInt(261);
      double score = 100 * random.nextDouble();
      double slope = random.nextGaussian();

      OptionalDouble corrected = Correction.crf(crf, score, slope, AT_95);

      if (corrected.isEmpty()) {
        assertThat(crf).isEqualTo(5);
      } else {
        assertThat(corrected.getAsDouble()).isBetween(5.0, crf - 0.25);
        assertThat((corrected.getAsDouble() - 5) / 0.25)
            .isEqualTo(Math.rint((corrected.getAsDouble() - 5) / 0.25));
      }
    }
  }

  @Test
  void makesUpForWhatIsMissingAlongTheCurve() {
    // 100 - 5 e^(0.05 (crf - 28)): the samples promised 95 at 31, the film has it at 28.
    double score = 100 - 5 * Math.exp(0.05 * 3);

    assertThat(Correction.crf(31, score, 0.05, AT_95)).hasValue(28);
  }

  @Test
  void expectsALargerFileOfTheSameScore() {
    SearchPoint point = new SearchPoint(31, 95.1, 40, 1000, 60);

    SearchPoint expected = Correction.expected(point, 28);

    assertThat(expected.crf()).isEqualTo(28);
    assertThat(expected.predictedPercent()).isBetween(45.0, 50.0);
    assertThat(expected.predictedBytes()).isBetween(1100L, 1250L);
  }

  @Test
  void ofXpsnrItCountsInDb() {
    SearchPolicy policy = new SearchPolicy(Metric.XPSNR, 40, 39, 0.4, 0.25, 5, 70, 90, 1);

    assertThat(Correction.crf(30, 39.5, 0.05, policy).getAsDouble()).isBetween(27.0, 28.0);
  }
}
