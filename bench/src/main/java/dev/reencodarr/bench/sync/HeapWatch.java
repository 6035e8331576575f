package dev.reencodarr.bench.sync;

import dev.reencodarr.bench.figure.NoFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Looks at the heap of a JVM twice a second, by {@code jstat}. */
final class HeapWatch implements AutoCloseable {

  private static final int MILLIS = 500;
  private static final double MB_PER_KIB = 1024 / 1e6;

  /** What is used of the survivors, of Eden and of the old generation. */
  private static final List<String> USED = List.of("S0U", "S1U", "EU", "OU");

  private final Path log;
  private final Process jstat;

  HeapWatch(long pid, Path folder) throws IOException {
    log = folder.resolve("jstat.log");
    jstat =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jstat").toString(),
                "-gc",
                Long.toString(pid),
                Integer.toString(MILLIS))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /** The most that was used so far in MB, with what was garbage by then. */
  double peakMb() throws IOException, NoFigure {
    List<String> lines = Files.readAllLines(log);
    if (lines.size() < 2) {
      throw new NoFigure("jstat has seen nothing: " + lines);
    }
    List<String> names = columns(lines.getFirst());
    return lines.stream()
            .skip(1)
            .map(HeapWatch::columns)
            .filter(line -> line.size() == names.size())
            .mapToDouble(line -> used(names, line))
            .max()
            .orElseThrow(() -> new NoFigure("jstat has seen nothing: " + lines))
        * MB_PER_KIB;
  }

  private static List<String> columns(String line) {
    return List.of(line.strip().split("\\s+"));
  }

  private static double used(List<String> names, List<String> line) {
    return IntStream.range(0, names.size())
        .filter(column -> USED.contains(names.get(column)))
        .mapToDouble(column -> Double.parseDouble(line.get(column)))
        .sum();
  }

  @Override
  public void close() {
    jstat.destroy();
  }
}
