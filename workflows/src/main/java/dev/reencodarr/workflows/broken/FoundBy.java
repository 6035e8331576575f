package dev.reencodarr.workflows.broken;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a source was found to be broken. */
public enum FoundBy {
  /** By analysis, encode or verification. */
  WORK,
  /** By a check of its library. */
  CHECK;

  /** As it stands in rows and documents. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The way of this code. */
  public static FoundBy parse(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
