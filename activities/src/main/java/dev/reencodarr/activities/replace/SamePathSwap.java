package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.SwapOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The result takes the very path of its source. */
final class SamePathSwap implements Swapping {

  private final SwapSteps steps;
  private final Exchange exchange;

  SamePathSwap(SwapSteps steps) {
    this.steps = steps;
    this.exchange =
        new Exchange(
            steps, steps.target(), steps.contents()::isResult, steps.contents()::isOriginal);
  }

  @Override
  public SwapOutcome run() throws IOException, Journal.Revoked {
    exchange.settle();
    if (exchange.hasTakenPlace()) {
      return steps.commit();
    }
    Optional<String> change = steps.sourceChange();
    if (change.isPresent()) {
      return steps.sourceChanged(change.get());
    }
    Optional<Path> result = waitingResult();
    if (result.isEmpty()) {
      return steps.sourceChanged("the staged result is not whole any more");
    }
    if (!steps.prepare(result.get())) {
      return steps.sourceChanged("it is gone");
    }
    if (!enteredQuarantine(result.get())) {
      return steps.sourceChanged("another file lies in the quarantine folder");
    }
    if (!exchange.run()) {
      Optional<String> impossible = exchange.impossibility();
      return impossible.isPresent()
          ? steps.giveUp(new SwapOutcome.NotPossible(impossible.get()))
          : steps.sourceChanged("another file came to the path during the swap");
    }
    return steps.commit();
  }

  private Optional<Path> waitingResult() throws IOException {
    Path entered = steps.quarantine().original();
    if (steps.contents().isResult(entered)) {
      return Optional.of(entered);
    }
    return steps.resultWaitsAt(steps.staged()) ? Optional.of(steps.staged()) : Optional.empty();
  }

  private boolean enteredQuarantine(Path result) throws IOException, Journal.Revoked {
    Path entered = steps.quarantine().original();
    if (!result.equals(entered)) {
      if (FileStat.exists(entered)) {
        return false;
      }
      steps
          .journal()
          .take(steps.id(), Step.ENTER_QUARANTINE, () -> steps.renames().intoOurs(result, entered));
    }
    return true;
  }

  @Override
  public void settle() throws IOException, Journal.Revoked {
    exchange.settle();
    if (exchange.hasTakenPlace()) {
      steps.commit();
    } else {
      steps.giveUp(new SwapOutcome.Superseded());
    }
  }

  @Override
  public void settleMoved() throws IOException, Journal.Revoked {
    exchange.settle();
    if (exchange.hasTakenPlace()) {
      steps.commit();
    }
  }
}
