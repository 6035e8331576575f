package dev.reencodarr.workflows.failure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the fault matrix, for those who play it and those who make it for real.
 *
 * @param step of a video that meets it; empty where none does
 * @param seen the evidence, or {@code outcome} and what the step answers instead
 * @param row {@code stage/category/code}; empty where none is written
 * @param message the beginning of the row's
 * @param realTest what makes it for real
 */
public record Fault(
    String name,
    String step,
    String seen,
    String row,
    String message,
    String reaction,
    String end,
    String realTest) {

  /** Where the scripted ones happen. */
  public static final String HOST = "h1";

  private static final Pattern PROGRAM =
      Pattern.compile("(?<oom>oom )?(?<how>exit|signal) (?<number>\\d+)(: (?<words>.*))?");

  /** All of them, in the order of the document. */
  public static List<Fault> matrix() {
    return resource("matrix.tsv")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(Fault::parse)
        .toList();
  }

  /** The one of this name. */
  public static Fault named(String name) {
    return matrix().stream()
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not in the matrix: " + name));
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

  /** Whether a step of a video meets it. */
  public boolean isMetByAVideo() {
    return !step.isEmpty();
  }

  /** Whether it is an answer of its step and nothing that is thrown. */
  public boolean isOutcome() {
    return seen.startsWith("outcome ");
  }

  /** Where it is judged. */
  public FailureStage stage() {
    return switch (step) {
      case "analyse" -> FailureStage.ANALYSIS;
      case "probe" -> FailureStage.CRF_SEARCH;
      case "encode" -> FailureStage.ENCODING;
      default -> FailureStage.POST_PROCESS;
    };
  }

  /** The line of the documentation. */
  public String documented() {
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            name,
            row.isEmpty() ? "–" : "`" + row + "`",
            reaction,
            end.isEmpty() ? "–" : end,
            realTest.replaceAll("(\\w+Test\\.\\w+)", "`$1`"));
  }

  /** What its step throws. */
  public Evidence evidence() {
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
    if (seen.startsWith("reserving ")) {
      return plain(
          "FILE_OPERATION " + seen.substring("reserving ".length()),
          Map.of("host", HOST, Evidence.OPERATION, Evidence.RESERVE));
    }
    return seen.startsWith("starved ")
        ? plain(seen.substring("starved ".length()), Map.of(Evidence.STARVED, "true"))
        : plain(seen, Map.of("host", HOST));
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
    return resource(name + ".txt");
  }

  private static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(Fault.class.getResourceAsStream("/failures/" + name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
