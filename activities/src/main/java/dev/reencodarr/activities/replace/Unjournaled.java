package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.store.Phase;
import dev.reencodarr.activities.store.ReplacementLedger;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Nothing is written down, for undo without a database: what was done and what was not is told by
 * the files themselves when it is begun again. Only warnings are kept, for people.
 */
final class Unjournaled implements ReplacementLedger {

  private final List<String> warnings = new ArrayList<>();

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void warn(UUID id, String warning) {
    warnings.add(warning);
  }

  @Override
  public void open(Replacement row, long epoch) {}

  @Override
  public Optional<Phase> phase(Replacement row) {
    return Optional.of(Phase.of(row));
  }

  @Override
  public void stepBegun(UUID id, String step) {}

  @Override
  public void stepDone(UUID id, String step) {}

  @Override
  public void way(UUID id, SwapWay way) {}

  @Override
  public void commit(UUID id, SourceIdentity resultIdentity, int otherNames) {}

  @Override
  public void commitOvertaken(UUID id, SwapOutcome outcome) {}

  @Override
  public void abandon(UUID id, SwapOutcome outcome, boolean quarantined) {}

  @Override
  public void movedTo(UUID id, MediaPath result) {}

  @Override
  public void undoBegun(UUID id, String undoAttempt, ReplacementState intent) {}

  @Override
  public void undoGivenUp(UUID id) {}

  @Override
  public void undoDone(UUID id, ReplacementState state) {}

  @Override
  public void restoreBegun(UUID id, MediaPath place) {}

  @Override
  public void restoreGivenUp(UUID id) {}

  @Override
  public void restored(Replacement row, boolean emptied) {}

  @Override
  public int otherNames(UUID id) {
    return 0;
  }

  @Override
  public void accepted(UUID id, int otherNames) {}

  @Override
  public void keptBecause(UUID id, String why) {}
}
