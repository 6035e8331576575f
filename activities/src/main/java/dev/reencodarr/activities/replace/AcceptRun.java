package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets go for good what one quarantine folder keeps, by expiry or because somebody accepts the
 * result. Begun again after it was cut short it goes on.
 */
final class AcceptRun {

  private static final String NOT_THERE =
      "what it keeps is not there: is a disk of its library away? If it is gone for good,"
          + " `quarantine accept --without-result` forgets it";

  private final SwapSteps steps;
  private final Whereabouts whereabouts;
  private final List<Replacement> later;
  private final boolean evenWithoutCounterpart;

  /** Whether there was a file that may go, when that was looked at. */
  private boolean somethingMayGo = false;

  private boolean somethingWent = false;

  /** What became of the folder. */
  sealed interface Ending {

    /** It is empty and gone. */
    record Freed(long bytes) implements Ending {}

    /** Nothing was deleted, because of this. */
    record Kept(String why) implements Ending {}
  }

  /**
   * @param later replacements of the same video that are done
   * @param evenWithoutCounterpart whether also the last copy may go: what took its place is not
   *     seen whole
   */
  AcceptRun(
      SwapSteps steps,
      Whereabouts whereabouts,
      List<Replacement> later,
      boolean evenWithoutCounterpart) {
    this.steps = steps;
    this.whereabouts = whereabouts;
    this.later = List.copyOf(later);
    this.evenWithoutCounterpart = evenWithoutCounterpart;
  }

  /**
   * @throws io.temporal.failure.ApplicationFailure of kind MOUNT_GONE where the folder's mount is
   *     away: an empty place says nothing then
   */
  Ending run() throws IOException, Journal.Revoked {
    steps.requireMount();
    Optional<String> obstacle = steps.journal().look(Step.FIND_RENAMED, this::obstacle);
    if (obstacle.isPresent()) {
      return kept(obstacle.get());
    }
    long bytes = steps.quarantine().bytesOfLastNames();
    int otherNames = otherNames();
    // the look has read whole films: its mount may be gone since
    steps.requireMount();
    steps.journal().take(steps.id(), Step.DROP_KEPT, this::drop);
    if (somethingMayGo && !somethingWent) {
      return keptThoughAway();
    }
    steps.requireMount();
    if (steps.quarantine().holdsFile()) {
      return kept(steps.quarantine().folder() + " holds another file besides");
    }
    steps.journal().take(steps.id(), Step.CLEAR_QUARANTINE, steps.quarantine()::remove);
    steps.requireMount();
    steps
        .journal()
        .write(Step.ACCEPT_COMMIT, () -> steps.journal().rows().accepted(steps.id(), otherNames));
    return new Ending.Freed(bytes);
  }

  /** Looked at for the last time; where the file has gone before, what was seen then. */
  private int otherNames() throws IOException {
    Optional<FileStat> original = FileStat.of(steps.quarantine().original());
    return original.isPresent()
        ? original.get().otherNames()
        : steps.journal().rows().otherNames(steps.id());
  }

  private Ending kept(String why) throws IOException, Journal.Revoked {
    steps
        .journal()
        .write(Step.KEEP_LONGER, () -> steps.journal().rows().keptBecause(steps.id(), why));
    return new Ending.Kept(why);
  }

  /** The row must not say any more that letting go was its last step: nothing was let go. */
  private Ending keptThoughAway() throws IOException, Journal.Revoked {
    steps
        .journal()
        .write(
            Step.KEEP_LONGER,
            () -> {
              steps.journal().rows().stepBegun(steps.id(), Step.KEEP_LONGER.name());
              steps.journal().rows().keptBecause(steps.id(), NOT_THERE);
            });
    return new Ending.Kept(NOT_THERE);
  }

  /** Empty if what is kept may go. */
  private Optional<String> obstacle() throws IOException {
    Replacement row = steps.row();
    if (row.undoIntent().isPresent()) {
      return Optional.of("an undo was begun and not finished; repeat it");
    }
    if (evenWithoutCounterpart) {
      return Optional.empty();
    }
    somethingMayGo = steps.quarantine().holdsFile();
    if (!somethingMayGo) {
      return wasLetGo(row) ? Optional.empty() : Optional.of(NOT_THERE);
    }
    return switch (row.state()) {
      case INTENDED -> Optional.of("its swap was begun and not finished");
      case ABANDONED ->
          Optional.of("a swap could not put it back: it is perhaps the only copy of its file");
      case DONE -> obstacleToOriginal(row);
      case UNDONE -> obstacleToResult(row);
    };
  }

  /**
   * A folder without a file proves nothing: a union mount shows it while the disk with the file is
   * away. Only what an earlier run of this was at says that it was emptied.
   */
  private static boolean wasLetGo(Replacement row) {
    return row.step().equals(Step.DROP_KEPT.name())
        || (row.step().equals(Step.CLEAR_QUARANTINE.name())
            && row.state() != ReplacementState.ABANDONED);
  }

  private Optional<String> obstacleToOriginal(Replacement row) throws IOException {
    if (!steps.contents().isOriginal(steps.quarantine().original())) {
      return Optional.of("what lies in quarantine is not the original that was put there");
    }
    return whereabouts
            .find(steps.target(), row.resultBytes(), steps.contents()::isResult)
            .isPresent()
        ? Optional.empty()
        : Optional.of(
            "its result is not whole at "
                + steps.target()
                + " any more, so it is perhaps the last copy");
  }

  private Optional<String> obstacleToResult(Replacement row) throws IOException {
    if (!steps.contents().isResult(resultInQuarantine())) {
      return Optional.of("what lies in quarantine is not the result that was put there");
    }
    return wasReplacedAgain(row)
            || whereabouts
                .find(steps.source(), row.original().size(), steps.contents()::isOriginal)
                .isPresent()
        ? Optional.empty()
        : Optional.of(
            "the original is not at "
                + steps.source()
                + " any more, so this result is perhaps the last copy");
  }

  /**
   * Whether the original that came back was encoded once more, by {@code retry}, and is whole in
   * the quarantine of that replacement, or, where it has gone from there, that result is whole.
   */
  private boolean wasReplacedAgain(Replacement row) throws IOException {
    for (Replacement again : later) {
      if (again.original().size() == row.original().size()
          && again.original().sampledHash().equals(row.original().sampledHash())
          && (steps.contents().isOriginal(Quarantine.of(again).original())
              || hasItsResult(again))) {
        return true;
      }
    }
    return false;
  }

  private boolean hasItsResult(Replacement again) throws IOException {
    Contents contents = new Contents(again, steps.contents().progress());
    return whereabouts
        .find(Path.of(again.resultPlace().value()), again.resultBytes(), contents::isResult)
        .isPresent();
  }

  private Path resultInQuarantine() {
    return steps.row().staysAtPath() ? steps.quarantine().original() : steps.quarantine().result();
  }

  private void drop() throws IOException {
    for (Path file : mayGo()) {
      somethingWent |= Files.deleteIfExists(file);
    }
    if (Files.isDirectory(steps.quarantine().folder(), LinkOption.NOFOLLOW_LINKS)) {
      Fsync.folder(steps.quarantine().folder());
    }
  }

  /** Copies of the same file, of executions that were overtaken while they wrote them. */
  private List<Path> withCopies(Path kept) throws IOException {
    return Stream.concat(Stream.of(kept), steps.quarantine().copies().stream()).toList();
  }

  private List<Path> mayGo() throws IOException {
    Quarantine quarantine = steps.quarantine();
    if (evenWithoutCounterpart) {
      return quarantine.files();
    }
    return switch (steps.row().state()) {
      case DONE -> withCopies(quarantine.original());
      case UNDONE -> withCopies(resultInQuarantine());
      case INTENDED, ABANDONED -> List.of();
    };
  }
}
