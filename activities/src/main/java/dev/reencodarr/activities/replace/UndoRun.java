package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.replace.Contents.Question;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One undo, or the undoing of one: the two files of a replacement change places again. Begun again
 * after it was cut short it goes on towards the state that was intended.
 */
final class UndoRun {

  private final String attempt;
  private final Whereabouts whereabouts;
  private final boolean byFilesAlone;
  private final ReplacementState goal;
  private SwapSteps steps;
  private boolean intended;

  /** Nothing is changed, because of this. */
  private static final class Refusal extends Exception {
    private final String why;

    Refusal(String why) {
      super(why);
      this.why = why;
    }
  }

  UndoRun(SwapSteps steps, String attempt, Whereabouts whereabouts) {
    this(steps, attempt, whereabouts, false);
  }

  /**
   * @param byFilesAlone whether no row tells of a swap that was cut short: where the film has no
   *     place at all, the original comes back
   */
  UndoRun(SwapSteps steps, String attempt, Whereabouts whereabouts, boolean byFilesAlone) {
    this.steps = steps;
    this.attempt = attempt;
    this.whereabouts = whereabouts;
    this.byFilesAlone = byFilesAlone;
    Replacement row = steps.row();
    this.goal = row.undoIntent().orElseGet(() -> opposite(row.state()));
    this.intended = row.undoIntent().isPresent();
  }

  private static ReplacementState opposite(ReplacementState state) {
    return state == ReplacementState.DONE ? ReplacementState.UNDONE : ReplacementState.DONE;
  }

  UndoOutcome run() throws IOException, Journal.Revoked {
    try {
      if (intended) {
        // an undo that was never finished is this one's to finish
        intend();
      } else {
        followRenames();
      }
      if (steps.row().staysAtPath()) {
        exchange();
      } else if (goal == ReplacementState.UNDONE) {
        originalBack();
      } else {
        resultBack();
      }
    } catch (Refusal refusal) {
      return refused(refusal.why);
    } catch (AtomicMoveNotSupportedException e) {
      return refused(
          steps.target() + " lies on another mount than its quarantine; use undo --to PATH");
    }
    return commit();
  }

  /** Whoever has renamed the file meant it: what comes back takes the new name. */
  private void followRenames() throws IOException, Journal.Revoked {
    boolean back = goal == ReplacementState.UNDONE;
    Replacement row = steps.row();
    Path expected = back ? steps.target() : steps.source();
    Optional<Path> found =
        steps
            .journal()
            .look(
                Step.FIND_RENAMED,
                () ->
                    back
                        ? whereabouts.find(expected, row.resultBytes(), steps.contents()::isResult)
                        : whereabouts.find(
                            expected, row.original().size(), steps.contents()::isOriginal));
    if (found.isEmpty() || found.get().equals(expected)) {
      return;
    }
    MediaPath name = new MediaPath(found.get().toString());
    Replacement moved = back ? row.movedTo(name) : row.originalMovedTo(name);
    steps
        .journal()
        .write(
            Step.NOTE_MOVE, () -> steps.journal().rows().movedTo(moved.id(), moved.resultPlace()));
    steps
        .journal()
        .take(moved.id(), Step.WRITE_MANIFEST, () -> steps.quarantine().write(Manifest.of(moved)));
    steps = steps.movedTo(moved);
  }

  /** What a finished undo answers, from its row. */
  static UndoOutcome finished(SwapSteps steps) throws IOException {
    return undone(steps, steps.row().state() == ReplacementState.DONE);
  }

  private static UndoOutcome undone(SwapSteps steps, boolean redone) throws IOException {
    Replacement row = steps.row();
    return new UndoOutcome.Undone(
        redone ? row.resultPlace() : row.originalPlace(), identityAfter(steps, redone), redone);
  }

  /** Of the file that is back; where somebody has taken it away since, as it was known before. */
  private static SourceIdentity identityAfter(SwapSteps steps, boolean redone) throws IOException {
    if (!redone) {
      return steps.row().original();
    }
    return steps
        .contents()
        .resultIdentity(steps.target())
        .or(() -> steps.row().resultIdentity())
        .orElseThrow(() -> new NoSuchFileException(steps.target().toString()));
  }

  private UndoOutcome refused(String why) throws IOException, Journal.Revoked {
    steps.requireMount();
    if (intended) {
      steps
          .journal()
          .write(Step.UNDO_GIVE_UP, () -> steps.journal().rows().undoGivenUp(steps.id()));
    }
    return new UndoOutcome.Refused(why);
  }

  private UndoOutcome commit() throws IOException, Journal.Revoked {
    if (!intended) {
      // it was undone without the database: the row tells whose undo this is, for a second run
      intend();
    }
    steps.journal().take(steps.id(), Step.SYNC_FOLDERS, steps::syncFolders);
    UndoOutcome outcome = undone(steps, goal == ReplacementState.DONE);
    steps
        .journal()
        .write(Step.UNDO_COMMIT, () -> steps.journal().rows().undoDone(steps.id(), goal));
    return outcome;
  }

  private void intend() throws IOException, Journal.Revoked {
    steps
        .journal()
        .write(Step.UNDO_INTENT, () -> steps.journal().rows().undoBegun(steps.id(), attempt, goal));
    intended = true;
  }

  private void exchange() throws IOException, Refusal, Journal.Revoked {
    Question original = steps.contents()::isOriginal;
    Question result = steps.contents()::isResult;
    boolean back = goal == ReplacementState.UNDONE;
    Question entering = back ? original : result;
    Question leaving = back ? result : original;
    Exchange exchange = new Exchange(steps, steps.target(), entering, leaving);
    exchange.settle();
    if (exchange.hasTakenPlace() && (intended || entering.ask(steps.target()))) {
      // also where somebody has renamed or replaced what came back, in the moment after
      return;
    }
    require(
        leaving.ask(steps.target()),
        "what lies at "
            + steps.row().resultPlace()
            + " is not "
            + (back ? "our result" : "the original"));
    require(
        entering.ask(steps.quarantine().original()),
        (back ? "the original" : "the result") + " is not whole in quarantine any more");
    intend();
    require(
        exchange.run(),
        exchange
            .impossibility()
            .orElse("another file came to " + steps.row().resultPlace() + " during the undo"));
  }

  private void originalBack() throws IOException, Refusal, Journal.Revoked {
    steps.dropLinkOfOriginal();
    if (!intended && isBack()) {
      return;
    }
    Path kept = steps.quarantine().original();
    boolean placedAlready = !FileStat.exists(kept) && (intended || isPlacedByFilesAlone());
    if (!placedAlready) {
      require(
          steps.contents().isOriginal(kept), "the original is not whole in quarantine any more");
      boolean cutShort = byFilesAlone && !FileStat.exists(steps.target());
      require(
          cutShort || steps.contents().isResult(steps.target()),
          "what lies at " + steps.row().resultPlace() + " is not our result");
      require(!FileStat.exists(steps.source()), placeTaken(steps.row().originalPlace().value()));
      intend();
      if (cutShort) {
        keepStaged();
      }
      place(Step.PLACE_ORIGINAL, kept, steps.source());
    }
    moveResultAway();
  }

  /** An undo without a database was cut short here, and no row says so: its files do. */
  private boolean isPlacedByFilesAlone() throws IOException {
    return byFilesAlone && steps.contents().isOriginal(steps.source());
  }

  /** A result that never came to its place is kept as one that was taken away from it. */
  private void keepStaged() throws IOException, Journal.Revoked {
    Path taken = steps.quarantine().result();
    if (!FileStat.exists(taken) && steps.contents().isResult(steps.staged())) {
      steps
          .journal()
          .take(
              steps.id(), Step.MOVE_RESULT, () -> steps.renames().intoOurs(steps.staged(), taken));
    }
  }

  /** It was undone without the database. */
  private boolean isBack() throws IOException {
    return steps.contents().isOriginal(steps.source())
        && steps.contents().isResult(steps.quarantine().result());
  }

  private void place(Step step, Path from, Path to) throws IOException, Refusal, Journal.Revoked {
    try {
      steps.journal().take(steps.id(), step, () -> steps.renames().toFreeName(from, to));
    } catch (FileAlreadyExistsException e) {
      throw new Refusal(placeTaken(to.toString()));
    }
  }

  private static String placeTaken(String path) {
    return "another file lies at " + path;
  }

  private void moveResultAway() throws IOException, Journal.Revoked {
    Path taken = steps.quarantine().result();
    if (!steps.contents().isResult(steps.target())) {
      return;
    }
    try {
      steps
          .journal()
          .take(
              steps.id(), Step.MOVE_RESULT, () -> steps.renames().intoOurs(steps.target(), taken));
      if (!steps.contents().isResult(taken)) {
        steps
            .journal()
            .take(
                steps.id(), Step.PUT_BACK, () -> steps.renames().toFreeName(taken, steps.target()));
      }
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      steps.journal().warn(steps.id(), "the result's path was changed during the undo");
    }
  }

  private void resultBack() throws IOException, Refusal, Journal.Revoked {
    steps.dropLinkOfOriginal();
    Path kept = steps.quarantine().original();
    Path waiting = steps.quarantine().result();
    if (intended && FileStat.exists(kept) && steps.contents().isResult(steps.target())) {
      dropLink(waiting);
      return;
    }
    if (!(intended && steps.contents().isOriginal(kept))) {
      require(steps.contents().isResult(waiting), "the result is not whole in quarantine any more");
      require(
          steps.contents().isOriginal(steps.source()),
          "what lies at " + steps.row().originalPlace() + " is not the original");
      require(!FileStat.exists(steps.target()), placeTaken(steps.row().resultPlace().value()));
      intend();
      moveOriginalAway(kept);
    }
    try {
      place(Step.PLACE_RESULT, waiting, steps.target());
    } catch (Refusal taken) {
      steps.putOriginalBack();
      throw taken;
    }
  }

  private void moveOriginalAway(Path kept) throws IOException, Refusal, Journal.Revoked {
    steps
        .journal()
        .take(steps.id(), Step.MOVE_ORIGINAL, () -> steps.renames().intoOurs(steps.source(), kept));
    if (!steps.contents().isOriginal(kept)) {
      steps.putOriginalBack();
      throw new Refusal("another file came to " + steps.row().originalPlace() + " during the undo");
    }
  }

  private void dropLink(Path link) throws IOException, Journal.Revoked {
    if (FileStat.exists(link)) {
      steps.journal().take(steps.id(), Step.DROP_SPARE_LINK, () -> Files.deleteIfExists(link));
    }
  }

  private static void require(boolean holds, String otherwise) throws Refusal {
    if (!holds) {
      throw new Refusal(otherwise);
    }
  }
}
