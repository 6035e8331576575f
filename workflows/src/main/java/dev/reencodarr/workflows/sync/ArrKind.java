package dev.reencodarr.workflows.sync;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.reencodarr.workflows.failure.EvidenceKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which program manages the titles of a connection. */
public enum ArrKind {
  SONARR("Sonarr", EvidenceKind.SONARR),
  RADARR("Radarr", EvidenceKind.RADARR);

  private final String appName;
  private final EvidenceKind evidence;

  ArrKind(String appName, EvidenceKind evidence) {
    this.appName = appName;
    this.evidence = evidence;
  }

  /** As it calls itself. */
  public String appName() {
    return appName;
  }

  /** Of what goes wrong with it. */
  public EvidenceKind evidence() {
    return evidence;
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this code; empty if there is none. */
  public static Optional<ArrKind> parse(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }

  @JsonCreator
  static ArrKind of(String code) {
    return parse(code)
        .orElseThrow(() -> new IllegalArgumentException("neither sonarr nor radarr: " + code));
  }
}
