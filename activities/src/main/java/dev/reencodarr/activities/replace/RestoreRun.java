package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Puts an original to another place than its own, whatever lies at its own; the result stays where
 * it is. Begun again after it was cut short it goes on.
 */
final class RestoreRun {

  private final SwapSteps steps;
  private final Path place;
  private final long reserveBytes;
  private final LongConsumer progress;
  private boolean intended;

  /**
   * @param reserveBytes that stay free where the original is copied to
   */
  RestoreRun(SwapSteps steps, MediaPath place, long reserveBytes, LongConsumer progress) {
    this.steps = steps;
    this.place = Path.of(place.value());
    this.reserveBytes = reserveBytes;
    this.progress = progress;
    this.intended = steps.row().restoredTo().filter(place::equals).isPresent();
  }

  RestoreOutcome run() throws IOException, Journal.Revoked {
    if (steps.row().state() != ReplacementState.DONE) {
      return refused("its original is not in quarantine");
    }
    Path kept = steps.quarantine().original();
    if (!(intended && isThere(kept))) {
      if (!steps.contents().isOriginal(kept)) {
        return refused("the original is not whole in quarantine any more");
      }
      if (!Files.isDirectory(InsideLibrary.folderOf(place))) {
        return refused(place.getParent() + " is no folder");
      }
      if (FileStat.exists(place)) {
        return refused("another file lies at " + place);
      }
      intend();
      try {
        bring(kept);
      } catch (FileAlreadyExistsException e) {
        return refused("another file lies at " + place);
      }
    }
    return commit(kept);
  }

  /**
   * Whether an earlier run has brought it. The time of a file says nothing where its file system
   * shows coarser ones.
   */
  private boolean isThere(Path kept) throws IOException {
    return FileStat.exists(kept)
        ? copyOf(kept).isPresent()
        : steps.contents().hasBytesOfOriginal(place);
  }

  /** What lies at the place, if it is the kept original byte for byte. */
  private Optional<FileStat> copyOf(Path kept) throws IOException {
    Optional<FileStat> seen = FileStat.of(place);
    boolean same =
        seen.isPresent()
            && seen.get().regular()
            && steps.contents().isOriginal(kept)
            && seen.get().size() == Files.size(kept)
            && Sha256.of(place, progress).equals(Sha256.of(kept, progress));
    return same ? seen : Optional.empty();
  }

  private RestoreOutcome refused(String why) throws IOException, Journal.Revoked {
    if (intended) {
      dropParts();
      steps
          .journal()
          .write(Step.RESTORE_GIVE_UP, () -> steps.journal().rows().restoreGivenUp(steps.id()));
    }
    return new RestoreOutcome.Refused(why);
  }

  private void intend() throws IOException, Journal.Revoked {
    steps
        .journal()
        .write(
            Step.RESTORE_INTENT,
            () -> steps.journal().rows().restoreBegun(steps.id(), new MediaPath(place.toString())));
    intended = true;
  }

  private void bring(Path kept) throws IOException, Journal.Revoked {
    try {
      steps
          .journal()
          .take(steps.id(), Step.PLACE_ORIGINAL, () -> steps.renames().toFreeName(kept, place));
    } catch (AtomicMoveNotSupportedException e) {
      copy(kept);
    }
  }

  /** To another mount: a copy that was read back takes the name, then the kept file goes. */
  private void copy(Path kept) throws IOException, Journal.Revoked {
    dropParts();
    Path part = parts().of(steps.journal().execution());
    FreeSpace.require(InsideLibrary.folderOf(place), Files.size(kept), reserveBytes);
    List<String> warnings = new ArrayList<>();
    try {
      steps
          .journal()
          .prepare(
              steps.id(),
              Step.COPY_ORIGINAL,
              () -> {
                CheckedCopy.copy(kept, part, Sha256.of(kept, progress), progress);
                warnings.addAll(Attributes.carry(kept, part, "the original"));
                Fsync.file(part);
              });
      for (String warning : warnings) {
        steps.journal().warn(steps.id(), warning);
      }
      steps
          .journal()
          .take(steps.id(), Step.PLACE_ORIGINAL, () -> steps.renames().toFreeName(part, place));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** What earlier executions have left; one that is still alive notices, and ends. */
  private void dropParts() throws IOException, Journal.Revoked {
    Parts parts = parts();
    if (parts.areThere()) {
      steps.journal().take(steps.id(), Step.DROP_SPARE_LINK, parts::drop);
    }
  }

  private Parts parts() throws IOException {
    return new Parts(folder(), DotFolder.NAME + "-" + steps.id());
  }

  private RestoreOutcome commit(Path kept) throws IOException, Journal.Revoked {
    steps.journal().take(steps.id(), Step.SYNC_FOLDERS, () -> Fsync.folder(folder()));
    Optional<FileStat> copy = steps.journal().look(Step.CHECK_COPY, () -> copyOf(kept));
    if (copy.isPresent()) {
      steps.journal().take(steps.id(), Step.DROP_KEPT, () -> dropCopied(kept, copy.get()));
    }
    steps.requireMount();
    if (FileStat.exists(kept)) {
      return refused(place + " was changed meanwhile; the original is in quarantine still");
    }
    steps.journal().take(steps.id(), Step.CLEAR_QUARANTINE, this::clear);
    boolean emptied = !steps.quarantine().holdsFile();
    steps
        .journal()
        .write(Step.RESTORE_COMMIT, () -> steps.journal().rows().restored(steps.row(), emptied));
    return new RestoreOutcome.Restored(new MediaPath(place.toString()));
  }

  private Path folder() throws IOException {
    return InsideLibrary.folderOf(place);
  }

  /** Only where the copy that was compared lies at its place still. */
  private void dropCopied(Path kept, FileStat copy) throws IOException {
    if (FileStat.of(place).filter(now -> now.looksLike(copy)).isPresent()) {
      Files.delete(kept);
    }
  }

  private void clear() throws IOException {
    parts().drop();
    if (!steps.quarantine().holdsFile()
        && Files.isDirectory(steps.quarantine().folder(), LinkOption.NOFOLLOW_LINKS)) {
      steps.quarantine().remove();
    }
  }
}
