package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.media.PlainNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A curve drawn in ASCII: scores over CRFs, the targets as dashed lines, within 80 columns.
 *
 * <p>The axes span what is to be seen, so that one point, or points of one score, have room around
 * them. What lies far below the targets is drawn on the lowest line, which says so: it would leave
 * no room for the part of the curve that was searched.
 */
public final class CurvePlot {

  private static final int COLUMNS = 61;
  private static final int ROWS = 15;

  /** Of the labels on the left. */
  private static final int MARGIN = 8;

  /** Around a single value. */
  private static final double ROOM = 1;

  /** Of scores: what lies further below the lowest target is of no interest. */
  private static final double DEPTH = 5;

  /** Of one, in the figures on the axes. */
  private static final double PARTS = 100;

  private static final char DASH = '-';

  /** What a point is; where two fall on one place, the later of these is seen. */
  public enum Mark {
    LOOK('.', "look"),
    POINT('o', "probe"),
    ACCEPTED('X', "accepted");

    private final char character;
    private final String words;

    Mark(char character, String words) {
      this.character = character;
      this.words = words;
    }

    /** By which it is drawn. */
    char character() {
      return character;
    }
  }

  /** A point of the curve. */
  public record Dot(double crf, double score, Mark mark) {}

  private final List<Dot> dots;
  private final List<Double> targets;
  private final Axis crfs;
  private final Axis scores;
  private final boolean isCut;

  private CurvePlot(List<Dot> dots, List<Double> targets) {
    this.dots = dots;
    this.targets = targets;
    this.crfs = Axis.over(dots.stream().mapToDouble(Dot::crf), COLUMNS);
    Axis whole =
        Axis.over(
            DoubleStream.concat(
                dots.stream().mapToDouble(Dot::score),
                targets.stream().mapToDouble(Double::doubleValue)),
            ROWS);
    double floor = floor(targets, whole.highest());
    this.isCut = floor > whole.lowest();
    this.scores = isCut ? new Axis(floor, whole.highest(), ROWS) : whole;
  }

  private static double floor(List<Double> targets, double top) {
    return targets.stream()
        .mapToDouble(target -> Math.floor(target - Math.max(DEPTH, top - target)))
        .min()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  /**
   * The lines of a plot; none where there is nothing to be drawn.
   *
   * @param targets that were wanted of this curve
   */
  public static List<String> lines(List<Dot> dots, List<Double> targets) {
    // Two pictures that are the same have a score without bounds.
    List<Dot> drawn = dots.stream().filter(dot -> Double.isFinite(dot.score())).toList();
    return drawn.isEmpty() ? List.of() : new CurvePlot(drawn, List.copyOf(targets)).lines();
  }

  private List<String> lines() {
    String[] labels = labels();
    char[][] area = area();
    List<String> lines = new ArrayList<>();
    for (int row = ROWS - 1; row >= 0; row--) {
      lines.add(
          (String.format("%" + (MARGIN - 1) + "s", labels[row]) + "|" + new String(area[row]))
              .stripTrailing());
    }
    lines.add(" ".repeat(MARGIN - 1) + "+" + "-".repeat(COLUMNS));
    lines.add(ticks());
    lines.add(" ".repeat(MARGIN) + "CRF" + legend());
    return lines;
  }

  /** From the lowest row up. */
  private String[] labels() {
    String[] labels = new String[ROWS];
    Arrays.fill(labels, "");
    for (int row : List.of(0, ROWS / 2, ROWS - 1)) {
      labels[row] = figure(scores.valueAt(row)) + " ";
    }
    if (isCut) {
      labels[0] = "<=" + labels[0];
    }
    targets.forEach(target -> labels[scores.placeOf(target)] = figure(target) + " ");
    return labels;
  }

  private char[][] area() {
    char[][] area = new char[ROWS][COLUMNS];
    for (char[] row : area) {
      Arrays.fill(row, ' ');
    }
    for (double target : targets) {
      char[] row = area[scores.placeOf(target)];
      for (int column = 0; column < COLUMNS; column += 2) {
        row[column] = DASH;
      }
    }
    for (Mark mark : Mark.values()) {
      dots.stream()
          .filter(dot -> dot.mark() == mark)
          .forEach(
              dot -> area[scores.placeOf(dot.score())][crfs.placeOf(dot.crf())] = mark.character);
    }
    return area;
  }

  private String ticks() {
    StringBuilder line = new StringBuilder(" ".repeat(MARGIN + COLUMNS));
    String left = figure(crfs.valueAt(0));
    String middle = figure(crfs.valueAt(COLUMNS / 2));
    String right = figure(crfs.valueAt(COLUMNS - 1));
    put(line, MARGIN, left);
    put(line, MARGIN + COLUMNS / 2 - middle.length() / 2, middle);
    put(line, MARGIN + COLUMNS - right.length(), right);
    return line.toString().stripTrailing();
  }

  private static void put(StringBuilder line, int column, String text) {
    line.replace(column, column + text.length(), text);
  }

  private String legend() {
    StringBuilder legend = new StringBuilder();
    for (Mark mark : Mark.values()) {
      if (dots.stream().anyMatch(dot -> dot.mark() == mark)) {
        legend.append("   ").append(mark.character).append(' ').append(mark.words);
      }
    }
    return legend + (targets.isEmpty() ? "" : "   - - target");
  }

  private static String figure(double value) {
    return PlainNumber.text(Math.round(value * PARTS) / PARTS);
  }

  /** Values on places in a row, the lowest on place 0. */
  private record Axis(double lowest, double highest, int places) {

    static Axis over(DoubleStream values, int places) {
      var range = values.summaryStatistics();
      return range.getMin() < range.getMax()
          ? new Axis(range.getMin(), range.getMax(), places)
          : new Axis(range.getMin() - ROOM, range.getMin() + ROOM, places);
    }

    int placeOf(double value) {
      long place = Math.round((value - lowest) / (highest - lowest) * (places - 1));
      return Math.clamp(place, 0, places - 1);
    }

    double valueAt(int place) {
      return lowest + (highest - lowest) * place / (places - 1);
    }
  }
}
