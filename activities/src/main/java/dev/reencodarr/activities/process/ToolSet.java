package dev.reencodarr.activities.process;

import java.nio.file.Path;
import java.util.List;

/**
 * The programs that media work is done with, each an absolute path of an executable file.
 *
 * @param abAv1 ab-av1 0.11.5 or newer
 * @param ffmpeg with libsvtav1, libvmaf and libopus
 */
public record ToolSet(Path abAv1, Path ffmpeg, Path ffprobe) {

  /** The folders of the tools, for the PATH of a child: ab-av1 finds ffmpeg and ffprobe there. */
  public List<Path> folders() {
    return List.of(abAv1, ffmpeg, ffprobe).stream()
        .map(tool -> tool.toAbsolutePath().getParent())
        .distinct()
        .toList();
  }
}
