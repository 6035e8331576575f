package dev.reencodarr.workflows.replace;

import java.util.Locale;

/** How far a replacement is, as its journal row says it. */
public enum ReplacementState {
  /** Begun; journal and disk together say what has happened. */
  INTENDED,
  /** The result lies at its path, the original in quarantine. */
  DONE,
  /** The original lies at its path again, the result in quarantine. */
  UNDONE,
  /** Given up: the path was left, or put back, as it was. */
  ABANDONED;

  /** The name in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #code()}.
   *
   * @throws IllegalArgumentException if no state has this name
   */
  public static ReplacementState parse(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
