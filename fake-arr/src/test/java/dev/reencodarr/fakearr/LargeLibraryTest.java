package dev.reencodarr.fakearr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.fakearr.library.Library;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LargeLibraryTest {

  private static final int SERIES = 1_000;
  private static final int EPISODES = 100;

  /** A benchmark measures who asks, so the fake has to answer a good deal faster. */
  @Test
  void aHundredThousandFilesAreMadeAndToldWithinSeconds() throws Exception {
    try (FakeArr fake = FakeArr.sonarr();
        Asker asker = new Asker(fake)) {
      fake.requests().turnOff();
      long before = System.nanoTime();
      fill(fake.library());
      assertThat(asker.get("series").json()).hasSize(SERIES);
      int files = 0;
      for (int series = 1; series <= 100; series++) {
        files += asker.get("episodefile?seriesId=" + series).json().size();
      }

      assertThat(files).isEqualTo(100 * EPISODES);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }
  }

  private static void fill(Library library) {
    for (int series = 1; series <= SERIES; series++) {
      long id = library.addTitleInMemory("Series " + series, 2000, "/tv/Series " + series).id();
      for (int episode = 1; episode <= EPISODES; episode++) {
        var _ =
            library.addFileInMemory(
                id, "Season 01/S.S01E%02d.1080p.WEB-DL-GRP.mkv".formatted(episode), 1L << 30);
      }
    }
  }
}
