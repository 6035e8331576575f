package dev.reencodarr.activities.encode;

import dev.reencodarr.workflows.media.SourceIdentity;
import java.io.IOException;
import java.nio.file.Path;

/** Reads what makes a file's content this content and no other. */
public interface IdentityReader {

  /**
   * The identity of the file that is there now.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  SourceIdentity of(Path file) throws IOException;
}
