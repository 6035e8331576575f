package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.media.SourceIdentity;
import java.io.IOException;
import java.nio.file.Path;

/** Reads what makes a file's content this content and no other. */
@FunctionalInterface
public interface IdentityReader {

  /**
   * The identity of the file at this path: opened first, then looked at, then hashed, since network
   * file systems refresh what they say of a file when it is opened.
   *
   * @throws IOException if there is no readable file
   */
  SourceIdentity of(Path file) throws IOException;
}
