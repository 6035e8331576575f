package dev.reencodarr.activities.encode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one sample that somebody looks at.
 *
 * @param link to the film, under a short name
 */
public record ViewingFolder(Path path, Path link) {

  /** Once the sample is made, nothing in the folder leads into a library. */
  void removeLink() throws IOException {
    Files.deleteIfExists(link);
  }

  /** Removes it with all that is in it; the link goes, the film stays. */
  void remove() throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    List<Path> tree;
    try (Stream<Path> walk = Files.walk(path)) {
      tree = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : tree) {
      Files.deleteIfExists(file);
    }
  }
}
