package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.replace.Contents.Question;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a file of ours that somebody, Sonarr or Radarr mostly, has renamed inside its library.
 *
 * @param lastSeen where a scan has met it; empty if none has
 */
record Whereabouts(Path root, Optional<Path> lastSeen) {

  /**
   * The file, wherever in the library it lies: at its own path, where a scan has met it, or under
   * any other name.
   *
   * @param size that it has, in bytes
   * @param isIt tells it by its content
   */
  Optional<Path> find(Path expected, long size, Question isIt) throws IOException {
    if (isIt.ask(expected)) {
      return Optional.of(expected);
    }
    Optional<Path> seen = lastSeen.filter(path -> path.startsWith(root));
    if (seen.isPresent() && isIt.ask(seen.get())) {
      return seen;
    }
    for (Path candidate : ofSize(size)) {
      if (isIt.ask(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private List<Path> ofSize(long size) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.endsWith(DotFolder.NAME)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() == size) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            // it cannot be the file, which was readable when it was placed
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException unreadable) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
