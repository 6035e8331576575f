package dev.reencodarr.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.starter.view.CurvePlot.Dot;
import dev.reencodarr.starter.view.CurvePlot.Mark;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurvePlotTest {

  private static String plot(List<Dot> dots, Double... targets) {
    return String.join("\n", CurvePlot.lines(dots, List.of(targets))) + "\n";
  }

  @Test
  void aSearchIsDrawnWithLooksProbesTheAcceptedPointAndTheTarget() {
    assertThat(
            plot(
                List.of(
                    new Dot(38, 92.9, Mark.LOOK),
                    new Dot(32.5, 94.6, Mark.POINT),
                    new Dot(22, 97.75, Mark.POINT),
                    new Dot(31, 95.2, Mark.ACCEPTED)),
                95.0))
        .isEqualTo(
            """
             97.75 |o
                   |
                   |
                   |
                   |
                   |
                   |
             95.33 |                                  X
                95 |- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -
                   |                                       o
                   |
                   |
                   |
                   |
              92.9 |                                                            .
                   +-------------------------------------------------------------
                    22                           30                            38
                    CRF   . look   o probe   X accepted   - - target
            """);
  }

  @Test
  void onePointHasRoomAroundIt() {
    assertThat(plot(List.of(new Dot(30, 95, Mark.POINT)), 95.0))
        .isEqualTo(
            """
                96 |
                   |
                   |
                   |
                   |
                   |
                   |
                95 |- - - - - - - - - - - - - - - o - - - - - - - - - - - - - - -
                   |
                   |
                   |
                   |
                   |
                   |
                94 |
                   +-------------------------------------------------------------
                    29                           30                            31
                    CRF   o probe   - - target
            """);
  }

  @Test
  void scoresThatAreAllEqualLieOnALineAndTheAcceptedOneIsSeen() {
    assertThat(
            plot(
                List.of(
                    new Dot(10, 100, Mark.ACCEPTED),
                    new Dot(10, 100, Mark.LOOK),
                    new Dot(55, 100, Mark.POINT)),
                95.0))
        .isEqualTo(
            """
               100 |X                                                           o
                   |
                   |
                   |
                   |
                   |
                   |
              97.5 |
                   |
                   |
                   |
                   |
                   |
                   |
                95 |- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -
                   +-------------------------------------------------------------
                    10                          32.5                           55
                    CRF   . look   o probe   X accepted   - - target
            """);
  }

  @Test
  void decibelsAndSeveralTargetsFitToo() {
    assertThat(
            plot(
                List.of(new Dot(20, 41.25, Mark.POINT), new Dot(24, 39.5, Mark.POINT)), 42.0, 41.0))
        .isEqualTo(
            """
                42 |- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -
                   |
                   |
                   |
                   |o
                   |
                41 |- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -
             40.75 |
                   |
                   |
                   |
                   |
                   |
                   |
              39.5 |                                                            o
                   +-------------------------------------------------------------
                    20                           22                            24
                    CRF   o probe   - - target
            """);
  }

  @Test
  void aPointFarBelowDoesNotHideTheRest() {
    assertThat(
            plot(
                List.of(
                    new Dot(28, 94.73, Mark.POINT),
                    new Dot(30.25, 94.1, Mark.ACCEPTED),
                    new Dot(42, 90.3, Mark.POINT),
                    new Dot(70, 37.79, Mark.POINT)),
                95.0,
                94.0))
        .isEqualTo(
            """
                95 |- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -
                   |o
                94 |- -X- - - - - - - - - - - - - - - - - - - - - - - - - - - - -
                   |
                   |
                   |
                   |
                92 |
                   |
                   |
                   |
                   |                    o
                   |
                   |
              <=89 |                                                            o
                   +-------------------------------------------------------------
                    28                           49                            70
                    CRF   o probe   X accepted   - - target
            """);
  }

  @Test
  void thirtyPointsFitInEightyColumns() {
    List<Dot> dots =
        IntStream.range(0, 30)
            .mapToObj(index -> new Dot(5 + index * 1.75, 99.99 - index * index * 0.1, Mark.POINT))
            .toList();

    List<String> lines = CurvePlot.lines(dots, List.of(95.125));

    assertThat(lines).allMatch(line -> line.length() <= 80).hasSize(18);
    assertThat(String.join("", lines).chars().filter(sign -> sign == 'o').count())
        .as("each is seen, and the legend")
        .isEqualTo(31 + 1);
  }

  @Test
  void whereThereIsNothingToDrawNothingIsDrawn() {
    assertThat(CurvePlot.lines(List.of(), List.of(95.0))).isEmpty();
    assertThat(
            CurvePlot.lines(
                List.of(new Dot(20, Double.POSITIVE_INFINITY, Mark.POINT)), List.of(40.0)))
        .isEmpty();
  }
}
