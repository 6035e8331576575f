package dev.reencodarr.activities.library.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.library.OpenForWriting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, and a time that only the test lets pass. */
class StillPathsTest {

  private static final Duration STILL = Duration.ofMinutes(5);

  @TempDir private Path temporary;
  private Path root;
  private Path film;
  private StillPaths paths;
  private long now = Long.MAX_VALUE - Duration.ofMinutes(7).toNanos();

  @BeforeEach
  void oneFilm() throws IOException {
    root = temporary.toRealPath();
    film = Files.writeString(root.resolve("film.mkv"), "film");
    paths = new StillPaths(root, STILL, () -> now, OpenForWriting::among);
  }

  /** Also beyond where the clock's numbers begin anew. */
  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void aFileIsDueWhenItHasBeenStill() {
    paths.touched(film);
    pass(STILL.minusSeconds(1));
    assertThat(paths.mayBeDue()).isFalse();
    assertThat(paths.due().isEmpty()).isTrue();

    pass(Duration.ofSeconds(1));

    assertThat(paths.mayBeDue()).isTrue();
    assertThat(paths.due().there()).containsOnlyKeys(film);
    assertThat(paths.due().there()).as("until it is done with").containsOnlyKeys(film);
    paths.done(paths.due());
    assertThat(paths.size()).isZero();
  }

  @Test
  void aFileThatGrowsIsNotDue() throws IOException {
    paths.touched(film);
    pass(STILL.minusSeconds(1));
    Files.writeString(film, "more", StandardOpenOption.APPEND);
    paths.touched(film);
    pass(Duration.ofSeconds(1));

    assertThat(paths.due().isEmpty()).isTrue();
    pass(STILL);
    assertThat(paths.due().there()).containsOnlyKeys(film);
  }

  @Test
  void aFileThatHasChangedThoughNobodyWasToldIsNotDue() throws IOException {
    paths.touched(film);
    Files.setLastModifiedTime(film, FileTime.from(Instant.parse("2024-01-01T00:00:00Z")));
    pass(STILL);

    assertThat(paths.due().isEmpty()).isTrue();
    pass(STILL);
    assertThat(paths.due().there()).containsOnlyKeys(film);
  }

  @Test
  void whatChangesNeitherSizeNorDateHoldsNothingUp() {
    paths.touched(film);
    pass(STILL.minusSeconds(1));
    paths.touched(film);
    pass(Duration.ofSeconds(1));

    assertThat(paths.due().there()).containsOnlyKeys(film);
  }

  @Test
  void aFileThatSomebodyHasOpenForWritingIsNotDueHoweverStill() throws IOException {
    paths.touched(film);
    try (OutputStream writer = Files.newOutputStream(film, StandardOpenOption.APPEND)) {
      writer.flush();
      pass(STILL.multipliedBy(3));
      assertThat(paths.due().isEmpty()).isTrue();
      assertThat(paths.isQuiet(root)).isFalse();
    }
    assertThat(paths.mayBeDue()).as("it is not asked all the time").isFalse();
    pass(STILL.dividedBy(5));
    assertThat(paths.due().there()).containsOnlyKeys(film);
  }

  @Test
  void aFileThatIsReadIsDue() throws IOException {
    paths.touched(film);
    pass(STILL);
    try (InputStream reader = Files.newInputStream(film)) {
      assertThat(reader.read()).isPositive();
      assertThat(paths.due().there()).containsOnlyKeys(film);
    }
  }

  @Test
  void whatIsGoneIsDueAsGone() throws IOException {
    Files.delete(film);
    paths.touched(film);
    pass(STILL);

    assertThat(paths.due().gone()).containsExactly(film);
  }

  @Test
  void aFolderIsDueWhenNothingInItHasChangedForAWhile() throws IOException {
    Path season = Files.createDirectories(root.resolve("season"));
    paths.lost(season);
    pass(STILL.minusSeconds(1));
    paths.touched(Files.writeString(season.resolve("one.mkv"), "one"));
    pass(Duration.ofSeconds(1));
    assertThat(paths.due().isEmpty()).isTrue();

    pass(STILL);

    assertThat(paths.due().folders()).containsExactly(season);
    assertThat(paths.due().there()).as("is in the folder").isEmpty();
    paths.done(paths.due());
    assertThat(paths.size()).isZero();
  }

  @Test
  void aFileThatIsWrittenForEverHoldsUpTheLookAtAFolderForAnHourOnly() throws IOException {
    paths.lost(root);
    Duration minute = Duration.ofMinutes(1);
    for (int minutes = 0; minutes < 59; minutes++) {
      pass(minute);
      Files.writeString(film, "more", StandardOpenOption.APPEND);
      paths.touched(film);
      assertThat(paths.due().isEmpty()).isTrue();
    }
    pass(minute);

    assertThat(paths.due().folders()).containsExactly(root);
    paths.done(paths.due());
    assertThat(paths.size()).as("the file itself is waited for").isEqualTo(1);
  }

  @Test
  void foldersInALostOneAreLostWithIt() {
    paths.lost(root.resolve("a/b"));
    paths.lost(root.resolve("c"));
    paths.lost(root.resolve("a"));
    paths.lost(root.resolve("a/d"));
    pass(STILL);

    assertThat(paths.due().folders())
        .containsExactlyInAnyOrder(root.resolve("a"), root.resolve("c"));
  }

  @Test
  void moreThanCanBeKeptIsALookAtEverything() {
    for (int number = 0; number <= 2 * StillPaths.MANY + 1; number++) {
      paths.touched(root.resolve("film " + number + ".mkv"));
    }
    assertThat(paths.size()).as("however often").isEqualTo(1);
    pass(STILL);

    assertThat(paths.due().folders()).containsExactly(root);
  }
}
