package dev.reencodarr.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuTimeTest {

  @Test
  void ownTimeAndThatOfChildrenAreToldApart() {
    assertThat(
            CpuTime.parse(
                "7 (a) name (x) S 1 7 7 0 -1 4194560 1 2 3 4 150 50 30 20 20 0 1 0 9 1 2\n"))
        .isEqualTo(new CpuTime(2.0, 0.5));
  }

  @Test
  void theTimeOfThisProcessGrows() {
    assertThat(CpuTime.of(ProcessHandle.current().pid()))
        .hasValueSatisfying(time -> assertThat(time.own()).isPositive());
  }

  @Test
  void aProcessThatIsGoneHasNone() {
    assertThat(CpuTime.of(Integer.MAX_VALUE)).isEmpty();
  }
}
