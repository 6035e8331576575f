package dev.reencodarr.workflows.broken;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What has become of a broken source. */
public enum BrokenState {
  /** It lies where it was found, and nothing was done about it. */
  FOUND,
  /** Another copy is to be got; the file lies where it was. */
  ORDERED,
  /** Sonarr or Radarr looks for another copy; the file is kept out of sight. */
  WAITING,
  /** Another copy is there, and the broken one is kept for some more days. */
  ARRIVED,
  /** It is over, and nothing is kept any more: another file is there. */
  REPLACED,
  /** It is over, and no other copy is there; the detail says why. */
  STOPPED,
  /** It was not broken after all; the detail says how that is known. */
  ACQUITTED;

  /** As it stands in rows and documents. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of this code. */
  @JsonCreator
  public static BrokenState parse(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
