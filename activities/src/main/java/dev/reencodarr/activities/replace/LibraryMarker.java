package dev.reencodarr.activities.replace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.temporal.Payloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The file {@code .reencodarr/library.json} at the root of a library. An empty mount point has
 * none: that tells a mount that is gone from a library whose files were all deleted.
 *
 * @param library which library this is
 * @param installation whose it is
 */
public record LibraryMarker(LibraryId library, UUID installation) {

  private static final String FILE = "library.json";
  private static final ObjectMapper JSON = Payloads.mapper();

  /** Where the marker of a library lies. */
  public static Path fileIn(Path root) {
    return root.resolve(DotFolder.NAME).resolve(FILE);
  }

  /**
   * Reads the marker of the library at this root; empty if there is none.
   *
   * @throws IOException if it is there but cannot be read or understood
   */
  public static Optional<LibraryMarker> read(Path root) throws IOException {
    Path file = fileIn(root);
    if (!Files.isDirectory(root.resolve(DotFolder.NAME), LinkOption.NOFOLLOW_LINKS)
        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), LibraryMarker.class));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " cannot be understood: " + e.getOriginalMessage(), e);
    }
  }

  /** Writes this marker at the root, whole or not at all, over one that is there. */
  public void write(Path root) throws IOException {
    DotFolder folder = DotFolder.createdIn(root);
    WholeFile.write(folder.path().resolve(FILE), JSON.writeValueAsBytes(this));
  }

  /**
   * Returns only if the library at this root is the expected one.
   *
   * @throws io.temporal.failure.ApplicationFailure of kind MOUNT_GONE if its marker is missing,
   *     unreadable, another library's or another installation's
   */
  public static void require(Path root, LibraryId library, UUID installation) {
    Optional<LibraryMarker> found;
    try {
      found = read(root);
    } catch (IOException e) {
      throw gone(root, "its marker cannot be read, " + e);
    }
    LibraryMarker marker =
        found.orElseThrow(() -> gone(root, "its marker is missing; is the mount away?"));
    if (!marker.installation().equals(installation)) {
      throw gone(root, "it belongs to another installation");
    }
    if (!marker.library().equals(library)) {
      throw gone(root, "another library lies there");
    }
  }

  private static RuntimeException gone(Path root, String why) {
    return Faults.of(EvidenceKind.MOUNT_GONE, "the library " + root + " is not usable: " + why);
  }
}
