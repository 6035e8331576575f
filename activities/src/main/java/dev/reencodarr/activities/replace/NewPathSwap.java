package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.SwapOutcome;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;

/** The original leaves its path and the result comes to another, where nothing is replaced. */
final class NewPathSwap implements Swapping {

  /** The last step that was begun, when the result may have come to its path already. */
  private static final Set<String> PLACED =
      Set.of(Step.PLACE_RESULT.name(), Step.SYNC_FOLDERS.name());

  private final SwapSteps steps;

  NewPathSwap(SwapSteps steps) {
    this.steps = steps;
  }

  @Override
  public SwapOutcome run() throws IOException, Journal.Revoked {
    steps.dropLinkOfOriginal();
    if (!originalIsKept()) {
      Optional<SwapOutcome> obstacle = moveOriginal();
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
    }
    if (steps.contents().isResult(steps.target()) || wasPlaced()) {
      return steps.commit();
    }
    return placeResult();
  }

  private boolean originalIsKept() throws IOException {
    return steps.contents().isOriginal(steps.quarantine().original());
  }

  /** The result left the stage folder for its path, and somebody has renamed it since. */
  private boolean wasPlaced() throws IOException {
    return PLACED.contains(steps.row().step()) && !FileStat.exists(steps.staged());
  }

  /** Empty once the original lies in quarantine. */
  private Optional<SwapOutcome> moveOriginal() throws IOException, Journal.Revoked {
    if (FileStat.exists(steps.quarantine().original())) {
      steps.putOriginalBack();
      return Optional.of(steps.sourceChanged("another file came to the path during the swap"));
    }
    if (FileStat.exists(steps.target())) {
      return Optional.of(steps.targetExists());
    }
    Optional<String> change = steps.sourceChange();
    if (change.isPresent()) {
      return Optional.of(steps.sourceChanged(change.get()));
    }
    if (!steps.resultWaitsAt(steps.staged())) {
      return Optional.of(steps.sourceChanged("the staged result is not whole any more"));
    }
    return steps.prepare(steps.staged())
        ? intoQuarantine()
        : Optional.of(steps.sourceChanged("it is gone"));
  }

  private Optional<SwapOutcome> intoQuarantine() throws IOException, Journal.Revoked {
    try {
      steps
          .journal()
          .take(
              steps.id(),
              Step.MOVE_ORIGINAL,
              () -> steps.renames().intoOurs(steps.source(), steps.quarantine().original()));
    } catch (NoSuchFileException e) {
      steps.requireGone(steps.source(), e);
      return Optional.of(steps.sourceChanged("it is gone"));
    }
    if (!originalIsKept()) {
      steps.putOriginalBack();
      return Optional.of(steps.sourceChanged("another file came to the path during the swap"));
    }
    return Optional.empty();
  }

  private SwapOutcome placeResult() throws IOException, Journal.Revoked {
    if (!steps.resultWaitsAt(steps.staged())) {
      steps.putOriginalBack();
      return steps.sourceChanged("the staged result is not whole any more");
    }
    try {
      steps
          .journal()
          .take(
              steps.id(),
              Step.PLACE_RESULT,
              () -> steps.renames().toFreeName(steps.staged(), steps.target()));
    } catch (FileAlreadyExistsException e) {
      steps.putOriginalBack();
      return steps.targetExists();
    }
    return steps.commit();
  }

  @Override
  public void settle() throws IOException, Journal.Revoked {
    steps.dropLinkOfOriginal();
    if (originalIsKept() && (steps.contents().isResult(steps.target()) || wasPlaced())) {
      steps.commit();
      return;
    }
    if (FileStat.exists(steps.quarantine().original())) {
      steps.putOriginalBack();
    }
    steps.giveUp(new SwapOutcome.Superseded());
  }

  @Override
  public void settleMoved() throws IOException, Journal.Revoked {
    steps.dropLinkOfOriginal();
    if (FileStat.exists(steps.quarantine().original())) {
      settle();
    }
  }
}
