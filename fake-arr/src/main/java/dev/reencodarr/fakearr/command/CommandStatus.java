package dev.reencodarr.fakearr.command;

import java.util.Locale;

/** Where a command stands. */
public enum CommandStatus {
  QUEUED,
  STARTED,
  COMPLETED,
  FAILED,
  ABORTED,
  CANCELLED,
  ORPHANED;

  public boolean isOver() {
    return this != QUEUED && this != STARTED;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
