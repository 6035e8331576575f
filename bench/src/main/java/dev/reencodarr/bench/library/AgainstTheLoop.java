package dev.reencodarr.bench.library;

import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.film.FilmMaker;
import dev.reencodarr.bench.film.LongFilm;
import dev.reencodarr.bench.library.AutoEncodeLoop.Result;
import dev.reencodarr.bench.stack.Ended;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The same clips by {@code enqueue --wait} and by the loop, each with nothing known before. */
final class AgainstTheLoop {

  private static final String ALL = "12 clips, ladder off";
  private static final String SOME = "4 of them, ladder on";
  private static final String LONG = "one film of 10 minutes";
  private static final int LONG_SECONDS = 600;

  /** Short clips scored at their own size: else their time is that of VMAF at 1080p alone. */
  static final List<String> COMMON = List.of("vmaf_scale: none", "free_space_reserve: 1GiB");

  private static final List<String> LADDER_OFF = List.of("presets: [8]", "lower_target: false");

  private final Workplace place;

  AgainstTheLoop(Workplace place) {
    this.place = place;
  }

  /**
   * What we made of a folder.
   *
   * @param bytes of all results
   */
  private record Ours(double startSeconds, double seconds, int encoded, long bytes) {}

  List<Row> measure() throws NoFigure, IOException, InterruptedException {
    place.say().accept("making 12 clips");
    List<Path> clips = TwelveClips.make(new FilmMaker(place), place.folder("clips"));
    place.say().accept("the loop");
    AutoEncodeLoop peer = new AutoEncodeLoop(place);
    Map<Path, Result> loop = peer.run(clips);
    place.say().accept("enqueue --wait, ladder off");
    List<String> off = new ArrayList<>(COMMON);
    off.addAll(LADDER_OFF);
    Ours ours = ours("ladder off", clips, off);
    place.say().accept("enqueue --wait on four of them, ladder on");
    List<Path> some = TwelveClips.someOf(clips);
    Ours withLadder = ours("ladder on", some, COMMON);
    List<Row> rows = new ArrayList<>();
    rows.addAll(rows(ALL, ours, loop.values(), new Goal.TimesPeer(0.6)));
    rows.add(
        Row.alone(ALL, "start-up before (up --detach)", "s", ours.startSeconds(), Goal.none()));
    rows.addAll(rows(SOME, withLadder, some.stream().map(loop::get).toList(), Goal.none()));
    rows.addAll(longFilm(peer, off));
    return List.copyOf(rows);
  }

  /** A film of ordinary length, whose encode takes the most of the time. */
  private List<Row> longFilm(AutoEncodeLoop peer, List<String> settings)
      throws NoFigure, IOException, InterruptedException {
    place.say().accept("one film of 10 minutes: the loop");
    Path folder = place.folder("long");
    Path film = folder.resolve("long film.mkv");
    LongFilm.make(new FilmMaker(place), folder, LONG_SECONDS, film);
    Collection<Result> loop = peer.run(List.of(film)).values();
    place.say().accept("one film of 10 minutes: enqueue --wait");
    return rows(LONG, ours("long film", List.of(film), settings), loop, Goal.none());
  }

  private static List<Row> rows(String subject, Ours ours, Collection<Result> loop, Goal goal) {
    String peer = AutoEncodeLoop.NAME;
    double seconds = loop.stream().mapToDouble(Result::seconds).sum();
    long bytes = loop.stream().mapToLong(Result::bytes).sum();
    double encoded = loop.stream().filter(Result::isEncoded).count();
    return List.of(
        Row.alone(subject, "wall time", "s", ours.seconds(), goal).against(peer, seconds),
        Row.alone(subject, "clips encoded", "", ours.encoded(), Goal.none()).against(peer, encoded),
        Row.alone(subject, "size of the results", "MB", ours.bytes() / 1e6, Goal.none())
            .against(peer, bytes / 1e6));
  }

  private Ours ours(String name, List<Path> clips, List<String> settings)
      throws NoFigure, IOException, InterruptedException {
    Path library = place.folder(name);
    TwelveClips.copy(clips, library);
    try (Installation stack = place.installation("home, " + name, settings, Map.of())) {
      double start = stack.type("up", "--detach").seconds();
      stack.type("library", "add", library.toString());
      Ended ended = stack.type("enqueue", "--wait", library.toString());
      int encoded = 0;
      long bytes = 0;
      for (Path clip : clips) {
        Path result = library.resolve(clip.getFileName());
        if (Files.mismatch(clip, result) >= 0) {
          encoded++;
          bytes += Files.size(result);
        }
      }
      return new Ours(start, ended.seconds(), encoded, bytes);
    }
  }
}
