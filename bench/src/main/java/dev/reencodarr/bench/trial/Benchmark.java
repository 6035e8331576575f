package dev.reencodarr.bench.trial;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import java.io.IOException;
import java.util.List;

/** One thing that is measured. */
public interface Benchmark {

  /** As it is typed. */
  String name();

  /** What it measures and about how long it takes, in a line. */
  String about();

  /** Whether {@code --runs} repeats it; else it is told how long it is to be. */
  default boolean isRepeated() {
    return true;
  }

  /**
   * Measures once.
   *
   * @throws NoFigure if what was to be measured did not do its work
   */
  List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException;
}
