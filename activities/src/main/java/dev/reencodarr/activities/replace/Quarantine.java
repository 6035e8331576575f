package dev.reencodarr.activities.replace;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.temporal.Payloads;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

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

  private static final String COPY = "copy";
  private static final Pattern COPY_OF =
      Pattern.compile("copy-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Set<String> OUR_NAMES =
      Set.of("manifest.json", "manifest.json.part", "displaced", "away", "result");

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

  /**
   * A copy of a file that is about to be displaced; may be half a copy at any time.
   *
   * @param execution that writes it: no other writes to this name, or takes it away while it is
   *     needed
   */
  Path copyOf(UUID execution) {
    return folder.resolve(COPY + "-" + execution);
  }

  /** The copies of all executions, whole or half. */
  List<Path> copies() throws IOException {
    List<Path> copies = new ArrayList<>();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return copies;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, COPY + "*")) {
      for (Path file : files) {
        if (isCopy(file.getFileName().toString()) && !file.equals(original)) {
          copies.add(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    copies.sort(Comparator.naturalOrder());
    return copies;
  }

  /** Earlier versions had one name for all. */
  private static boolean isCopy(String name) {
    return name.equals(COPY) || COPY_OF.matcher(name).matches();
  }

  /** Whether a name means something to us, so that no film may bear it here. */
  static boolean isOurName(String name) {
    return OUR_NAMES.contains(name) || isCopy(name);
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
  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(List.of(original, displaced(), away(), result()));
    files.addAll(copies());
    return files;
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

  /** Bytes that become free when the media files of the folder go: none of what is linked. */
  long bytesOfLastNames() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes +=
          FileStat.of(file).filter(stat -> stat.otherNames() == 0).map(FileStat::size).orElse(0L);
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
