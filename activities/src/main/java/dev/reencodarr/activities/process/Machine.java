package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The machine that a worker runs on.
 *
 * @param host stable across restarts; names the queue {@code host@H}
 * @param zone set of machines that see the same library paths
 * @param workFolder private to this worker: {@code $REENCODARR_HOME/work}
 */
public record Machine(String host, String zone, Path workFolder) {

  /**
   * Whether the work folder is to blame for this: it may not be written to or read. That something
   * is missing from it, or there already, says nothing of the folder.
   */
  public boolean isToBlameFor(IOException failure) {
    return failure instanceof FileSystemException said
        && !(said instanceof NoSuchFileException)
        && !(said instanceof FileAlreadyExistsException)
        && Optional.ofNullable(said.getFile())
            .map(file -> Path.of(file).startsWith(workFolder))
            .orElse(false);
  }
}
