package dev.reencodarr.bench.library;

import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.film.FilmMaker;
import dev.reencodarr.bench.stack.Ended;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The same library with the goals {@code time} and {@code space}, nothing known before. */
public final class GoalBenchmark implements Benchmark {

  private static final String SUBJECT = "mixed library, time against space";
  private static final String PEER = "the same with goal space";

  @Override
  public String name() {
    return "goals";
  }

  @Override
  public String about() {
    return "a mixed library with goal time and with goal space (10 min)";
  }

  /** When a film's result came to its place, and how much smaller it is. */
  private record Swapped(Duration after, long savedBytes) {}

  /**
   * What became of the library.
   *
   * @param bytes that it has in the end
   */
  private record Run(double seconds, List<Swapped> swapped, long bytes) {

    double savedWithin(double limit) {
      return swapped.stream()
          .filter(one -> one.after().toNanos() <= limit * 1e9)
          .mapToLong(Swapped::savedBytes)
          .sum();
    }
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    place.say().accept("making 12 films");
    List<Path> films = MixedFilms.make(new FilmMaker(place), place.folder("films"));
    Run space = run(place, films, "space");
    Run time = run(place, films, "time");
    double quarter = space.seconds() / 4;
    return List.of(
        row(
            "saved in a quarter of the time that space takes",
            "MB",
            time.savedWithin(quarter) / 1e6,
            space.savedWithin(quarter) / 1e6,
            new Goal.AtLeastTimesPeer(2)),
        row(
            "saved until both have ended",
            "MB",
            time.savedWithin(Double.MAX_VALUE) / 1e6,
            space.savedWithin(Double.MAX_VALUE) / 1e6,
            Goal.none()),
        row(
            "size of the library in the end",
            "MB",
            time.bytes() / 1e6,
            space.bytes() / 1e6,
            new Goal.AtLeastTimesPeer(1.031)),
        row("films encoded", "", time.swapped().size(), space.swapped().size(), Goal.none()),
        row("wall time", "s", time.seconds(), space.seconds(), Goal.none()));
  }

  private static Row row(String metric, String unit, double ours, double peer, Goal goal) {
    return Row.alone(SUBJECT, metric, unit, ours, goal).against(PEER, peer);
  }

  private static Run run(Workplace place, List<Path> films, String goal)
      throws NoFigure, IOException, InterruptedException {
    place.say().accept("enqueue --wait with goal " + goal);
    Path library = place.folder("library, " + goal);
    TwelveClips.copy(films, library);
    List<String> settings = new ArrayList<>(AgainstTheLoop.COMMON);
    settings.add("goal: " + goal);
    try (Installation stack = place.installation("home, " + goal, settings, Map.of())) {
      stack.type("up", "--detach");
      stack.type("library", "add", library.toString());
      Instant begin = Instant.now();
      Ended ended = stack.type("enqueue", "--wait", library.toString());
      return new Run(ended.seconds(), swapped(films, library, begin), bytes(films, library));
    }
  }

  private static List<Swapped> swapped(List<Path> films, Path library, Instant begin)
      throws IOException {
    List<Swapped> swapped = new ArrayList<>();
    for (Path film : films) {
      Path result = library.resolve(film.getFileName());
      if (Files.mismatch(film, result) >= 0) {
        // A result has the times of its source; only that of its inode tells of the swap.
        FileTime put = (FileTime) Files.getAttribute(result, "unix:ctime");
        swapped.add(
            new Swapped(
                Duration.between(begin, put.toInstant()), Files.size(film) - Files.size(result)));
      }
    }
    return List.copyOf(swapped);
  }

  private static long bytes(List<Path> films, Path library) throws IOException {
    long bytes = 0;
    for (Path film : films) {
      bytes += Files.size(library.resolve(film.getFileName()));
    }
    return bytes;
  }
}
