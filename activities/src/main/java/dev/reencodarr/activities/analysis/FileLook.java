package dev.reencodarr.activities.analysis;

import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.media.SourceIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** Reads what the file system says of a file. */
public final class FileLook {

  private FileLook() {}

  /**
   * The facts of what lies at this path itself: a symbolic link is not followed, and its identity
   * is an empty one.
   *
   * @throws NoSuchFileException if nothing is there
   * @throws IOException if it cannot be read, or is neither a file nor a link
   */
  public static FileFacts at(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return new FileFacts(new SourceIdentity(0, Instant.EPOCH, ""), 1, true);
    }
    int hardLinks = (Integer) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("not a regular file: " + path);
    }
    return new FileFacts(FileIdentity.of(path), hardLinks, false);
  }
}
