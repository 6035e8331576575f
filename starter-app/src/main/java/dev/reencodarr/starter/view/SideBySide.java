package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.media.MediaPath;
import java.util.List;

/** How two films are looked at together. */
public final class SideBySide {

  private SideBySide() {}

  /** A command for a shell: mpv plays both, the first to the left. */
  public static String command(MediaPath left, MediaPath right) {
    return ShellWords.of(
        List.of(
            "mpv",
            left.value(),
            "--external-file=" + right.value(),
            "--lavfi-complex=[vid1][vid2]hstack[vo]"));
  }
}
