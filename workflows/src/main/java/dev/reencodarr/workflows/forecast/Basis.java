package dev.reencodarr.workflows.forecast;

import java.util.Locale;

/** What a forecast of a video rests on, the surest first. */
public enum Basis {
  /** Points of its own. */
  MEASURED,
  /** Points of others in its folder or series. */
  SIBLINGS,
  /** Points of other videos. */
  SIMILAR,
  /** Nothing was measured: what is usual for such files. */
  FACTS;

  /** The name in the database and in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
