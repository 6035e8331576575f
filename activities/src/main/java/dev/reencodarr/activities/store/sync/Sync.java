package dev.reencodarr.activities.store.sync;

import dev.reencodarr.workflows.sync.SyncProgress;
import java.time.Instant;
import java.util.Optional;

/**
 * One sync of a connection.
 *
 * @param ended empty while it is at work
 * @param problem why it failed as a whole, or what it waits for; empty for none
 */
public record Sync(
    long id, Instant began, Optional<Instant> ended, SyncProgress progress, String problem) {

  public boolean isAtWork() {
    return ended.isEmpty();
  }

  public boolean isFailed() {
    return ended.isPresent() && !problem.isEmpty();
  }
}
