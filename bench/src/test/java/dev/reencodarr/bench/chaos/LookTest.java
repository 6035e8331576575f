package dev.reencodarr.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.bench.chaos.Film.Container;
import dev.reencodarr.bench.chaos.Seen.Content;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookTest {

  /** Of "abc", by FIPS 180. */
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Container.class)
  void theNumberOfAFilmIsReadFromTheEndThatItWasGiven(Container container) throws Exception {
    Path film = folder.resolve("film");
    Files.writeString(film, "frames");
    Files.write(film, Ending.of(container, 1999), StandardOpenOption.APPEND);
    assertThat(Ending.numberOf(film)).isEqualTo(OptionalInt.of(1999));
  }

  @Test
  void whatHasNoNumberHasNone() throws Exception {
    Path film = Files.writeString(folder.resolve("film"), "x");
    assertThat(Ending.numberOf(film)).isEmpty();
    assertThat(Ending.numberOf(Files.createFile(folder.resolve("empty")))).isEmpty();
  }

  @Test
  void everyFileIsSeenHoweverDeepAndHiddenAndALinkIsNotFollowed() throws Exception {
    Path deep = Files.createDirectories(folder.resolve(".a/b"));
    Path file = Files.writeString(deep.resolve("two\nlines"), "abc");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(Look.files(folder))
        .isEqualTo(Map.of(file, new Content(SHA256_OF_ABC, -1), link, new Content("", -1)));
  }

  @Test
  void aFolderThatWasEmptiedAndNotSweptIsSeen() throws Exception {
    Path left = Files.createDirectories(folder.resolve(".reencodarr/stage/id"));
    Files.createDirectories(folder.resolve("batch"));
    assertThat(Look.files(folder)).containsOnlyKeys(left);
  }
}
