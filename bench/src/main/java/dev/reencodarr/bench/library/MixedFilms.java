package dev.reencodarr.bench.library;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.film.FilmMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a library holds side by side: long films that save much and take long, short rich ones that
 * are quick wins, and lean ones of which little can be saved, and only with patience.
 */
final class MixedFilms {

  private static final String TRAILER = "trailer_bbb.mp4";
  private static final int LONG_SECONDS = 12;
  private static final List<Integer> LONG = List.of(2, 16, 30);
  private static final List<Integer> SHORT = List.of(5, 12, 19, 26, 33, 40);
  private static final int LEAN_SECONDS = 5;
  private static final List<Integer> LEAN = List.of(8, 24, 38);

  private MixedFilms() {}

  /** Makes them, with names that tell nothing of the order in which they are best taken. */
  static List<Path> make(FilmMaker maker, Path folder)
      throws NoFigure, IOException, InterruptedException {
    List<Path> films = new ArrayList<>();
    for (int start : LONG) {
      films.add(named(folder, "film", films));
      maker.scenes(TRAILER, List.of(start), LONG_SECONDS, "19", films.getLast());
    }
    for (int start : SHORT) {
      films.add(named(folder, "clip", films));
      maker.rich(TRAILER, start, films.getLast());
    }
    for (int start : LEAN) {
      films.add(named(folder, "lean", films));
      maker.scenes(TRAILER, List.of(start), LEAN_SECONDS, "24", films.getLast());
    }
    FilmMaker.date(films);
    return List.copyOf(films);
  }

  private static Path named(Path folder, String kind, List<Path> films) {
    return folder.resolve(String.format(Locale.ROOT, "%s %02d.mkv", kind, films.size() + 1));
  }
}
