package dev.reencodarr.bench.sync;

import dev.reencodarr.fakearr.FakeArr;
import java.nio.file.Path;
import java.util.Locale;

/** A large collection that is on no disk: 1,000 series with 95 episodes each, and 5,000 movies. */
final class ManyTitles {

  static final int SERIES = 1000;
  static final int SEASONS = 5;
  static final int EPISODES_A_SEASON = 19;
  static final int EPISODES = SERIES * SEASONS * EPISODES_A_SEASON;
  static final int MOVIES = 5000;

  private static final long BYTES = 2L << 30;

  private ManyTitles() {}

  /** Has a Sonarr manage the series. */
  static void series(FakeArr sonarr, Path root) {
    for (int number = 1; number <= SERIES; number++) {
      String name = "Series " + number;
      long series =
          sonarr.library().addTitleInMemory(name, 2000, root.resolve(name).toString()).id();
      for (int season = 1; season <= SEASONS; season++) {
        for (int episode = 1; episode <= EPISODES_A_SEASON; episode++) {
          String file =
              String.format(
                  Locale.ROOT,
                  "Season %02d/Series.%d.S%02dE%02d.1080p.WEB-DL.x264-GRP.mkv",
                  season,
                  number,
                  season,
                  episode);
          sonarr.library().addFileInMemory(series, file, BYTES + number + episode);
        }
      }
    }
  }

  /** Has a Radarr manage the movies. */
  static void movies(FakeArr radarr, Path root) {
    for (int number = 1; number <= MOVIES; number++) {
      String name = "Movie " + number + " (2000)";
      long movie =
          radarr.library().addTitleInMemory(name, 2000, root.resolve(name).toString()).id();
      radarr
          .library()
          .addFileInMemory(movie, "Movie." + number + ".2000.1080p.BluRay-GRP.mkv", BYTES + number);
    }
  }
}
