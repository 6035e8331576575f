package dev.reencodarr.bench.safety;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.film.FilmMaker;
import dev.reencodarr.bench.film.LongFilm;
import dev.reencodarr.bench.safety.ActivityTimes.Step;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.stack.TimedProgram;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** What the care for a film costs beside its encode. */
public final class SafetyBenchmark implements Benchmark {

  private static final int FILM_SECONDS = 600;
  private static final double SHARE_GOAL_PERCENT = 10;

  /** All of it once, and samples: three segments and the hashes. */
  private static final double READ_GOAL = 1.1;

  private static final double HASH_GOAL_MS = 50;
  private static final Duration LONGEST_SEARCH = Duration.ofMinutes(20);
  private static final String FILM = "film of 10 min, 640x360";
  private static final String WATCHED = "the same film, its readers watched";

  /** The first or second probe is good enough: what is measured comes after the search. */
  private static final List<String> SHORT_SEARCH =
      List.of("free_space_reserve: 1GiB", "vmaf_band: 4", "quarantine_percent: 50");

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String name() {
    return "safety";
  }

  @Override
  public String about() {
    return "verification and swap of a 10-minute film against its encode, and the hash (10 min)";
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    place.say().accept("making a film of 10 minutes");
    FilmMaker maker = new FilmMaker(place);
    Path film = place.folder().resolve("film.mkv");
    LongFilm.make(maker, place.folder(), FILM_SECONDS, film);
    place.say().accept("hashing");
    List<Row> rows = new ArrayList<>(hashes(place, film));
    rows.addAll(watched(place, film));
    rows.addAll(0, whole(place, film));
    return List.copyOf(rows);
  }

  // --- the time of the steps ------------------------------------------------------------------

  private static List<Row> whole(Workplace place, Path film)
      throws NoFigure, IOException, InterruptedException {
    Path library = place.folder("library");
    Path source = Files.move(film, library.resolve("film.mkv"));
    try (Installation stack = place.installation("home", SHORT_SEARCH, Map.of())) {
      stack.type("up", "--detach");
      stack.type("library", "add", library.toString());
      place.say().accept("search, encode and swap by the program");
      stack.type("enqueue", "--wait", source.toString());
      return rows(history(place, stack));
    }
  }

  private static ActivityTimes history(Workplace place, Installation stack)
      throws NoFigure, IOException, InterruptedException {
    JsonNode video = json(stack.type("videos", "--format", "json").out()).path(0);
    if (!video.path("state").asText().equals("encoded")) {
      throw new NoFigure("the film was not encoded: " + video);
    }
    String address =
        json(stack.type("status", "--format", "json").out()).path("temporal_address").asText();
    return ActivityTimes.of(
        new TimedProgram(place.folder(), Map.of())
            .succeed(
                List.of(
                    place.tools().temporal().toString(),
                    "workflow",
                    "show",
                    "--workflow-id",
                    video.path("workflow_id").asText(),
                    "--address",
                    address,
                    "--output",
                    "json"))
            .out());
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  private static List<Row> rows(ActivityTimes times) throws NoFigure {
    List<Row> rows = new ArrayList<>();
    double safety = 0;
    for (Step step : Step.values()) {
      rows.add(
          Row.alone(FILM, step.name().toLowerCase(Locale.ROOT), "s", times.of(step), Goal.none()));
      safety += step == Step.ENCODE ? 0 : times.of(step);
    }
    rows.add(
        Row.alone(
            FILM,
            "verify, stage and swap, of the encode",
            "%",
            100 * safety / times.of(Step.ENCODE),
            new Goal.AtMost(SHARE_GOAL_PERCENT)));
    return List.copyOf(rows);
  }

  // --- what is read ---------------------------------------------------------------------------

  private static List<Row> watched(Workplace place, Path film)
      throws NoFigure, IOException, InterruptedException {
    if (!ReadWatch.isPossible()) {
      place.say().accept("no figure for what is read of a source: there is no strace");
      return List.of();
    }
    Path library = place.folder("watched");
    Path source = library.resolve("watched.mkv");
    Files.copy(film, source);
    FilmMaker.date(List.of(source));
    long size = Files.size(source);
    List<String> quick = new ArrayList<>(SHORT_SEARCH);
    quick.addAll(List.of("presets: [12]", "vmaf_scale: none"));
    try (Installation stack = place.installation("home, watched", quick, Map.of())) {
      stack.type("up", "--detach");
      stack.type("library", "add", library.toString());
      place.say().accept("a film whose readers are watched");
      long read = ReadLog.bytesOf("watched.mkv", readAfterTheEncodeBegan(place, stack, source));
      return List.of(
          Row.alone(
              WATCHED,
              "read by verify, stage and swap",
              "x its size",
              (double) read / size,
              new Goal.AtMost(READ_GOAL)));
    }
  }

  /** Encodes that run already are not followed: what they read is the encoder's. */
  private static List<String> readAfterTheEncodeBegan(
      Workplace place, Installation stack, Path source)
      throws NoFigure, IOException, InterruptedException {
    AtomicReference<String> failed = new AtomicReference<>("");
    Thread order =
        Thread.ofPlatform()
            .start(() -> {
              try {
                stack.type("enqueue", "--wait", source.toString());
              } catch (IOException | NoFigure e) {
                failed.set(String.valueOf(e.getMessage()));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      awaitEncode(stack, order);
      ReadWatch watch = ReadWatch.on(stack.worker(), place.folder().resolve("reads"));
      order.join();
      List<String> lines = watch.end();
      if (!failed.get().isEmpty()) {
        throw new NoFigure(failed.get());
      }
      return lines;
    } finally {
      order.interrupt();
      order.join();
    }
  }

  private static void awaitEncode(Installation stack, Thread order)
      throws NoFigure, IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_SEARCH.toNanos();
    while (!encodes(stack.home().resolve("work/jobs"))) {
      if (!order.isAlive() || System.nanoTime() > deadline) {
        throw new NoFigure("no encode began");
      }
      Thread.sleep(100);
    }
  }

  private static boolean encodes(Path jobs) throws IOException {
    if (!Files.isDirectory(jobs)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(jobs)) {
      return files.anyMatch(file -> file.endsWith("progress"));
    }
  }

  // --- the hash -------------------------------------------------------------------------------

  private static List<Row> hashes(Workplace place, Path film)
      throws NoFigure, IOException, InterruptedException {
    List<Path> clips;
    try (Stream<Path> files = Files.list(place.home().clips())) {
      clips = files.sorted().toList();
    }
    HashTimes ofFilm = HashTimes.of(List.of(film));
    TimedProgram programs = new TimedProgram(place.folder(), Map.of());
    List<String> sha256sum = List.of("sha256sum", film.toString());
    programs.succeed(sha256sum);
    double whole = 1000 * programs.succeed(sha256sum).seconds();
    String subject =
        String.format(Locale.ROOT, "sampled hash, film of %.0f MB", Files.size(film) / 1e6);
    List<Row> rows = new ArrayList<>();
    rows.add(hash(subject, "median", ofFilm.percentile(50)).against("sha256sum of all", whole));
    rows.add(hash(subject, "95th of 100", ofFilm.percentile(95)));
    HashTimes ofClips = HashTimes.of(clips);
    String small = "sampled hash, " + clips.size() + " clips";
    rows.add(hash(small, "median", ofClips.percentile(50)));
    rows.add(hash(small, "95th of 100", ofClips.percentile(95)));
    return List.copyOf(rows);
  }

  private static Row hash(String subject, String metric, double milliseconds) {
    return Row.alone(subject, metric, "ms", milliseconds, new Goal.AtMost(HASH_GOAL_MS));
  }
}
