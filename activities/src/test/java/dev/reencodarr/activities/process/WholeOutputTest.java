package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeOutputTest {

  private static final WholeOutput.Bounds TINY = new WholeOutput.Bounds(10, 20, 30);

  @TempDir private Path folder;

  /** A text whose every place can be told from every other near it. */
  private static String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; text.length() < length; n++) {
      text.append(n).append(' ');
    }
    return text.substring(0, length);
  }

  private static void print(WholeOutput output, String text, Random pieces) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int from = 0;
    while (from < bytes.length) {
      int next = Math.min(1 + pieces.nextInt(70), bytes.length - from);
      byte[] piece = new byte[100];
      System.arraycopy(bytes, from, piece, 0, next);
      output.accept(piece, next);
      from += next;
    }
  }

  private static String read(WholeOutput output) throws IOException {
    return new String(output.read().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 11, 19, 20, 21, 49, 50})
  void whatIsWithinTheBoundsIsKeptToTheByte(int length) throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      try (WholeOutput output = new WholeOutput(folder, TINY)) {
        print(output, text(length), new Random(seed));

        assertThat(read(output)).isEqualTo(text(length));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {51, 52, 79, 80, 81, 109, 110, 111, 1000, 12_345})
  void ofAFloodTheBeginningAndTheEndAreKeptAndHowMuchIsMissing(int length) throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      try (WholeOutput output = new WholeOutput(folder, TINY)) {
        print(output, text(length), new Random(seed));

        assertThat(read(output))
            .isEqualTo(
                text(length).substring(0, 20)
                    + "\n… "
                    + (length - 50)
                    + " bytes left out …\n"
                    + text(length).substring(length - 30));
      }
    }
  }

  @Test
  void noFileIsEverSeen() throws Exception {
    try (WholeOutput output = new WholeOutput(folder, TINY)) {
      print(output, text(1000), new Random(1));

      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }
    }
  }

  @Test
  void whereNoFileCanBeMadeTheBeginningStaysAndTheReasonIsSaid() throws Exception {
    try (WholeOutput output = new WholeOutput(folder.resolve("gone"), TINY)) {
      output.accept(bytes("the first"), 9);
      output.accept(bytes("and more than that"), 18);
      output.accept(bytes("!"), 1);

      assertThat(read(output))
          .startsWith("the first\n… the rest could not be kept: ")
          .contains("NoSuchFileException")
          .doesNotContain("!");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
