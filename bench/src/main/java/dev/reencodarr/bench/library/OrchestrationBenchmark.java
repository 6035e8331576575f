package dev.reencodarr.bench.library;

import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.film.FilmMaker;
import dev.reencodarr.bench.stack.Ended;
import dev.reencodarr.bench.stack.Footprint;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What we add to the tools: the same way as ever, with tools that only sleep. Once right after the
 * start, when a JVM is at its slowest, and once when it has run for a while.
 */
public final class OrchestrationBenchmark implements Benchmark {

  private static final int FIRST = 12;
  private static final int NEXT = 36;
  private static final double WALL_GOAL_SECONDS = 1;
  private static final double CPU_GOAL_SECONDS = 0.3;

  @Override
  public String name() {
    return "orchestration";
  }

  @Override
  public String about() {
    return "what a video costs beside its tools, with tools that only sleep (3 min)";
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    FilmMaker maker = new FilmMaker(place);
    Path film = place.folder().resolve("stub source.mkv");
    Path result = place.folder().resolve("stub result.mkv");
    maker.rich("trailer_bbb.mp4", 20, film);
    maker.av1(film, result);
    Path library = place.folder("stubbed");
    Path first = films(maker, film, library.resolve("first"), FIRST);
    Path next = films(maker, film, library.resolve("next"), NEXT);
    SleepingTools tools =
        SleepingTools.layOut(place.folder("sleeping tools"), place.tools(), result);
    String path = tools.folder() + ":" + Optional.ofNullable(System.getenv("PATH")).orElse("");
    try (Installation stack =
        place.installation(
            "home, stubs", List.of("free_space_reserve: 1GiB"), Map.of("PATH", path))) {
      stack.type("up", "--detach");
      stack.type("library", "add", library.toString());
      List<Row> rows = new ArrayList<>();
      place.say().accept("the first " + FIRST + " videos");
      rows.addAll(enqueue(stack, tools, first, FIRST, "a video, the first " + FIRST));
      place.say().accept("the next " + NEXT + " videos");
      rows.addAll(enqueue(stack, tools, next, NEXT, "a video, the next " + NEXT));
      requireAllEncoded(stack);
      return List.copyOf(rows);
    }
  }

  private static Path films(FilmMaker maker, Path film, Path folder, int count)
      throws NoFigure, IOException, InterruptedException {
    Files.createDirectories(folder);
    List<Path> films = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      films.add(
          folder.resolve(String.format(Locale.ROOT, "%s %02d.mkv", folder.getFileName(), number)));
    }
    maker.titled(film, films);
    FilmMaker.date(films);
    return folder;
  }

  private static List<Row> enqueue(
      Installation stack, SleepingTools tools, Path folder, int videos, String subject)
      throws NoFigure, IOException, InterruptedException {
    tools.forget();
    Footprint before = stack.footprint();
    Ended ended = stack.type("enqueue", "--wait", folder.toString());
    Footprint after = stack.footprint();
    double atWork = tools.secondsAtWork();
    double cpu = after.cpuSeconds() - before.cpuSeconds() + ended.cpuSeconds();
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.alone(
            subject,
            "wall time beyond the tools'",
            "s",
            (ended.seconds() - atWork) / videos,
            new Goal.AtMost(WALL_GOAL_SECONDS)));
    rows.add(Row.alone(subject, "CPU", "s", cpu / videos, new Goal.AtMost(CPU_GOAL_SECONDS)));
    after
        .members()
        .forEach((name, member) ->
            rows.add(
                Row.alone(
                    subject,
                    "CPU of " + name,
                    "s",
                    (member.cpuSeconds() - before.members().getOrDefault(name, member).cpuSeconds())
                        / videos,
                    Goal.none())));
    rows.add(
        Row.alone(subject, "CPU of enqueue --wait", "s", ended.cpuSeconds() / videos, Goal.none()));
    rows.add(Row.alone(subject, "time of the sleeping tools", "s", atWork / videos, Goal.none()));
    return List.copyOf(rows);
  }

  private static void requireAllEncoded(Installation stack)
      throws NoFigure, IOException, InterruptedException {
    Ended status = stack.type("status", "--format", "json");
    if (!status.out().replace(" ", "").contains("\"encoded\":" + (FIRST + NEXT))) {
      throw new NoFigure("not every video was encoded: " + status.out());
    }
  }
}
