package dev.reencodarr.workflows.replace;

import java.util.Locale;

/** How two files change places on a mount, the best first; further ways get their place here. */
public enum SwapWay {
  /** Both names change at once ({@code renameat2} with RENAME_EXCHANGE): no window at all. */
  EXCHANGE,
  /** A hard link keeps the displaced file, then one name is renamed over the other. */
  HARD_LINK;

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
