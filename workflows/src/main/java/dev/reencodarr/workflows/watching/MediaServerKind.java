package dev.reencodarr.workflows.watching;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The media servers that are known. */
public enum MediaServerKind {
  PLEX,
  JELLYFIN,
  EMBY;

  /** As people write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this code. */
  public static Optional<MediaServerKind> parse(String code) {
    return Stream.of(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }
}
