package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of the fault matrix.
 *
 * @param step of {@link ScriptedWorld} that meets it; empty where no step of a video does
 * @param seen the evidence, or {@code outcome} and what the step answers instead
 * @param row {@code stage/category/code}; empty where none is written
 * @param message the beginning of the row's
 * @param realTest what makes it for real
 */
record Fault(
    String name,
    String step,
    String seen,
    String row,
    String message,
    String reaction,
    String end,
    String realTest) {

  private static final Path FOLDER = Path.of("src/test/resources/failures");
  private static final Pattern PROGRAM =
      Pattern.compile("(?<oom>oom )?(?<how>exit|signal) (?<number>\\d+)(: (?<words>.*))?");

  static List<Fault> matrix() {
    try (Stream<String> lines = Files.lines(FOLDER.resolve("matrix.tsv"))) {
      return lines.filter(line -> !line.startsWith("#")).map(Fault::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fault parse(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != 8) {
      throw new IllegalArgumentException(columns.length + " columns: " + line);
    }
    return new Fault(
        columns[0],
        columns[1],
        columns[2],
        columns[3],
        columns[4],
        columns[5],
        columns[6],
        columns[7]);
  }

  boolean isMetByAVideo() {
    return !step.isEmpty();
  }

  /** The line of the documentation. */
  String documented() {
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            name,
            row.isEmpty() ? "–" : "`" + row + "`",
            reaction,
            end.isEmpty() ? "–" : end,
            realTest.replaceAll("(\\w+Test\\.\\w+)", "`$1`"));
  }

  Evidence evidence() {
    if (seen.startsWith("excerpt ")) {
      return program(1, 0, excerpt(seen.substring("excerpt ".length())), Map.of());
    }
    Matcher program = PROGRAM.matcher(seen);
    if (program.matches()) {
      int number = Integer.parseInt(program.group("number"));
      String words = program.group("words") == null ? "" : program.group("words");
      Map<String, String> context =
          program.group("oom") == null ? Map.of() : Map.of(Evidence.OOM_KILL, "true");
      return program.group("how").equals("exit")
          ? program(number, 0, words, context)
          : program(-1, number, words, context);
    }
    return seen.startsWith("starved ")
        ? plain(seen.substring("starved ".length()), Map.of(Evidence.STARVED, "true"))
        : plain(seen, Map.of("host", ScriptedWorld.HOST));
  }

  private static Evidence program(
      int exit, int signal, String output, Map<String, String> context) {
    return new Evidence(
        EvidenceKind.PROCESS_EXIT,
        "ab-av1 failed",
        exit,
        signal,
        List.of("/tools/ab-av1"),
        output,
        context);
  }

  private static Evidence plain(String words, Map<String, String> context) {
    int space = words.indexOf(' ');
    return new Evidence(
        EvidenceKind.valueOf(words.substring(0, space)),
        words.substring(space + 1),
        -1,
        0,
        List.of(),
        "",
        context);
  }

  private static String excerpt(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + ".txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
