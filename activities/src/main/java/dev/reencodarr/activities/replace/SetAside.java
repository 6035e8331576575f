package dev.reencodarr.activities.replace;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.temporal.Payloads;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Broken sources that are kept out of sight while another copy is looked for: by a rename into our
 * own folder on their mount, and back by a rename that replaces nothing. A file beside each says
 * where it was.
 */
public final class SetAside {

  /** In our own folder of a mount. */
  public static final String FOLDER = "broken";

  /** Without an extension: no media file has such a name. */
  private static final String PLACE = "place";

  private final LibraryGuard libraries;
  private final MountCalls calls;

  /**
   * @param libraries says before every step whether the library's mount is there
   */
  public SetAside(LibraryGuard libraries) {
    this.libraries = libraries;
    this.calls = MountCalls.real();
  }

  /**
   * A file to be set aside.
   *
   * @param id of its broken source: no other has it
   * @param stamp of the file that is meant, and of no other
   */
  public record Subject(
      long id, VideoId video, MediaPath libraryRoot, MediaPath path, FileIdentity.Stamp stamp) {

    Path file() {
      return Path.of(path.value());
    }
  }

  private record Place(@JsonProperty("source") String source) {}

  /** What has become of a file that was to be set aside. */
  public sealed interface Outcome {
    /** It is kept there. */
    record Kept(MediaPath kept) implements Outcome {}

    /** Another file lies at its place, or none; nothing was changed. */
    record Changed(String what) implements Outcome {}

    /**
     * Another file had come to its place in the instant before and was taken for it, and cannot go
     * back, since a third one has its name: it is kept.
     */
    record Taken(MediaPath kept) implements Outcome {}
  }

  /**
   * Sets a file aside; done twice it is done once.
   *
   * @param journal is told where it will lie, before it is moved
   */
  public Outcome setAside(Subject subject, Consumer<MediaPath> journal) {
    libraries.require(subject.libraryRoot());
    try {
      DotFolder dot = DotFolder.forFile(root(subject), subject.file(), subject.video());
      Path kept = keptIn(dot, subject);
      if (isHeld(kept, subject)) {
        return kept(kept);
      }
      if (FileStat.exists(kept)) {
        return givenBack(subject, kept);
      }
      Optional<String> change = change(subject);
      if (change.isPresent()) {
        libraries.require(subject.libraryRoot());
        return new Outcome.Changed(change.get());
      }
      Path folder = InsideLibrary.folderOf(kept);
      OwnFolders.create(InsideLibrary.folderOf(folder), "rwx------");
      OwnFolders.create(folder, "rwx------");
      WholeFile.write(
          folder.resolve(PLACE),
          Payloads.mapper().writeValueAsBytes(new Place(subject.path().value())));
      journal.accept(new MediaPath(kept.toString()));
      return moved(subject, kept);
    } catch (IOException e) {
      libraries.require(subject.libraryRoot());
      throw FileFaults.replacing("setting " + subject.path() + " aside", e);
    }
  }

  /** Whether the file that is meant lies where it was to be kept. */
  public boolean holds(Subject subject, MediaPath kept) {
    libraries.require(subject.libraryRoot());
    try {
      return isHeld(Path.of(kept.value()), subject);
    } catch (IOException e) {
      throw FileFaults.replacing("looking for " + kept, e);
    }
  }

  private Outcome moved(Subject subject, Path kept) throws IOException {
    renames(subject).intoOurs(subject.file(), kept);
    if (!isMeant(kept, subject)) {
      return givenBack(subject, kept);
    }
    Fsync.folder(InsideLibrary.folderOf(kept));
    Fsync.folder(InsideLibrary.folderOf(subject.file()));
    return kept(kept);
  }

  /** Somebody has put another file there in the instant before it was moved. */
  private Outcome givenBack(Subject subject, Path kept) throws IOException {
    try {
      requireFolders(root(subject), subject.file());
      renames(subject).toFreeName(kept, subject.file());
    } catch (FileAlreadyExistsException e) {
      return new Outcome.Taken(new MediaPath(kept.toString()));
    }
    Fsync.folder(InsideLibrary.folderOf(subject.file()));
    remove(kept);
    return new Outcome.Changed("another file lies there");
  }

  private static Outcome kept(Path kept) {
    return new Outcome.Kept(new MediaPath(kept.toString()));
  }

  /**
   * Puts a file back that was set aside; done twice it is done once.
   *
   * @param kept where it lies
   * @return why that cannot be done: another file has its name, or it is kept no more; empty where
   *     it lies there
   */
  public Optional<String> putBack(Subject subject, MediaPath kept) {
    libraries.require(subject.libraryRoot());
    Path from = Path.of(kept.value());
    try {
      if (!FileStat.exists(from)) {
        libraries.require(subject.libraryRoot());
        return isMeant(subject.file(), subject)
            ? Optional.empty()
            : Optional.of("what was kept is not there any more");
      }
      requireFolders(root(subject), subject.file());
      renames(subject).toFreeName(from, subject.file());
      Fsync.folder(InsideLibrary.folderOf(subject.file()));
      remove(from);
      return Optional.empty();
    } catch (FileAlreadyExistsException e) {
      return Optional.of("another file lies at " + subject.path());
    } catch (IOException e) {
      libraries.require(subject.libraryRoot());
      throw FileFaults.replacing("putting " + subject.path() + " back", e);
    }
  }

  /** What has lost its only file may have been cleared away since. */
  private static void requireFolders(Path root, Path file) throws IOException {
    Path folder = InsideLibrary.folderOf(file);
    if (folder.startsWith(root) && !folder.equals(root)) {
      requireFolders(root, folder);
      OwnFolders.create(folder, "rwxrwxrwx");
    }
    InsideLibrary.require(root, file);
  }

  /** Deletes a file for good that was set aside, and no other one that lies there. */
  public void letGo(Subject subject, MediaPath kept) {
    libraries.require(subject.libraryRoot());
    Path file = Path.of(kept.value());
    try {
      if (isHeld(file, subject)) {
        Files.delete(file);
      }
      remove(file);
    } catch (IOException e) {
      throw FileFaults.replacing("letting " + kept + " go", e);
    }
  }

  /** The folder that held it. */
  private static void remove(Path kept) throws IOException {
    Path folder = InsideLibrary.folderOf(kept);
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      WholeFile.delete(folder.resolve(PLACE));
      OwnFolders.removeIfEmpty(folder);
    }
  }

  private static Path root(Subject subject) {
    return Path.of(subject.libraryRoot().value());
  }

  private static Path keptIn(DotFolder dot, Subject subject) {
    return dot.path()
        .resolve(FOLDER)
        .resolve(Long.toString(subject.id()))
        .resolve(subject.path().fileName());
  }

  private static Optional<String> change(Subject subject) throws IOException {
    if (!FileStat.exists(subject.file())) {
      return Optional.of("the file is not there any more");
    }
    return isMeant(subject.file(), subject)
        ? Optional.empty()
        : Optional.of("another file lies there");
  }

  /** Nobody else has files there; what has touched its time since has not made it another one. */
  private static boolean isHeld(Path kept, Subject subject) throws IOException {
    return FileStat.of(kept)
        .filter(stat -> stat.regular() && stat.size() == subject.stamp().size())
        .isPresent();
  }

  private static boolean isMeant(Path file, Subject subject) throws IOException {
    return FileStat.of(file).filter(FileStat::regular).isPresent()
        && FileIdentity.Stamp.of(file).equals(subject.stamp());
  }

  private Renames renames(Subject subject) {
    return new Renames(calls, CrashPoints.none(), "broken source " + subject.id(), false);
  }
}
