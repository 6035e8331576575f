package dev.reencodarr.starter.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.reencodarr.starter.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README tells people to type is understood, and what it links to is there. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern COMMAND =
      Pattern.compile("(?m)(?:^|`)\\./reencodarr ((?:\"[^\"]*\"|[^\\n`#\"])+)");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");

  @TempDir Path folder;

  static Stream<String> commands() throws IOException {
    return COMMAND.matcher(readme()).results().map(found -> found.group(1).strip()).distinct();
  }

  static Stream<String> links() throws IOException {
    return LINK.matcher(readme()).results().map(found -> found.group(1)).distinct();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandIsUnderstood(String typed) {
    // The launcher's own.
    if (typed.equals("test")) {
      return;
    }
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(typed);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    Surroundings surroundings =
        new Surroundings(new Home(folder), System.out, System.err, false, Map.of(), folder, folder);

    assertThatCode(
            () -> new Commands(surroundings).commandLine().parseArgs(words.toArray(String[]::new)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("links")
  void everyPageThatItNamesIsThere(String page) {
    assertThat(ROOT.resolve(page)).exists();
  }

  @Test
  void itNamesCommands() throws IOException {
    assertThat(commands()).hasSizeGreaterThan(8);
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }
}
