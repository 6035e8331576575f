package dev.reencodarr.starter.stack;

import dev.reencodarr.starter.process.ProcessId;
import java.util.Optional;

/** A server or program of the stack, in a session of its own. */
interface Member {

  /** Its name in logs and in the run folder. */
  String name();

  /** Starts it and waits until it answers. */
  void start() throws StackFailed, InterruptedException;

  /** The process, while it lives. */
  Optional<ProcessId> process();

  /** Stops it in order, by force when it takes too long; always ends. */
  void stop() throws InterruptedException;
}
