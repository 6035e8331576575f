package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import java.util.Optional;

/**
 * How far a replacement is by its row: what a step on its files presumes.
 *
 * @param undoIntent the state that an undo is on its way to
 * @param undoAttempt the latest undo
 * @param quarantined whether its folder keeps a file
 */
public record Phase(
    ReplacementState state,
    Optional<ReplacementState> undoIntent,
    Optional<String> undoAttempt,
    boolean quarantined) {

  /** That of a row as it was read. */
  public static Phase of(Replacement row) {
    return new Phase(row.state(), row.undoIntent(), row.undoAttempt(), row.quarantined());
  }
}
