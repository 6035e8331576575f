package dev.reencodarr.bench.library;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.util.List;

/** Short clips worked off by us and by a loop of the tool, and what we add to the tools' time. */
public final class LibraryBenchmark implements Benchmark {

  @Override
  public String name() {
    return "library";
  }

  @Override
  public String about() {
    return "12 short clips and a long film against a loop of ab-av1 auto-encode (8 min)";
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    return new AgainstTheLoop(place).measure();
  }
}
