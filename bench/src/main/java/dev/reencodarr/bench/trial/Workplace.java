package dev.reencodarr.bench.trial;

import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.starter.Home;
import dev.reencodarr.starter.tools.ToolPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a benchmark finds around it.
 *
 * @param program the folder of the launcher
 * @param home whose tools and clips are used; nothing else in it is touched
 * @param folder empty, for this run alone
 * @param tools the real ones
 * @param say gets a line for each step
 */
public record Workplace(
    Path program, Home home, Path folder, ToolPaths tools, Consumer<String> say) {

  /** An installation with an empty home of its own; it has the name for its folder. */
  public Installation installation(
      String name, List<String> settings, Map<String, String> environment) throws IOException {
    return new Installation(program, folder.resolve(name), home, settings, environment);
  }

  /** An empty folder. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** Where ab-av1 finds the other tools. */
  public Map<String, String> toolPath() {
    return Map.of(
        "PATH", tools.ffmpeg().getParent() + ":" + tools.ffprobe().getParent() + ":/usr/bin:/bin");
  }

  /** Cores that this process may use. */
  public int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
