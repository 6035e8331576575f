package dev.reencodarr.activities.library;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Which files a process of this machine has open for writing, as far as this user may see: other
 * users' processes are seen by root alone, other machines' by nobody.
 */
public final class OpenForWriting {

  private static final Path PROC = Path.of("/proc");
  private static final int ACCESS_MODE = 0b11;
  private static final int OCTAL = 8;

  private OpenForWriting() {}

  /** Those of the candidates that are open for writing. */
  public static Set<Path> among(Set<Path> candidates) {
    Set<Path> open = new HashSet<>();
    if (candidates.isEmpty()) {
      return open;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        addOpen(process, candidates, open);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // No /proc here: size and date holding still must be enough.
    }
    return open;
  }

  private static void addOpen(Path process, Set<Path> candidates, Set<Path> open) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        addIfWritten(process, descriptor, candidates, open);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The process has ended, or belongs to another user.
    }
  }

  private static void addIfWritten(
      Path process, Path descriptor, Set<Path> candidates, Set<Path> open) {
    try {
      Path target = Files.readSymbolicLink(descriptor);
      if (candidates.contains(target)
          && isForWriting(process.resolve("fdinfo").resolve(descriptor.getFileName()))) {
        open.add(target);
      }
    } catch (IOException e) {
      // Closed in the meantime.
    }
  }

  private static boolean isForWriting(Path info) throws IOException {
    for (String line : Files.readAllLines(info)) {
      if (line.startsWith("flags:")) {
        long flags = Long.parseLong(line.substring("flags:".length()).strip(), OCTAL);
        return (flags & ACCESS_MODE) != 0;
      }
    }
    return false;
  }
}
