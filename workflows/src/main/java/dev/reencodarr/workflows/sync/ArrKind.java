package dev.reencodarr.workflows.sync;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.temporal.FairShare;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which program manages the titles of a connection. */
public enum ArrKind {
  SONARR("Sonarr", EvidenceKind.SONARR, 5),
  RADARR("Radarr", EvidenceKind.RADARR, 1);

  private final String appName;
  private final EvidenceKind evidence;
  private final float weight;

  ArrKind(String appName, EvidenceKind evidence, float weight) {
    this.appName = appName;
    this.evidence = evidence;
    this.weight = weight;
  }

  /** As it calls itself. */
  public String appName() {
    return appName;
  }

  /** Of what goes wrong with it. */
  public EvidenceKind evidence() {
    return evidence;
  }

  /**
   * In whose name its videos wait at the queues: all of a kind together. Series are many small
   * files that people wait for, movies are few large ones.
   */
  public FairShare share() {
    return new FairShare(code(), weight);
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
