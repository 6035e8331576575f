package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.replace.Contents.Question;
import dev.reencodarr.workflows.replace.SwapWay;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets the file at a path and the one in quarantine change places, by the best way that is open.
 * What is displaced is never lost: it lies in quarantine afterwards, or is back at its path. Each
 * way keeps the displaced file by a name of its own meanwhile, so that the names alone tell what
 * has happened, whichever way was taken.
 */
final class Exchange {

  private final SwapSteps steps;
  private final Quarantine quarantine;
  private final Path path;
  private final Journal journal;
  private final Question entering;
  private final Question leaving;
  private boolean copyKeepsNoTime = false;

  /**
   * @param path where the swap takes place
   * @param entering knows the file that lies in quarantine and is to come to the path
   * @param leaving knows the file that is expected at the path and is to go into quarantine
   */
  Exchange(SwapSteps steps, Path path, Question entering, Question leaving) {
    this.steps = steps;
    this.quarantine = steps.quarantine();
    this.path = path;
    this.journal = steps.journal();
    this.entering = entering;
    this.leaving = leaving;
  }

  private Path kept() {
    return quarantine.original();
  }

  /** Tidies up what an exchange that was cut short has left. */
  void settle() throws IOException, Journal.Revoked {
    if (FileStat.exists(kept()) && !entering.ask(kept()) && !leaving.ask(kept())) {
      putBack();
    }
    settleLink();
    settleCopies();
    settleAway();
  }

  /** Whether the file from quarantine has come to the path, so that what it displaced is ours. */
  private boolean hasEntered() throws IOException {
    return !FileStat.exists(kept()) || entering.ask(path);
  }

  private void settleLink() throws IOException, Journal.Revoked {
    Path displaced = quarantine.displaced();
    Optional<FileStat> link = FileStat.of(displaced);
    if (link.isEmpty()) {
      return;
    }
    if (hasEntered()) {
      keepIfFree(displaced);
    } else if (FileStat.sameFile(displaced, path)) {
      drop(displaced);
    }
    // else somebody else has taken the path from a file of which we may have the last name, or the
    // last in the library: it stays in quarantine
  }

  /**
   * Of all copies, since an execution that was believed lost may have made one too. The one that is
   * needed is kept before any other goes.
   */
  private void settleCopies() throws IOException, Journal.Revoked {
    List<Path> copies = quarantine.copies();
    if (copies.isEmpty()) {
      return;
    }
    if (!FileStat.exists(kept())) {
      for (Path copy : copies) {
        if (leaving.ask(copy)) {
          keep(copy);
          break;
        }
      }
    }
    if (hasTakenPlace() || !hasEntered()) {
      for (Path copy : quarantine.copies()) {
        drop(copy);
      }
    }
    // else it cannot be told what was displaced: they stay in quarantine
  }

  private void settleAway() throws IOException, Journal.Revoked {
    Path away = quarantine.away();
    if (!FileStat.exists(away)) {
      return;
    }
    if (hasEntered()) {
      keepIfFree(away);
      return;
    }
    try {
      journal.take(steps.id(), Step.PUT_BACK, () -> steps.renames().toFreeName(away, path));
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      // another file has come to the path, or its folder is gone: it stays in quarantine
    }
  }

  /**
   * Exchanges.
   *
   * @return false if the file at the path was not the expected one: the path is as it was
   */
  boolean run() throws IOException, Journal.Revoked {
    for (SwapWay way : steps.ways().open()) {
      try {
        steps.noteWay(way);
        if (by(way)) {
          return true;
        }
        steps.requireMount();
        return false;
      } catch (MountCalls.NotOffered e) {
        // nothing was changed; the next way is as safe for the files, if not for those who wait
      }
    }
    throw new IOException(path + ": the mount offers no way to replace it");
  }

  private boolean by(SwapWay way) throws IOException, Journal.Revoked {
    return switch (way) {
      case EXCHANGE -> atomically();
      case HARD_LINK -> byLink();
      case COPY -> byCopy();
      case RENAME_AWAY -> throughGap();
    };
  }

  private boolean atomically() throws IOException, Journal.Revoked {
    try {
      change();
    } catch (NoSuchFileException e) {
      steps.requireGone(path, e);
      return false;
    }
    if (leaving.ask(kept())) {
      return true;
    }
    putBack();
    return false;
  }

  private void change() throws IOException, Journal.Revoked {
    journal.take(steps.id(), Step.EXCHANGE, () -> steps.renames().calls().exchange(kept(), path));
  }

  /** Somebody's file was displaced: it goes back, unless a still newer one has come to the path. */
  private void putBack() throws IOException, Journal.Revoked {
    if (!entering.ask(path)) {
      return;
    }
    try {
      change();
      if (!entering.ask(kept())) {
        change();
      }
    } catch (NoSuchFileException | MountCalls.NotOffered e) {
      // the path was emptied meanwhile: the displaced file stays in quarantine
    }
  }

  private boolean byLink() throws IOException, Journal.Revoked {
    Path displaced = quarantine.displaced();
    try {
      journal.take(steps.id(), Step.LINK_DISPLACED, () -> link(displaced));
    } catch (NoSuchFileException e) {
      steps.requireGone(path, e);
      return false;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    Optional<FileStat> linked = FileStat.of(displaced);
    if (linked.isEmpty() || !leaving.ask(displaced) || !renamedOver(linked.get())) {
      settleLink();
      return false;
    }
    keep(displaced);
    return true;
  }

  private void link(Path displaced) throws IOException {
    steps.renames().calls().link(path, displaced);
    Fsync.folder(quarantine.folder());
  }

  private boolean byCopy() throws IOException, Journal.Revoked {
    Path copy = quarantine.copyOf(journal.execution());
    Optional<FileStat> before = FileStat.of(path);
    if (before.isEmpty() || !copied(before.get(), copy)) {
      return false;
    }
    boolean isWhole = leaving.ask(copy);
    if (!isWhole || !renamedOver(before.get())) {
      copyKeepsNoTime = !isWhole && isAllButItsTime(copy);
      settleCopies();
      return false;
    }
    keep(copy);
    return true;
  }

  /** The path holds the file still, and our copy of it, which was read back, shows another time. */
  private boolean isAllButItsTime(Path copy) throws IOException {
    return steps.contents().hasBytesOfOriginal(copy) && leaving.ask(path);
  }

  /**
   * Why no run can make it although the file at the path is the expected one, where that was found
   * out: the disks under one mount may keep times differently.
   */
  Optional<String> impossibility() {
    return copyKeepsNoTime
        ? Optional.of(
            "the copy of "
                + path
                + " in quarantine cannot keep its modification time, by which it is known:"
                + " the disks of its mount keep times differently")
        : Optional.empty();
  }

  private boolean copied(FileStat file, Path copy) throws IOException, Journal.Revoked {
    steps.requireMount();
    FreeSpace.require(quarantine.folder(), file.size(), steps.reserveBytes());
    List<String> warnings = new ArrayList<>();
    try {
      journal.prepare(steps.id(), Step.COPY_DISPLACED, () -> warnings.addAll(copy(copy)));
      for (String warning : warnings) {
        journal.warn(steps.id(), warning);
      }
      return true;
    } catch (Journal.Revoked e) {
      // nobody has renamed over the path for the sake of this copy, and nobody will
      Files.deleteIfExists(copy);
      throw e;
    } catch (NoSuchFileException e) {
      steps.requireGone(path, e);
      settleCopies();
      return false;
    }
  }

  private List<String> copy(Path copy) throws IOException {
    CheckedCopy.copy(path, copy, steps.contents().progress());
    List<String> warnings = Attributes.carry(path, copy, "the copy in quarantine");
    Fsync.folder(quarantine.folder());
    return warnings;
  }

  /**
   * Renames over the path if it still holds the file that is kept, and nobody has written to it.
   */
  private boolean renamedOver(FileStat expected) throws IOException, Journal.Revoked {
    boolean[] renamed = {false};
    journal.take(
        steps.id(),
        Step.RENAME_OVER,
        () -> {
          if (leaving.ask(path) && isStill(expected)) {
            journal.lastLook(Step.RENAME_OVER);
            Renames.over(kept(), path);
            renamed[0] = true;
          }
        });
    return renamed[0];
  }

  private boolean isStill(FileStat expected) throws IOException {
    Optional<FileStat> now = FileStat.of(path);
    return now.isPresent()
        && (steps.ways().stableInodes()
            ? now.get().untouchedSince(expected)
            : now.get().looksLike(expected));
  }

  private boolean throughGap() throws IOException, Journal.Revoked {
    Path away = quarantine.away();
    if (FileStat.exists(away)) {
      return false;
    }
    try {
      journal.take(steps.id(), Step.RENAME_AWAY, () -> renameAway(away));
    } catch (NoSuchFileException e) {
      steps.requireGone(path, e);
      return false;
    }
    if (!leaving.ask(away)) {
      settleAway();
      return false;
    }
    try {
      journal.take(steps.id(), Step.ENTER_GAP, () -> steps.renames().toFreeName(kept(), path));
    } catch (FileAlreadyExistsException e) {
      // somebody's file has come into the gap and has the path; ours stay in quarantine
      return false;
    }
    keep(away);
    return true;
  }

  private void renameAway(Path away) throws IOException {
    steps.renames().intoOurs(path, away);
    Fsync.folder(quarantine.folder());
  }

  private void keep(Path displaced) throws IOException, Journal.Revoked {
    journal.take(
        steps.id(), Step.KEEP_DISPLACED, () -> steps.renames().intoOurs(displaced, kept()));
  }

  /** What has the name may be the only copy of a file: then both stay. */
  private void keepIfFree(Path displaced) throws IOException, Journal.Revoked {
    if (!FileStat.exists(kept())) {
      keep(displaced);
    }
  }

  private void drop(Path spare) throws IOException, Journal.Revoked {
    journal.take(steps.id(), Step.DROP_SPARE_LINK, () -> Files.deleteIfExists(spare));
  }

  /** Whether both files have changed places already. */
  boolean hasTakenPlace() throws IOException {
    return leaving.ask(kept());
  }
}
