package dev.reencodarr.bench.safety;

import dev.reencodarr.activities.analysis.FileIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the sampled hash of a file takes while its blocks are in memory. A command that is typed
 * takes a hundred times as long as the hash, so this one thing is called from within.
 */
record HashTimes(List<Double> milliseconds) {

  private static final int RUNS = 200;

  /**
   * Measures; what compiling itself costs is in it, the first reading from the disk is not.
   *
   * @param files at least one
   */
  static HashTimes of(List<Path> files) throws IOException {
    List<Double> times = new ArrayList<>();
    for (Path file : files) {
      FileIdentity.of(file);
      for (int run = 0; run < RUNS; run++) {
        long begin = System.nanoTime();
        FileIdentity.of(file);
        times.add((System.nanoTime() - begin) / 1e6);
      }
    }
    return new HashTimes(times.stream().sorted().toList());
  }

  /**
   * The time that so many of the runs did not exceed.
   *
   * @param percent of the runs, 0 to 100
   */
  double percentile(int percent) {
    int index = (int) Math.ceil(percent / 100.0 * milliseconds.size()) - 1;
    return milliseconds.get(Math.clamp(index, 0, milliseconds.size() - 1));
  }
}
