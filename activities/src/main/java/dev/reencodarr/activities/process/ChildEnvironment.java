package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole environment of a child; nothing of ours is inherited, secrets least of all. */
final class ChildEnvironment {

  private ChildEnvironment() {}

  /**
   * The environment for the tools.
   *
   * @param home a private folder for what programs leave behind; made if it is missing
   */
  static Map<String, String> of(ToolSet tools, Path home) throws IOException {
    Path cache = home.resolve(".cache");
    Files.createDirectories(cache);
    String path =
        Stream.concat(tools.folders().stream().map(Path::toString), Stream.of("/usr/bin", "/bin"))
            .collect(Collectors.joining(":"));
    return Map.of(
        "PATH",
        path,
        "LC_ALL",
        "C.UTF-8",
        "HOME",
        home.toString(),
        "XDG_CACHE_HOME",
        cache.toString());
  }
}
