package dev.reencodarr.bench.idle;

import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.stack.Footprint;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A stack that nobody wants anything of: its memory, and the CPU that it takes to wait. */
public final class IdleBenchmark implements Benchmark {

  private static final String SUBJECT = "idle stack";
  private static final Duration SETTLING = Duration.ofSeconds(8);
  private static final Duration WATCHED = Duration.ofSeconds(60);
  private static final double MEMORY_GOAL_MB = 1200;
  private static final double CPU_GOAL_PERCENT = 5;
  private static final double START_GOAL_SECONDS = 15;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String about() {
    return "memory and CPU of a stack that waits for work (90 s)";
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    try (Installation stack = place.installation("home", List.of(), Map.of())) {
      place.say().accept("starting a stack in an empty home");
      double firstStart = stack.type("up", "--detach").seconds();
      place.say().accept("watching it for " + WATCHED.toSeconds() + " s");
      Thread.sleep(SETTLING);
      Footprint before = stack.footprint();
      long begin = System.nanoTime();
      Thread.sleep(WATCHED);
      Footprint after = stack.footprint();
      double seconds = (System.nanoTime() - begin) / 1e9;
      stack.type("down");
      double secondStart = stack.type("up", "--detach").seconds();
      return rows(before, after, seconds, firstStart, secondStart);
    }
  }

  private static List<Row> rows(
      Footprint before, Footprint after, double seconds, double firstStart, double secondStart) {
    List<Row> rows = new ArrayList<>();
    rows.add(alone("memory (PSS)", "MB", after.residentMb(), new Goal.AtMost(MEMORY_GOAL_MB)));
    rows.add(
        alone(
            "CPU, of one core",
            "%",
            100 * (after.cpuSeconds() - before.cpuSeconds()) / seconds,
            new Goal.AtMost(CPU_GOAL_PERCENT)));
    new TreeMap<>(after.members())
        .forEach((name, member) ->
            rows.add(alone("memory of " + name, "MB", member.residentMb(), Goal.none())));
    rows.add(alone("up --detach, empty home", "s", firstStart, Goal.none()));
    rows.add(alone("up --detach", "s", secondStart, new Goal.AtMost(START_GOAL_SECONDS)));
    return List.copyOf(rows);
  }

  private static Row alone(String metric, String unit, double ours, Goal goal) {
    return Row.alone(SUBJECT, metric, unit, ours, goal);
  }
}
