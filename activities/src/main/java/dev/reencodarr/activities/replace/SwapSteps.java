package dev.reencodarr.activities.replace;

import static dev.reencodarr.activities.replace.InsideLibrary.folderOf;

import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapWay;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The steps that swaps at the same and at a new path share. */
final class SwapSteps {

  private final Replacement row;
  private final Journal journal;
  private final Contents contents;
  private final Quarantine quarantine;
  private final boolean ownAttempt;
  private final SwapMeans means;
  private final Ways ways;
  private final Renames renames;

  /**
   * @param ways that the two files can change places by
   * @param ownAttempt false when a later attempt settles the row: the stage folder is no longer the
   *     row's own then
   */
  SwapSteps(
      Replacement row,
      Journal journal,
      Contents contents,
      boolean ownAttempt,
      SwapMeans means,
      Ways ways) {
    this.row = row;
    this.journal = journal.on(row);
    this.contents = contents;
    this.quarantine = Quarantine.of(row);
    this.ownAttempt = ownAttempt;
    this.means = means;
    this.ways = ways;
    this.renames =
        new Renames(means.calls(), journal.points(), placeholderOf(row.id()), ways.stableInodes());
  }

  /** What a small file holds that keeps a name free for this replacement. */
  static String placeholderOf(UUID replacement) {
    return "replacement " + replacement;
  }

  /** The same for files that were found under other names. */
  SwapSteps movedTo(Replacement moved) {
    return new SwapSteps(moved, journal, contents, ownAttempt, means, ways);
  }

  Replacement row() {
    return row;
  }

  UUID id() {
    return row.id();
  }

  Journal journal() {
    return journal;
  }

  Contents contents() {
    return contents;
  }

  Quarantine quarantine() {
    return quarantine;
  }

  Ways ways() {
    return ways;
  }

  /** Takes names for this replacement. */
  Renames renames() {
    return renames;
  }

  /** Bytes that stay free on a mount beyond what is written there. */
  long reserveBytes() {
    return means.reserveBytes();
  }

  /** The row says by which way the files change places. */
  void noteWay(SwapWay way) throws IOException, Journal.Revoked {
    if (way != row.way()) {
      journal.write(Step.CHANGE_WAY, () -> journal.rows().way(id(), way));
    }
  }

  /**
   * Stands before everything that is concluded from a file's absence: where the mount has gone,
   * nothing is known, and the row stays open until it is back.
   */
  void requireMount() throws IOException {
    means.libraries().require(row.libraryRoot());
    Path ours = quarantine.dotFolder().path();
    if (!Files.isDirectory(ours, LinkOption.NOFOLLOW_LINKS)) {
      throw Faults.of(
          Evidence.of(EvidenceKind.MOUNT_GONE, ours + " is gone: is its mount away?")
              .with(Evidence.LIBRARY_ROOT, row.libraryRoot().value()));
    }
  }

  Path source() {
    return Path.of(row.originalPlace().value());
  }

  Path target() {
    return Path.of(row.resultPlace().value());
  }

  Path staged() {
    return Path.of(row.staged().value());
  }

  /** In what the file at the source path differs from the analysed one. */
  Optional<String> sourceChange() throws IOException {
    return journal.look(
        Step.CHECK_SOURCE,
        () -> {
          try {
            InsideLibrary.require(Path.of(row.libraryRoot().value()), source());
          } catch (NoSuchFileException e) {
            return Optional.of("its folder is gone");
          }
          return contents.difference(source());
        });
  }

  /** Whether the whole result waits at this place. */
  boolean resultWaitsAt(Path place) throws IOException {
    return journal.look(Step.CHECK_RESULT, () -> contents.isResult(place));
  }

  /**
   * Quarantine folder and manifest are on disk, and the result wears the source's attributes.
   *
   * @return false if the source is gone
   */
  boolean prepare(Path result) throws IOException, Journal.Revoked {
    journal.take(id(), Step.CREATE_QUARANTINE, quarantine::create);
    journal.take(id(), Step.WRITE_MANIFEST, () -> quarantine.write(Manifest.of(row)));
    try {
      journal.take(id(), Step.DRESS_RESULT, () -> dress(result));
      return true;
    } catch (NoSuchFileException e) {
      requireGone(source(), e);
      return false;
    }
  }

  /** It was this file that was missing, and none of ours: only then does it say anything. */
  void requireGone(Path file, NoSuchFileException missing) throws IOException {
    if (FileStat.exists(file)) {
      throw missing;
    }
  }

  private void dress(Path result) throws IOException {
    List<String> warnings = Attributes.carry(source(), result, "the result");
    contents.dressed(result);
    if (means.strictOwner() && !warnings.isEmpty()) {
      throw Faults.of(
          EvidenceKind.FILE_OPERATION, "strict_owner is set, and " + String.join("; ", warnings));
    }
    warnings.forEach(warning -> journal.rows().warn(id(), warning));
  }

  /** Both files have changed places: waits for the disk and commits the row. */
  SwapOutcome commit() throws IOException, Journal.Revoked {
    journal.take(id(), Step.SYNC_FOLDERS, this::syncFolders);
    Optional<SourceIdentity> result = contents.resultIdentity(target());
    SwapOutcome outcome = result.isPresent() ? committed(result.get()) : overtaken();
    sweepStage();
    return outcome;
  }

  /** Every name that was changed is on disk. */
  void syncFolders() throws IOException {
    for (Path folder : List.of(folderOf(target()), folderOf(source()), quarantine.folder())) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Fsync.folder(folder);
      }
    }
  }

  private SwapOutcome committed(SourceIdentity result) throws IOException, Journal.Revoked {
    int otherNames = FileStat.of(quarantine.original()).map(FileStat::otherNames).orElse(0);
    journal.write(Step.COMMIT, () -> journal.rows().commit(id(), result, otherNames));
    return replaced(row, result, otherNames);
  }

  /** Somebody has renamed or replaced our result in the moment after the swap. */
  private SwapOutcome overtaken() throws IOException, Journal.Revoked {
    requireMount();
    SwapOutcome outcome =
        new SwapOutcome.SourceChanged(
            "the file at " + row.target() + " was changed by somebody right after the swap");
    journal.write(
        Step.COMMIT,
        () -> {
          journal
              .rows()
              .warn(id(), "the path was changed after the swap; the original is in quarantine");
          journal.rows().commitOvertaken(id(), outcome);
        });
    return outcome;
  }

  /** What a committed row answers. */
  static SwapOutcome.Replaced replaced(Replacement row, SourceIdentity result, int otherNames) {
    return new SwapOutcome.Replaced(
        row.id(),
        row.target(),
        result,
        row.original().size(),
        row.resultBytes(),
        row.quarantine(),
        otherNames);
  }

  /** Nothing of this video's waits for a swap any more: the stage folder goes. */
  void sweepStage() throws IOException, Journal.Revoked {
    if (ownAttempt) {
      journal.take(id(), Step.SWEEP_STAGE, () -> emptyFolder(folderOf(staged())));
    }
  }

  private static void emptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(file);
        }
      }
    }
    OwnFolders.removeIfEmpty(folder);
  }

  /** The file at the source path is not the analysed one: nothing was changed. */
  SwapOutcome sourceChanged(String what) throws IOException, Journal.Revoked {
    return giveUp(new SwapOutcome.SourceChanged(row.source() + ": " + what));
  }

  SwapOutcome targetExists() throws IOException, Journal.Revoked {
    return giveUp(new SwapOutcome.TargetExists(row.target()));
  }

  /** The path is as it was: what is ours goes, what is not ours stays where it is. */
  SwapOutcome giveUp(SwapOutcome outcome) throws IOException, Journal.Revoked {
    requireMount();
    journal.take(id(), Step.CLEAR_QUARANTINE, this::clearQuarantine);
    if (ownAttempt) {
      journal.take(id(), Step.DROP_STAGED, this::dropStaged);
    }
    boolean kept = quarantine.holdsFile();
    requireMount();
    journal.write(
        Step.ABANDON,
        () -> {
          if (kept) {
            journal
                .rows()
                .warn(id(), "a file that could not go back to its path is kept in quarantine");
          }
          journal.rows().abandon(id(), outcome, kept);
        });
    return outcome;
  }

  private void clearQuarantine() throws IOException {
    Path kept = quarantine.original();
    if (row.staysAtPath() && contents.isResult(kept)) {
      Files.delete(kept);
    }
    dropSecondName(kept);
    dropSecondName(quarantine.displaced());
    giveOwnName(quarantine.away());
    giveOwnName(quarantine.displaced());
    renames.dropPlaceholder(target());
    renames.dropPlaceholder(source());
    if (!quarantine.holdsFile()) {
      quarantine.remove();
    }
  }

  /**
   * A link of ours to a file that still has its own name. Where inodes tell nothing it stays: it
   * may be the only copy of a file, and the one at the path another.
   */
  private void dropSecondName(Path ours) throws IOException {
    if (isSecondName(ours)) {
      Files.delete(ours);
    }
  }

  private boolean isSecondName(Path ours) throws IOException {
    return ways.stableInodes() && FileStat.sameFile(ours, source());
  }

  /** What has to stay in quarantine lies there under its own name, where that is free. */
  private void giveOwnName(Path kept) throws IOException {
    if (FileStat.exists(kept) && !FileStat.exists(quarantine.original())) {
      renames.intoOurs(kept, quarantine.original());
    }
  }

  /** The staged result is not needed any more. */
  void dropStaged() throws IOException {
    dropStaged(staged());
  }

  /** The same of a result that no row tells of. */
  static void dropStaged(Path staged) throws IOException {
    Files.deleteIfExists(staged);
    OwnFolders.removeIfEmpty(folderOf(staged));
  }

  /** The original goes back to its path; where that is taken it stays in quarantine. */
  void putOriginalBack() throws IOException, Journal.Revoked {
    try {
      journal.take(id(), Step.PUT_BACK, () -> renames.toFreeName(quarantine.original(), source()));
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      requireMount();
      journal.warn(id(), "the file in quarantine could not go back: its place is taken or gone");
    }
  }

  /** What a move to a free name, cut short, has left: a second link, or our own placeholder. */
  void dropLinkOfOriginal() throws IOException, Journal.Revoked {
    for (Path name : List.of(source(), target())) {
      if (renames.isPlaceholder(name)) {
        journal.take(id(), Step.DROP_SPARE_LINK, () -> renames.dropPlaceholder(name));
      }
    }
    if (isSecondName(quarantine.original())) {
      journal.take(id(), Step.DROP_SPARE_LINK, () -> dropSecondName(quarantine.original()));
    }
  }
}
