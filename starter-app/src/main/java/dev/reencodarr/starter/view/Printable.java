package dev.reencodarr.starter.view;

/** Text as it may stand on a terminal: a file name can hold line breaks and escape sequences. */
public final class Printable {

  private static final int ESCAPE_LIMIT = 0xFFFF;

  private Printable() {}

  /** The text with everything that is no visible character written as an escape. */
  public static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(printable, point));
    return printable.toString();
  }

  private static void append(StringBuilder printable, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          printable.append(
              point == '\n'
                  ? "\\n"
                  : String.format(point > ESCAPE_LIMIT ? "\\U%08X" : "\\u%04X", point));
      default -> printable.appendCodePoint(point);
    }
  }

  /** Columns that the text takes on a terminal: two for Chinese, Japanese, Korean and emoji. */
  public static int width(String text) {
    return text.codePoints().map(Printable::width).sum();
  }

  private static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0xFFE0 && point <= 0xFFE6)
            || (point >= 0x1F300 && point <= 0x1FAFF)
            || (point >= 0x20000 && point <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  /** The text in at most so many columns; the middle is left out where it is longer. */
  public static String shortened(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    int half = (columns - 1) / 2;
    int head = 0;
    for (int used = 0; used + width(points[head]) <= columns - 1 - half; head++) {
      used += width(points[head]);
    }
    int tail = points.length;
    for (int used = 0; used + width(points[tail - 1]) <= half; tail--) {
      used += width(points[tail - 1]);
    }
    return new String(points, 0, head) + "…" + new String(points, tail, points.length - tail);
  }
}
