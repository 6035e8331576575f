package dev.reencodarr.workflows.window;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens to work that runs when a window closes. */
public enum WindowEnding {
  /** It is stopped where it stands, and goes on when a window opens. */
  STOP,
  /** It is brought to its end; nothing new is begun. */
  FINISH;

  /** As people write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The ending of this code. */
  public static Optional<WindowEnding> parse(String code) {
    return Stream.of(values()).filter(ending -> ending.code().equals(code)).findFirst();
  }
}
