package dev.reencodarr.starter.wholestack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The originals that a library keeps.
 *
 * @param files all of them, each in the folder of its replacement
 */
record Quarantine(List<Path> files) {

  static Quarantine of(Path library) throws IOException {
    Path folder = library.resolve(".reencodarr/quarantine");
    if (!Files.isDirectory(folder)) {
      return new Quarantine(List.of());
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return new Quarantine(
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().equals("manifest.json"))
              .toList());
    }
  }

  /** The one original of this name. */
  Path original(String name) {
    List<Path> named =
        files.stream().filter(file -> file.getFileName().toString().equals(name)).toList();
    if (named.size() != 1) {
      throw new AssertionError(name + " is " + named.size() + " times among " + files);
    }
    return named.getFirst();
  }
}
