package dev.reencodarr.starter.tools;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The program chosen for each tool, as absolute paths. */
public record ToolPaths(Path abAv1, Path ffmpeg, Path ffprobe, Path temporal) {

  /**
   * @throws NullPointerException if one of the tools is not in the map
   */
  public static ToolPaths of(Map<Tool, Path> programs) {
    return new ToolPaths(
        Objects.requireNonNull(programs.get(Tool.AB_AV1)),
        Objects.requireNonNull(programs.get(Tool.FFMPEG)),
        Objects.requireNonNull(programs.get(Tool.FFPROBE)),
        Objects.requireNonNull(programs.get(Tool.TEMPORAL)));
  }
}
