package dev.reencodarr.starter.stack;

import dev.reencodarr.starter.process.ProcessId;
import java.time.Duration;
import java.util.Optional;

/** How members end: asked first, by force when they take too long. */
final class Endings {

  private static final Duration AFTER_FORCE = Duration.ofSeconds(5);

  private Endings() {}

  /** Sends SIGTERM, after the limit SIGKILL. */
  static void end(Optional<ProcessId> process, Duration limit) throws InterruptedException {
    if (process.isEmpty()) {
      return;
    }
    ProcessId id = process.get();
    id.handle().ifPresent(ProcessHandle::destroy);
    if (!id.awaitEnd(limit)) {
      id.handle().ifPresent(ProcessHandle::destroyForcibly);
      id.awaitEnd(AFTER_FORCE);
    }
  }
}
