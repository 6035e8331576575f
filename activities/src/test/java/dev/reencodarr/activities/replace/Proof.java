package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The numbers that a proof has counted: a table in {@code target/proofs}, for those who ask. */
final class Proof {

  private final String name;
  private final Map<String, Integer> counted = new TreeMap<>();

  Proof(String name) {
    this.name = name;
  }

  void count(String what, int number) {
    counted.merge(what, number, Integer::sum);
  }

  int total() {
    return counted.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Writes the table. */
  void write() throws IOException {
    StringBuilder table = new StringBuilder();
    counted.forEach((what, number) -> table.append("%6d  %s%n".formatted(number, what)));
    table.append("%6d  in all%n".formatted(total()));
    Path folder = Files.createDirectories(Path.of("target/proofs"));
    Files.writeString(folder.resolve(name + ".txt"), table, StandardCharsets.UTF_8);
  }
}
