package dev.reencodarr.bench.film;

import dev.reencodarr.bench.figure.NoFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A film of ordinary length, joined of the real clips. */
public final class LongFilm {

  /** As they follow each other: 101 seconds. */
  private static final List<String> CLIPS =
      List.of("trailer_bbb.mp4", "world.mp4", "bikes.mp4", "bigbuckbunny.mp4");

  private static final double SECONDS_OF_ALL = 100.9;

  private LongFilm() {}

  /**
   * Makes it of as many rounds of the clips as it needs.
   *
   * @param seconds that it lasts at least
   */
  public static void make(FilmMaker maker, Path folder, int seconds, Path film)
      throws NoFigure, IOException, InterruptedException {
    List<Path> parts = new ArrayList<>();
    for (String clip : CLIPS) {
      parts.add(folder.resolve(clip.replaceFirst("\\.mp4$", ".mkv")));
      if (!Files.exists(parts.getLast())) {
        maker.whole(clip, parts.getLast());
      }
    }
    List<Path> rounds = new ArrayList<>();
    for (double made = 0; made < seconds; made += SECONDS_OF_ALL) {
      rounds.addAll(parts);
    }
    maker.joined(Collections.unmodifiableList(rounds), film);
    FilmMaker.date(List.of(film));
  }
}
