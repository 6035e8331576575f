package dev.reencodarr.workflows.sync;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.reencodarr.workflows.failure.FailureCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which program manages the titles of a connection. */
public enum ArrKind {
  SONARR("Sonarr", 8989, FailureCode.SYNC_SONARR),
  RADARR("Radarr", 7878, FailureCode.SYNC_RADARR);

  private final String appName;
  private final int usualPort;
  private final FailureCode failure;

  ArrKind(String appName, int usualPort, FailureCode failure) {
    this.appName = appName;
    this.usualPort = usualPort;
    this.failure = failure;
  }

  /** As it calls itself. */
  public String appName() {
    return appName;
  }

  public int usualPort() {
    return usualPort;
  }

  /** Of what goes wrong with it. */
  public FailureCode failure() {
    return failure;
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
