package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * The file {@code .reencodarr/library.json} at a library's root. Missing, the mount is gone; with
 * other ids, the folder is not ours: nothing is retired and nothing written then.
 */
public record LibraryMarker(LibraryId library, UUID installation) {

  /** Our own folder in a library. */
  public static final String FOLDER = ".reencodarr";

  private static final String FILE = "library.json";

  /** Where the marker of this root lies. */
  static Path of(Path root) {
    return root.resolve(FOLDER).resolve(FILE);
  }

  /**
   * The marker of a root; empty if there is none.
   *
   * @throws IOException if it cannot be read or understood
   */
  public static Optional<LibraryMarker> read(Path root) throws IOException {
    Path file = of(root);
    if (!Files.isDirectory(root.resolve(FOLDER), LinkOption.NOFOLLOW_LINKS)
        || Files.isSymbolicLink(file)) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file);
      return Optional.of(Json.read(text, LibraryMarker.class));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (UncheckedIOException e) {
      throw new IOException(file + " cannot be understood", e);
    }
  }

  /** Writes the marker, whole or not at all. */
  public void write(Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve(FOLDER));
    Path draft = Files.createTempFile(folder, "library", ".tmp");
    Files.writeString(draft, Json.write(this));
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }
}
