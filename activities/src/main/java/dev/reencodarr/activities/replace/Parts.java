package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Half copies of one file in one folder, {@code <name>-<execution>.part}. Each execution writes to
 * a name of its own, so that one that was believed lost never writes, renames or removes what
 * another one makes.
 *
 * @param name of all of them, unlike that of any other file's
 */
record Parts(Path folder, String name) {

  private static final String SUFFIX = ".part";

  /** The name that this execution alone writes to. */
  Path of(UUID execution) {
    return folder.resolve(name + "-" + execution + SUFFIX);
  }

  boolean areThere() throws IOException {
    return !all().isEmpty();
  }

  /** Removes them; whoever is still at work on one notices, and fails. */
  void drop() throws IOException {
    for (Path part : all()) {
      Files.deleteIfExists(part);
    }
  }

  private List<Path> all() throws IOException {
    List<Path> parts = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return parts;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, this::isOne)) {
      files.forEach(parts::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return parts;
  }

  private boolean isOne(Path file) {
    String found = file.getFileName().toString();
    return found.startsWith(name)
        && found.endsWith(SUFFIX)
        && (found.length() == name.length() + SUFFIX.length() || found.charAt(name.length()) == '-')
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
