package dev.reencodarr.bench.search;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.film.FilmMaker;
import dev.reencodarr.workflows.forecast.Source;
import dev.reencodarr.workflows.media.MediaPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Seasons of eleven episodes of five seconds, all of one real trailer. */
final class Seasons {

  private static final String TRAILER = "trailer_bbb.mp4";
  private static final int EPISODES = 11;
  private static final int SECONDS = 5;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int FRAMES_PER_SECOND = 24;

  /** Lean sources, of which nothing can be saved at the target. */
  private static final List<Integer> LEAN = List.of(10, 30, 45);

  private final FilmMaker maker;
  private final Path folder;

  Seasons(FilmMaker maker, Path folder) {
    this.maker = maker;
    this.folder = folder;
  }

  /** The trailer's segments one after the other: wildly different. */
  List<Path> unlike() throws NoFigure, IOException, InterruptedException {
    List<Path> episodes = new ArrayList<>();
    for (int episode = 0; episode < EPISODES; episode++) {
      episodes.add(named("unlike", episode));
      maker.scenes(TRAILER, List.of(episode * SECONDS), SECONDS, "14", episodes.getLast());
    }
    return List.copyOf(episodes);
  }

  /** Episodes of five scenes of a second each, from all over the trailer. */
  List<Path> like() throws NoFigure, IOException, InterruptedException {
    List<Path> episodes = new ArrayList<>();
    for (int episode = 0; episode < EPISODES; episode++) {
      List<Integer> scenes = new ArrayList<>();
      for (int scene = 0; scene < SECONDS; scene++) {
        scenes.add(episode + EPISODES * scene);
      }
      episodes.add(named("like", episode));
      maker.scenes(TRAILER, scenes, 1, "14", episodes.getLast());
    }
    return List.copyOf(episodes);
  }

  /** Segments whose sources have few bits already. */
  List<Path> lean() throws NoFigure, IOException, InterruptedException {
    List<Path> films = new ArrayList<>();
    for (int start : LEAN) {
      films.add(named("lean", start));
      maker.scenes(TRAILER, List.of(start), SECONDS, "34", films.getLast());
    }
    return List.copyOf(films);
  }

  /** What an analysis says of one of them: the trailer's own size and frame rate. */
  static Source facts(Path film) throws IOException {
    MediaPath path = new MediaPath(film.toString());
    return Source.of(
        path,
        path.parent(),
        "h264",
        WIDTH,
        HEIGHT,
        FRAMES_PER_SECOND,
        SECONDS,
        Files.size(film),
        0,
        false);
  }

  private Path named(String kind, int number) {
    return folder.resolve(String.format(Locale.ROOT, "%s %02d.mkv", kind, number));
  }
}
