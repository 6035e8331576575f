package dev.reencodarr.starter.stack;

import dev.reencodarr.starter.process.ProcessId;
import java.time.Duration;

/** How members end: asked first, by force when they take too long. */
final class Endings {

  private static final Duration AFTER_FORCE = Duration.ofSeconds(5);

  private Endings() {}

  /** Sends SIGTERM, after the limit SIGKILL. */
  static void end(ProcessId process, Duration limit) throws InterruptedException {
    process.handle().ifPresent(ProcessHandle::destroy);
    if (!process.awaitEnd(limit)) {
      process.handle().ifPresent(ProcessHandle::destroyForcibly);
      process.awaitEnd(AFTER_FORCE);
    }
  }
}
