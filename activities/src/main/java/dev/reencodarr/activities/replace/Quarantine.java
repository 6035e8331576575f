package dev.reencodarr.activities.replace;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.temporal.Payloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The quarantine folder of one replacement. Names without an extension are ours: no media file has
 * one.
 *
 * @param folder {@code .reencodarr/quarantine/<replacement id>}
 * @param original the displaced file, under its own name; where the path stays also the place from
 *     which the result is exchanged with it
 */
record Quarantine(Path folder, Path original) {

  private static final ObjectMapper JSON = Payloads.mapper();

  /** Several times what the longest paths take. */
  private static final long LONGEST_MANIFEST = 1024 * 1024;

  static Quarantine of(Replacement row) {
    Path folder = Path.of(row.quarantine().value());
    return new Quarantine(folder, folder.resolve(row.source().fileName()));
  }

  /** Our folder on the mount that this one lies in. */
  DotFolder dotFolder() throws IOException {
    return new DotFolder(InsideLibrary.folderOf(InsideLibrary.folderOf(folder)));
  }

  /** A second name of a file that is about to be displaced by way of hard links. */
  Path displaced() {
    return folder.resolve("displaced");
  }

  /** A copy of a file that is about to be displaced; may be half a copy at any time. */
  Path copy() {
    return folder.resolve("copy");
  }

  /** A file that was renamed away from its path, to make place for the other. */
  Path away() {
    return folder.resolve("away");
  }

  /** A result that undo has taken away from a path that is not its original's. */
  Path result() {
    return folder.resolve("result");
  }

  Path manifest() {
    return folder.resolve("manifest.json");
  }

  /** Makes the folder, for our eyes only, and tries nothing else. */
  void create() throws IOException {
    Path quarantines = folder.getParent();
    if (quarantines == null) {
      throw new IOException(folder + " is no quarantine folder");
    }
    OwnFolders.create(quarantines, "rwx------");
    OwnFolders.create(folder, "rwx------");
  }

  /** Writes the manifest and waits until it is on disk. */
  void write(Manifest manifest) throws IOException {
    WholeFile.write(manifest(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
  }

  /**
   * The manifest of a folder.
   *
   * @throws IOException if there is none, or it cannot be understood
   */
  static Manifest read(Path folder) throws IOException {
    Path file = folder.resolve("manifest.json");
    FileStat stat = FileStat.of(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    if (!stat.regular() || stat.size() > LONGEST_MANIFEST) {
      throw new IOException(file + " is no file that we have written");
    }
    try {
      return JSON.readValue(Files.readString(file), Manifest.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(file + " cannot be understood", e);
    }
  }

  /** Every name that a media file can have here. */
  List<Path> files() {
    return List.of(original, displaced(), copy(), away(), result());
  }

  /** Whether any media file lies in the folder. */
  boolean holdsFile() throws IOException {
    for (Path file : files()) {
      if (FileStat.exists(file)) {
        return true;
      }
    }
    return false;
  }

  /** Of the media files in the folder. */
  long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += FileStat.of(file).map(FileStat::size).orElse(0L);
    }
    return bytes;
  }

  /** Removes manifest and folder of a quarantine that holds no file. */
  void remove() throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      WholeFile.delete(manifest());
      OwnFolders.removeIfEmpty(folder);
    }
  }
}
