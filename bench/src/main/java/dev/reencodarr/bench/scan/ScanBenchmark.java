package dev.reencodarr.bench.scan;

import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.film.FilmMaker;
import dev.reencodarr.bench.stack.Ended;
import dev.reencodarr.bench.stack.Footprint;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.stack.TimedProgram;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** A library of finished films looked through for the first time, and again. */
public final class ScanBenchmark implements Benchmark {

  private static final int FILES = 2000;
  private static final int FILES_IN_A_FOLDER = 100;
  private static final double GOAL = 1.2;

  /** So that a sampled hash reads what it reads of a real film: all of its blocks, a megabyte. */
  private static final long FILE_BYTES = 2 << 20;

  private static final String FIRST = "2,000 files, first scan";
  private static final String AGAIN = "2,000 files, rescan";

  @Override
  public String name() {
    return "scan";
  }

  @Override
  public String about() {
    return "scan and analysis of 2,000 files against xargs ffprobe, and a rescan (1 min)";
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    place.say().accept("making " + FILES + " files");
    Path library = place.folder("films");
    List<Path> films = films(place, library);
    try (Installation stack = place.installation("home", List.of(), Map.of())) {
      stack.type("up", "--detach");
      stack.type("library", "add", library.toString());
      place.say().accept("ffprobe by itself");
      Ended peer = peer(place, films);
      place.say().accept("the first scan");
      Footprint before = stack.footprint();
      Ended first = stack.type("library", "scan", "--wait");
      Footprint after = stack.footprint();
      requireAllLookedAt(stack);
      place.say().accept("the rescan");
      AccessTimes accesses = AccessTimes.reset(films);
      Ended again = stack.type("library", "scan", "--wait");
      return rows(place, peer, first, before, after, again, accesses.touched());
    }
  }

  private static List<Path> films(Workplace place, Path library)
      throws NoFigure, IOException, InterruptedException {
    FilmMaker maker = new FilmMaker(place);
    Path rich = place.folder().resolve("rich.mkv");
    Path film = place.folder().resolve("film.mkv");
    maker.rich("trailer_bbb.mp4", 10, rich);
    maker.av1(rich, film);
    List<Path> films = new ArrayList<>();
    for (int number = 0; number < FILES; number++) {
      Path folder = library.resolve("series " + number / FILES_IN_A_FOLDER);
      Files.createDirectories(folder);
      films.add(folder.resolve(String.format(Locale.ROOT, "film %04d.mkv", number)));
    }
    maker.titled(film, films);
    for (Path each : films) {
      lengthen(each);
    }
    FilmMaker.date(films);
    return List.copyOf(films);
  }

  /** A hole at the end takes no room on the disk. */
  private static void lengthen(Path film) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(film.toFile(), "rw")) {
      file.setLength(FILE_BYTES);
    }
  }

  private static Ended peer(Workplace place, List<Path> films)
      throws NoFigure, IOException, InterruptedException {
    Path list = place.folder().resolve("list");
    Files.write(
        list,
        String.join("\0", films.stream().map(Path::toString).toList())
            .getBytes(StandardCharsets.UTF_8));
    TimedProgram programs = new TimedProgram(place.folder(), Map.of());
    String ffprobe = place.tools().ffprobe().toString();
    // Nobody is to pay for the first reading of the program.
    programs.succeed(List.of(ffprobe, "-v", "error", films.getFirst().toString()));
    return programs.succeed(
        List.of(
            "xargs",
            "-0",
            "-a",
            list.toString(),
            "-n",
            "1",
            "-P",
            Integer.toString(place.cores()),
            ffprobe,
            "-v",
            "error",
            "-show_format",
            "-show_streams",
            "-of",
            "json"));
  }

  private static void requireAllLookedAt(Installation stack)
      throws NoFigure, IOException, InterruptedException {
    Ended status = stack.type("status", "--format", "json");
    if (!status.out().replace(" ", "").contains("\"skipped\":" + FILES)) {
      throw new NoFigure("not every file was looked at and left alone as AV1: " + status.out());
    }
  }

  private static List<Row> rows(
      Workplace place,
      Ended peer,
      Ended first,
      Footprint before,
      Footprint after,
      Ended again,
      OptionalInt touched) {
    String name = "xargs -P" + place.cores() + " ffprobe";
    double ours =
        first.cpuSeconds()
            + (after.cpuSeconds() - before.cpuSeconds())
            + (after.childrenCpuSeconds() - before.childrenCpuSeconds());
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.alone(FIRST, "wall time", "s", first.seconds(), new Goal.TimesPeer(GOAL))
            .against(name, peer.seconds()));
    rows.add(
        Row.alone(FIRST, "CPU, ffprobe with it", "s", ours, Goal.none())
            .against(name, peer.cpuSeconds()));
    after
        .members()
        .forEach((member, used) ->
            rows.add(
                Row.alone(
                    FIRST,
                    "CPU of " + member,
                    "s",
                    used.cpuSeconds() - before.members().getOrDefault(member, used).cpuSeconds(),
                    Goal.none())));
    rows.add(Row.alone(FIRST, "CPU of scan --wait", "s", first.cpuSeconds(), Goal.none()));
    rows.add(Row.alone(AGAIN, "wall time", "s", again.seconds(), Goal.none()));
    if (touched.isPresent()) {
      rows.add(Row.alone(AGAIN, "media files read", "", touched.getAsInt(), new Goal.AtMost(0)));
    } else {
      place.say().accept("no figure for files read: this file system keeps no access times");
    }
    return List.copyOf(rows);
  }
}
