package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.SwapWay;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Two empty files that the ways of a swap are tried with. */
final class TrialFiles {

  private TrialFiles() {}

  static Optional<SwapWay> bestWay(Path folder) throws IOException {
    Path one = folder.resolve("trial-1");
    Path other = folder.resolve("trial-2");
    try {
      Files.deleteIfExists(one);
      Files.deleteIfExists(other);
      Files.createFile(one);
      Files.createFile(other);
      if (exchanges(one, other)) {
        return Optional.of(SwapWay.EXCHANGE);
      }
      Files.delete(other);
      return links(one, other) ? Optional.of(SwapWay.HARD_LINK) : Optional.empty();
    } finally {
      Files.deleteIfExists(one);
      Files.deleteIfExists(other);
    }
  }

  private static boolean exchanges(Path one, Path other) throws IOException {
    try {
      AtomicExchange.exchange(one, other);
      return true;
    } catch (AtomicExchange.NotOffered e) {
      return false;
    }
  }

  private static boolean links(Path one, Path other) throws IOException {
    try {
      Files.createLink(other, one);
      return true;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return false;
    }
  }
}
