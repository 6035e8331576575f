package dev.reencodarr.starter;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that holds everything a local run writes.
 *
 * @param folder absolute
 */
public record Home(Path folder) {

  /** {@code REENCODARR_HOME}, or {@code ~/.reencodarr}. */
  public static Home of(Map<String, String> environment) {
    Path folder =
        Optional.ofNullable(environment.get("REENCODARR_HOME"))
            .filter(value -> !value.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".reencodarr"));
    return new Home(folder.toAbsolutePath().normalize());
  }

  /** Installed programs, a folder for each version. */
  public Path tools() {
    return folder.resolve("tools");
  }

  /** Real clips for the demo and the tests. */
  public Path clips() {
    return folder.resolve("clips");
  }

  /** Binaries and data of the embedded PostgreSQL. */
  public Path postgres() {
    return folder.resolve("postgres");
  }

  /** The file of Temporal's dev server. */
  public Path temporal() {
    return folder.resolve("temporal");
  }

  public Path logs() {
    return folder.resolve("logs");
  }

  /** Locks and addresses of the running stack. */
  public Path run() {
    return folder.resolve("run");
  }

  /** Job folders of the worker. */
  public Path work() {
    return folder.resolve("work");
  }

  /** The library of the demo. */
  public Path demoLibrary() {
    return folder.resolve("demo").resolve("library");
  }
}
