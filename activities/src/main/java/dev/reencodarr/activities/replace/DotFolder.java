package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.workflows.media.VideoId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Our own folder inside a library, on the same mount as the files it serves. What lies in it is
 * ours alone, so that renames into it can surprise nobody.
 *
 * @param path of the folder named {@link #NAME}
 */
public record DotFolder(Path path) {

  /** Media servers, Sonarr and Radarr skip folders that begin with a dot. */
  public static final String NAME = ".reencodarr";

  private static final String STAGE = "stage";
  static final String QUARANTINE = "quarantine";
  private static final String PROBE = NAME + "-probe-";

  /** The folder of this ancestor, made if it is missing; never through a symbolic link. */
  static DotFolder createdIn(Path ancestor) throws IOException {
    Path folder = ancestor.resolve(NAME);
    OwnFolders.create(folder, "rwxr-xr-x");
    return new DotFolder(folder);
  }

  /**
   * The folder for a file: that of the highest ancestor inside the library to which a rename
   * succeeds. One library is often several file systems, and two mounts of one disk refuse renames
   * though their device numbers are equal; so it is tried, with an empty file of ours.
   *
   * @param video names the probe, so that one that was left behind is removed by the next try
   * @throws IOException if no ancestor allows it: the library cannot be written to there; or if one
   *     below the root is marked as another installation's library, into which nothing is written
   */
  static DotFolder forFile(Path root, Path file, VideoId video) throws IOException {
    InsideLibrary.require(root, file);
    requireNobodyElses(root, file);
    Path probe = file.resolveSibling(PROBE + video);
    IOException last = new IOException("no folder of the library takes a rename of " + file);
    for (Path ancestor : ancestors(root, file)) {
      try {
        return triedIn(ancestor, probe);
      } catch (IOException e) {
        last.addSuppressed(e);
      }
    }
    throw last;
  }

  /** A library's own marker says whose the markers below it may be. */
  private static void requireNobodyElses(Path root, Path file) throws IOException {
    Optional<UUID> own = LibraryMarker.read(root).map(LibraryMarker::installation);
    for (Path ancestor : ancestors(root, file)) {
      Optional<UUID> found = LibraryMarker.read(ancestor).map(LibraryMarker::installation);
      if (found.isPresent() && !found.equals(own)) {
        throw new IOException(ancestor + " belongs to another installation (" + found.get() + ")");
      }
    }
  }

  private static DotFolder triedIn(Path ancestor, Path probe) throws IOException {
    boolean existed = Files.exists(ancestor.resolve(NAME), LinkOption.NOFOLLOW_LINKS);
    DotFolder folder = createdIn(ancestor);
    Path arrived = folder.path.resolve(probe.getFileName());
    try {
      Files.deleteIfExists(probe);
      Files.createFile(probe);
      Files.move(probe, arrived, StandardCopyOption.ATOMIC_MOVE);
      return folder;
    } catch (IOException e) {
      if (!existed) {
        OwnFolders.removeIfEmpty(folder.path);
      }
      throw e;
    } finally {
      Files.deleteIfExists(arrived);
      Files.deleteIfExists(probe);
    }
  }

  /** Our folders that can serve a file, whether they are there or not, that of the root first. */
  static List<DotFolder> onTheWayTo(Path root, Path file) {
    return ancestors(root, file).stream()
        .map(ancestor -> new DotFolder(ancestor.resolve(NAME)))
        .toList();
  }

  /** From the root down to the folder that holds the file. */
  private static List<Path> ancestors(Path root, Path file) {
    List<Path> ancestors = new ArrayList<>();
    for (Path folder = file.getParent();
        folder != null && folder.startsWith(root);
        folder = folder.getParent()) {
      ancestors.addFirst(folder);
    }
    return ancestors;
  }

  /**
   * The folder that a staged result lies in.
   *
   * @throws IOException if the path is not one that {@link #stageOf} makes inside the library
   */
  static DotFolder ofStaged(Path root, Path staged) throws IOException {
    InsideLibrary.require(root, staged);
    Path video = staged.getParent();
    Path stage = video == null ? null : video.getParent();
    Path folder = stage == null ? null : stage.getParent();
    if (stage == null
        || folder == null
        || !stage.endsWith(STAGE)
        || !folder.endsWith(NAME)
        || !folder.startsWith(root)) {
      throw new IOException(staged + " does not lie in a stage folder of " + root);
    }
    return new DotFolder(folder);
  }

  /** Where results of this video wait for their swap; never holds an original. */
  Path stageOf(VideoId video) {
    return path.resolve(STAGE).resolve(video.toString());
  }

  /** Makes {@link #stageOf}, for our eyes only: nobody shall see half a film. */
  Path createdStageOf(VideoId video) throws IOException {
    OwnFolders.create(path.resolve(STAGE), "rwx------");
    return OwnFolders.create(stageOf(video), "rwx------");
  }

  /** Where the displaced files of replacements are kept, each in its folder. */
  Path quarantines() {
    return path.resolve(QUARANTINE);
  }

  /** Where the displaced file of this replacement is kept. */
  Path quarantineOf(UUID replacement) {
    return path.resolve(QUARANTINE).resolve(replacement.toString());
  }
}
