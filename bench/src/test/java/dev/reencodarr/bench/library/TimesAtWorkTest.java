package dev.reencodarr.bench.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimesAtWorkTest {

  private static double covered(String... lines) {
    return TimesAtWork.parse(List.of(lines)).covered();
  }

  @Test
  void timesOneAfterTheOtherAddUp() {
    assertThat(covered("10.00 11.50", "20.00 20.25")).isCloseTo(1.75, within(1e-9));
  }

  @Test
  void whatOverlapsCountsOnce() {
    assertThat(covered("11.00 13.00", "10.00 12.00")).isCloseTo(3, within(1e-9));
    assertThat(covered("10.00 20.00", "12.00 13.00", "19.00 21.00")).isCloseTo(11, within(1e-9));
  }

  @Test
  void nothingCoversNothing() {
    assertThat(covered()).isZero();
  }

  @Test
  void aLineThatWasTornIsNotPassedOver() {
    assertThatThrownBy(() -> covered("10.00")).isInstanceOf(NumberFormatException.class);
  }
}
