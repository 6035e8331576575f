package dev.reencodarr.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MedianTest {

  private static Row wall(double ours) {
    return Row.alone("clips", "wall time", "s", ours, new Goal.TimesPeer(1));
  }

  @Test
  void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
    assertThat(Median.of(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertThat(Median.of(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
  }

  @Test
  void nothingHasNoMedian() {
    assertThatThrownBy(() -> Median.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachSideOfARowIsTheMedianOfThatSideOverAllRuns() {
    List<Row> merged =
        Median.ofRuns(
            List.of(
                List.of(wall(10).against("loop", 30), Row.alone("clips", "n", "", 1, Goal.none())),
                List.of(wall(14).against("loop", 20), Row.alone("clips", "n", "", 1, Goal.none())),
                List.of(
                    wall(99).against("loop", 25), Row.alone("clips", "n", "", 1, Goal.none()))));

    assertThat(merged).hasSize(2);
    assertThat(merged.getFirst()).isEqualTo(wall(14).against("loop", 25));
    assertThat(merged.getFirst().ratio()).hasValue(14.0 / 25);
  }

  @Test
  void aFigureThatOneRunAloneGaveIsKept() {
    Row rare = Row.alone("clips", "rare", "s", 3, Goal.none());

    assertThat(Median.ofRuns(List.of(List.of(wall(1)), List.of(wall(2), rare))))
        .extracting(Row::metric, Row::ours, Row::peer)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("wall time", 1.5, OptionalDouble.empty()),
            org.assertj.core.groups.Tuple.tuple("rare", 3.0, OptionalDouble.empty()));
  }
}
