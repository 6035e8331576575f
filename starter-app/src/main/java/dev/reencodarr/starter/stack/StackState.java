package dev.reencodarr.starter.stack;

import dev.reencodarr.activities.store.LocalStack;
import dev.reencodarr.starter.process.ProcessId;

/** Whether the local stack runs. */
public sealed interface StackState {

  /** Nobody supervises it. */
  record Down() implements StackState {}

  /** A supervisor is at work, the servers do not answer yet. */
  record Starting(ProcessId supervisor) implements StackState {}

  /** Its servers were started. */
  record Up(ProcessId supervisor, LocalStack addresses) implements StackState {}
}
