package dev.reencodarr.starter.view;

import java.util.ArrayList;
import java.util.List;

/** A table for people: a line of headings, a line for each row, as wide as its content. */
public final class Table {

  private static final String GAP = "  ";

  /** On which side a column is flush. */
  public enum Side {
    LEFT,
    RIGHT
  }

  private record Column(String heading, Side side) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a column of text. */
  public Table text(String heading) {
    columns.add(new Column(heading, Side.LEFT));
    return this;
  }

  /** Adds a column of figures. */
  public Table figures(String heading) {
    columns.add(new Column(heading, Side.RIGHT));
    return this;
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column, as they are: what is not visible in them is escaped
   */
  public Table row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns");
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(Printable.of(cell.toString()));
    }
    rows.add(List.copyOf(row));
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines, headings first. */
  public List<String> lines() {
    List<String> headings = columns.stream().map(Column::heading).toList();
    List<Integer> widths = widths(headings);
    List<String> lines = new ArrayList<>();
    lines.add(line(headings, widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int index = 0; index < columns.size(); index++) {
      String cell = cells.get(index);
      String padding = " ".repeat(Math.max(0, widths.get(index) - Printable.width(cell)));
      boolean left = columns.get(index).side() == Side.LEFT;
      line.append(index == 0 ? "" : GAP).append(left ? cell + padding : padding + cell);
    }
    return line.toString().stripTrailing();
  }

  private List<Integer> widths(List<String> headings) {
    List<Integer> widths = new ArrayList<>();
    for (int index = 0; index < headings.size(); index++) {
      int widest = Printable.width(headings.get(index));
      for (List<String> row : rows) {
        widest = Math.max(widest, Printable.width(row.get(index)));
      }
      widths.add(widest);
    }
    return widths;
  }
}
