package dev.reencodarr.bench.library;

import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.film.FilmMaker;
import dev.reencodarr.bench.stack.Ended;
import dev.reencodarr.bench.stack.Footprint;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What we add to the tools: the same way as ever, with tools that only sleep. */
final class Orchestration {

  private static final String SUBJECT = "orchestration of a video";
  private static final int VIDEOS = 12;
  private static final double WALL_GOAL_SECONDS = 1;
  private static final double CPU_GOAL_SECONDS = 0.3;

  private final Workplace place;

  Orchestration(Workplace place) {
    this.place = place;
  }

  List<Row> measure() throws NoFigure, IOException, InterruptedException {
    place.say().accept("orchestration alone, with tools that sleep");
    FilmMaker maker = new FilmMaker(place);
    Path film = place.folder().resolve("stub source.mkv");
    Path result = place.folder().resolve("stub result.mkv");
    maker.rich("trailer_bbb.mp4", 20, film);
    maker.av1(film, result);
    Path library = place.folder("stubbed");
    List<Path> films = new ArrayList<>();
    for (int number = 0; number < VIDEOS; number++) {
      films.add(library.resolve(String.format(Locale.ROOT, "film %02d.mkv", number)));
    }
    maker.titled(film, films);
    FilmMaker.date(films);
    SleepingTools tools =
        SleepingTools.layOut(place.folder("sleeping tools"), place.tools(), result);
    String path = tools.folder() + ":" + Optional.ofNullable(System.getenv("PATH")).orElse("");
    try (Installation stack =
        place.installation(
            "home, stubs", List.of("free_space_reserve: 1GiB"), Map.of("PATH", path))) {
      stack.type("up", "--detach");
      stack.type("library", "add", library.toString());
      tools.forget();
      Footprint before = stack.footprint();
      Ended ended = stack.type("enqueue", "--wait", library.toString());
      Footprint after = stack.footprint();
      requireAllEncoded(stack);
      return rows(ended, before, after, tools.secondsAtWork());
    }
  }

  private static void requireAllEncoded(Installation stack)
      throws NoFigure, IOException, InterruptedException {
    Ended status = stack.type("status", "--format", "json");
    if (!status.out().replace(" ", "").contains("\"encoded\":" + VIDEOS)) {
      throw new NoFigure("not every video was encoded: " + status.out());
    }
  }

  private static List<Row> rows(Ended ended, Footprint before, Footprint after, double atWork) {
    double cpu = after.cpuSeconds() - before.cpuSeconds() + ended.cpuSeconds();
    List<Row> rows = new ArrayList<>();
    rows.add(
        each(
            "wall time beyond the tools'",
            ended.seconds() - atWork,
            new Goal.AtMost(WALL_GOAL_SECONDS)));
    rows.add(each("CPU", cpu, new Goal.AtMost(CPU_GOAL_SECONDS)));
    after
        .members()
        .forEach((name, member) ->
            rows.add(
                each(
                    "CPU of " + name,
                    member.cpuSeconds() - before.members().getOrDefault(name, member).cpuSeconds(),
                    Goal.none())));
    rows.add(each("CPU of enqueue --wait", ended.cpuSeconds(), Goal.none()));
    rows.add(each("time of the sleeping tools", atWork, Goal.none()));
    return List.copyOf(rows);
  }

  private static Row each(String metric, double ofAll, Goal goal) {
    return Row.alone(SUBJECT, metric, "s", ofAll / VIDEOS, goal);
  }
}
