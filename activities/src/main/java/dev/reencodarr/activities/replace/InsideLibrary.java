package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Confines paths to a library: no symbolic link may lead out of it. */
final class InsideLibrary {

  private InsideLibrary() {}

  /**
   * The folder that holds a file.
   *
   * @throws IOException if the path is a root and lies in no folder
   */
  static Path folderOf(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IOException(file + " lies in no folder");
    }
    return folder;
  }

  /**
   * Returns only if every folder from the root down to the file is a real one.
   *
   * @throws IOException if the file does not lie below the root, or a folder is missing or a
   *     symbolic link
   */
  static void require(Path root, Path file) throws IOException {
    if (!file.startsWith(root) || file.equals(root)) {
      throw new IOException(file + " does not lie in the library " + root);
    }
    for (Path folder = file.getParent();
        folder != null && folder.startsWith(root);
        folder = folder.getParent()) {
      if (Files.isSymbolicLink(folder)) {
        throw new IOException(folder + " is a symbolic link and is not followed");
      }
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new NoSuchFileException(folder.toString());
      }
    }
  }
}
