package dev.reencodarr.bench.film;

import dev.reencodarr.bench.figure.NoFigure;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A file with a place in it where each copy gets a number of its own. */
final class Titles {

  /** Stands where the number comes. */
  static final String MARK = "film-00000000";

  private static final int DIGITS = 8;

  private final byte[] pattern;
  private final int at;

  private Titles(byte[] pattern, int at) {
    this.pattern = pattern;
    this.at = at;
  }

  /**
   * @throws NoFigure if the mark is not in it exactly once
   */
  static Titles in(byte[] pattern) throws NoFigure {
    // One character a byte, whatever the bytes are.
    String text = new String(pattern, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(MARK);
    if (at < 0 || text.indexOf(MARK, at + 1) >= 0) {
      throw new NoFigure("the title has to be in the film exactly once");
    }
    return new Titles(pattern, at);
  }

  byte[] numbered(int number) {
    byte[] copy = pattern.clone();
    byte[] digits =
        String.format(Locale.ROOT, "%0" + DIGITS + "d", number).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, copy, at + MARK.length() - DIGITS, DIGITS);
    return copy;
  }
}
