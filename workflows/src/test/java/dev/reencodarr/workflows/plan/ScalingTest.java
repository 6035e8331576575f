package dev.reencodarr.workflows.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Pictures are made smaller in their own shape, and compared in the size of their source. */
class ScalingTest {

  private static Scaling scaled(int width, int height, int largest) {
    return Scaling.of(width, height, largest, "auto").orElseThrow();
  }

  @Test
  void aPictureOf4kIsComparedIn4k() {
    assertThat(scaled(3840, 2160, 1920)).isEqualTo(new Scaling(1920, 1080, 3840, 2160, true));
    assertThat(scaled(3840, 1606, 1920)).isEqualTo(new Scaling(1920, 804, 3840, 1608, true));
    assertThat(scaled(2880, 1206, 1920)).isEqualTo(new Scaling(1920, 804, 2880, 1206, false));
  }

  @Test
  void aSmallPictureIsComparedInTheSizeInWhichItWouldBeScoredUnscaled() {
    assertThat(scaled(1280, 720, 640)).isEqualTo(new Scaling(640, 360, 1920, 1080, false));
    assertThat(Scaling.of(1280, 720, 640, "none").orElseThrow().comparedWidth()).isEqualTo(1280);
    assertThat(Scaling.of(1280, 720, 640, "3840x2160").orElseThrow().comparedHeight())
        .isEqualTo(2160);
  }

  @Test
  void whatIsNoWiderStays() {
    assertThat(Scaling.of(1920, 1080, 1920, "auto")).isEmpty();
    assertThat(Scaling.of(7680, 4320, 0, "auto")).isEmpty();
  }

  @Test
  void theShapeIsKeptAndTheResultHasEvenSides() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      int width = random.nextInt(200, 16_385);
      int height = random.nextInt(100, 8_705);
      int largest = 2 * random.nextInt(64, 8_193);
      Optional<Scaling> scaled = Scaling.of(width, height, largest, "auto");
      assertThat(scaled.isPresent()).isEqualTo(width > largest);
      scaled.ifPresent(smaller -> {
        double inShape = (double) height * largest / width;
        assertThat(smaller.width()).isEqualTo(largest);
        assertThat(smaller.height()).isEven().isPositive();
        assertThat((double) smaller.height())
            .isCloseTo(inShape, within(Math.max(1.001, 2 - inShape)));
        assertThat(smaller.comparedWidth()).isGreaterThanOrEqualTo(smaller.width());
      });
    }
  }
}
