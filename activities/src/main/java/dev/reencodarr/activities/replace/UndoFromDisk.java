package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.MountAbility;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts originals back by their manifests alone, when the database is lost. Nothing may be at work
 * on the library meanwhile: there is no fence without a database.
 */
public final class UndoFromDisk {

  private UndoFromDisk() {}

  /**
   * The quarantine folders at or below a folder that have a manifest.
   *
   * @param where a library, a folder of it, or one quarantine folder
   */
  public static List<Path> quarantineFolders(Path where) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        where,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path folder = file.getParent();
            if (file.endsWith("manifest.json") && folder != null && isQuarantine(folder)) {
              found.add(folder);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException unreadable)
              throws IOException {
            if (file.equals(where)) {
              throw unreadable;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found.stream().sorted().toList();
  }

  private static boolean isQuarantine(Path folder) {
    Path quarantines = folder.getParent();
    Path dotFolder = quarantines == null ? null : quarantines.getParent();
    return quarantines != null
        && dotFolder != null
        && quarantines.endsWith(DotFolder.QUARANTINE)
        && dotFolder.endsWith(DotFolder.NAME);
  }

  /**
   * Lets original and result change places again. Run again after it was cut short it goes on.
   *
   * @return empty if the original is back already
   * @throws IOException if the manifest cannot be understood or a file operation fails
   */
  public static Optional<UndoOutcome> undo(Path quarantineFolder) throws IOException {
    return undo(quarantineFolder, CrashPoints.none());
  }

  static Optional<UndoOutcome> undo(Path quarantineFolder, CrashPoints points) throws IOException {
    Manifest manifest = Quarantine.read(quarantineFolder);
    Ways ways = waysOf(quarantineFolder);
    Replacement replacement;
    try {
      replacement =
          manifest.asFoundIn(quarantineFolder, ways.open().getFirst(), ReplacementState.DONE);
      confine(replacement);
    } catch (IllegalArgumentException e) {
      throw new IOException(quarantineFolder + ": its manifest makes no sense", e);
    }
    return undo(replacement, ways, points);
  }

  private static Ways waysOf(Path quarantineFolder) throws IOException {
    Path folder = InsideLibrary.folderOf(InsideLibrary.folderOf(quarantineFolder));
    FileOwner owner =
        FileOwner.of(folder).orElseThrow(() -> new NoSuchFileException(folder.toString()));
    MountAbility ability =
        new TrialFiles(
                new DotFolder(folder), owner, MountCalls.real(), "by-hand", UUID.randomUUID())
            .tried();
    return Ways.of(ability, false);
  }

  /** Nothing outside the library that the folder lies in is touched, whatever a manifest says. */
  private static void confine(Replacement replacement) throws IOException {
    Path root = path(replacement.libraryRoot());
    InsideLibrary.require(root, path(replacement.quarantine()));
    InsideLibrary.require(root, path(replacement.originalPlace()));
    InsideLibrary.require(root, path(replacement.resultPlace()));
    if (FileStat.exists(path(replacement.staged()))) {
      InsideLibrary.require(root, path(replacement.staged()));
    }
  }

  private static Optional<UndoOutcome> undo(Replacement replacement, Ways ways, CrashPoints points)
      throws IOException {
    Contents contents = new Contents(replacement, bytes -> {});
    Unjournaled ledger = new Unjournaled();
    Journal journal = new Journal(ledger, UndoFromDisk::unfenced, points, UUID.randomUUID());
    SwapSteps steps = new SwapSteps(replacement, journal, contents, true, SwapMeans.bare(), ways);
    boolean isBack =
        !contents.isOriginal(steps.quarantine().original())
            && contents.isOriginal(path(replacement.originalPlace()));
    if (isBack && !contents.isResult(path(replacement.resultPlace()))) {
      return Optional.empty();
    }
    Whereabouts whereabouts = new Whereabouts(path(replacement.libraryRoot()), Optional.empty());
    try {
      UndoOutcome outcome = new UndoRun(steps, "from-disk", whereabouts, true).run();
      if (outcome instanceof UndoOutcome.Undone) {
        tidy(steps);
      }
      return Optional.of(outcome);
    } catch (Journal.Revoked impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What a swap that was cut short has left goes: a second result, or a folder for nothing. */
  private static void tidy(SwapSteps steps) throws IOException {
    Quarantine quarantine = steps.quarantine();
    if (steps.contents().isResult(quarantine.result())
        || steps.contents().isResult(quarantine.original())) {
      steps.dropStaged();
    }
    if (!quarantine.holdsFile()) {
      quarantine.remove();
    }
  }

  private static boolean unfenced(Runnable action) {
    action.run();
    return true;
  }

  private static Path path(MediaPath path) {
    return Path.of(path.value());
  }
}
