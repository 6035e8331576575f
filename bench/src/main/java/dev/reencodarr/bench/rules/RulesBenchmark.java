package dev.reencodarr.bench.rules;

import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.KeptConnection;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What rules make of a hundred thousand videos, asked by fifty rules. No peer has rules over facts
 * that could be asked without running them; the floor is what reading the same rows takes.
 */
public final class RulesBenchmark implements Benchmark {

  private static final String SUBJECT = "100,000 videos, 50 rules";
  private static final String FLOOR = "PostgreSQL reads the facts itself";
  private static final int RULES = 50;

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public String about() {
    return "rules explain and rules diff over a hundred thousand videos (2 min)";
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    try (Installation stack = place.installation("home", List.of(), Map.of())) {
      place.say().accept("starting a stack");
      stack.type("up", "--detach");
      double floor;
      try (KeptConnection connection =
          new KeptConnection(
              ConnectionSource.of(
                  SettingsFile.read(stack.home(), Map.of()).settings().connections()))) {
        Database database = new Database(connection);
        place.say().accept("writing %,d videos".formatted(ManyVideos.VIDEOS));
        new ManyVideos(database).write();
        floor = secondsToRead(database);
      }
      Path rules = Files.writeString(stack.home().resolve("rules.yaml"), rules());
      place.say().accept("asking");
      double none = stack.type("rules", "explain", "--all").seconds();
      stack.type("rules", "set", rules.toString());
      return List.of(
          time("explain as a table", 20, stack.type("rules", "explain", "--all").seconds())
              .against(FLOOR, floor),
          time(
                  "explain as JSON",
                  20,
                  stack.type("rules", "explain", "--all", "--format", "json").seconds())
              .against(FLOOR, floor),
          time("diff", 20, stack.type("rules", "diff").seconds()).against(FLOOR, floor),
          Row.alone(SUBJECT, "explain without rules", "s", none, Goal.none()));
    }
  }

  private static Row time(String what, double limit, double seconds) {
    return Row.alone(SUBJECT, what, "s", seconds, new Goal.AtMost(limit));
  }

  private static double secondsToRead(Database database) {
    long begin = System.nanoTime();
    database.client().sql("select sum(length(facts::text)) from videos").query(Long.class).single();
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Most of them hold for none: every one has to be asked. */
  private static String rules() {
    return IntStream.rangeClosed(1, RULES)
        .mapToObj(number ->
            """
              - name: rule %1$d
                when: height > %2$d && codec in ['h264', 'hevc'] && year >= %3$d && audio.exists(t, t.channels > %4$d)
                set: {grain: %5$d, vmaf_target: %6$d}
            """
                .formatted(
                    number, 2200 - number * 10, 1975 + number, number % 7, number, 90 + number % 8))
        .collect(
            Collectors.joining(
                "",
                "rules:\n",
                "  - {name: samples, when: \"name.contains('sample')\", skip: sample}\n"));
  }
}
