package dev.reencodarr.workflows.watching;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What has to go on at a media server so that heavy work is held up. */
public enum HoldWhen {
  /** Somebody watches a video. */
  PLAYING,
  /** The server re-encodes video for somebody who watches. */
  TRANSCODING,
  /** Nothing: it is only told of what was replaced. */
  NEVER;

  /** As people write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this code. */
  public static Optional<HoldWhen> parse(String code) {
    return Stream.of(values()).filter(when -> when.code().equals(code)).findFirst();
  }
}
