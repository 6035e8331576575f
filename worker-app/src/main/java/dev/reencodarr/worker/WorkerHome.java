package dev.reencodarr.worker;

import java.nio.file.Path;

/**
 * The folder that this worker keeps its things in.
 *
 * @param path {@code $REENCODARR_HOME}, absolute
 */
record WorkerHome(Path path) {

  Path work() {
    return path.resolve("work");
  }
}
