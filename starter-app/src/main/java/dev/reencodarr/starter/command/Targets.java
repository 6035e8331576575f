package dev.reencodarr.starter.command;

import dev.reencodarr.workflows.media.MediaPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files and folders as they are typed. */
final class Targets {

  private final Path workingFolder;

  Targets(Path workingFolder) {
    this.workingFolder = workingFolder;
  }

  /** Files and folders that are there and can be read, none twice, none inside another. */
  List<MediaPath> existing(List<String> typed) throws CommandFailed {
    List<MediaPath> paths = new ArrayList<>();
    for (String text : typed) {
      MediaPath path = existing(text);
      for (MediaPath other : paths) {
        refuseOverlap(path, other);
      }
      paths.add(path);
    }
    return List.copyOf(paths);
  }

  private static void refuseOverlap(MediaPath path, MediaPath other) throws CommandFailed {
    if (path.equals(other)) {
      throw CommandFailed.usage(path + " is given twice");
    }
    if (path.isWithin(other)) {
      throw CommandFailed.usage(path + " lies inside " + other + ", which is given too");
    }
    if (other.isWithin(path)) {
      throw CommandFailed.usage(other + " lies inside " + path + ", which is given too");
    }
  }

  private MediaPath existing(String text) throws CommandFailed {
    Path path = absolute(text);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw CommandFailed.usage(path + " does not exist");
    }
    try {
      // A folder may be named by a link to it; a link to a file stays what it is.
      Path real =
          Files.isDirectory(path)
              ? path.toRealPath()
              : parentOf(path).toRealPath().resolve(path.getFileName());
      if (!Files.isDirectory(real) && !Files.isRegularFile(real) && !Files.isSymbolicLink(real)) {
        throw CommandFailed.usage(real + " is neither a file nor a folder");
      }
      if (!Files.isReadable(real)) {
        throw CommandFailed.usage(real + " cannot be read by this user");
      }
      return new MediaPath(real.toString());
    } catch (IOException e) {
      throw CommandFailed.usage(path + " cannot be read: " + e.getMessage());
    }
  }

  private static Path parentOf(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  /** The path that was typed, whether or not it is there. */
  Path absolute(String text) throws CommandFailed {
    if (text.isEmpty()) {
      throw CommandFailed.usage("an empty path");
    }
    try {
      Path path = workingFolder.resolve(text).normalize();
      return Path.of(new MediaPath(path.toString()).value());
    } catch (InvalidPathException e) {
      throw CommandFailed.usage("not a path: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw CommandFailed.usage(String.valueOf(e.getMessage()));
    }
  }
}
