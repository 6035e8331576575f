package dev.reencodarr.activities.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The real programs that the launcher installed before the tests. */
public final class TestTools {

  private TestTools() {}

  /** The home whose tools and clips the tests use. */
  public static Path home() {
    return Optional.ofNullable(System.getenv("REENCODARR_HOME"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".reencodarr"));
  }

  private static Path folder() {
    return Optional.ofNullable(System.getenv("REENCODARR_TEST_TOOLS"))
        .map(Path::of)
        .orElseGet(() -> home().resolve("tools"));
  }

  private static Path tool(String relative) {
    Path tool = folder().resolve(relative);
    if (!Files.isExecutable(tool)) {
      throw new IllegalStateException(
          tool + " is not there: ./reencodarr test installs the tools before it runs the tests");
    }
    return tool;
  }

  public static ToolSet tools() {
    return new ToolSet(
        tool("ab-av1-0.11.7/bin/ab-av1"), tool("ffmpeg-9.0.2/ffmpeg"), tool("ffprobe-8.0/ffprobe"));
  }

  /** Temporal's command line, with its dev server. */
  public static Path temporal() {
    return tool("temporal-1.9.1/temporal");
  }
}
