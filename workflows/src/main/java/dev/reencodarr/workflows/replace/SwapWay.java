package dev.reencodarr.workflows.replace;

import java.util.Locale;

/** How two files change places on a mount, the best first. */
public enum SwapWay {
  /** Both names change at once ({@code renameat2} with RENAME_EXCHANGE): no window at all. */
  EXCHANGE,
  /** A hard link keeps the displaced file, then one name is renamed over the other. */
  HARD_LINK,
  /** A checked copy keeps the displaced file, then one name is renamed over the other. */
  COPY,
  /**
   * The displaced file is renamed away, then the other is given its name: for an instant the path
   * is empty. Only where the settings allow it, and then in place of a copy.
   */
  RENAME_AWAY;

  /** The name in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #code()}.
   *
   * @throws IllegalArgumentException if no way has this name
   */
  public static SwapWay parse(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
