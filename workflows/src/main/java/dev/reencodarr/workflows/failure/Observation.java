package dev.reencodarr.workflows.failure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A failure as the table reads it. ab-av1 exits 1 for nearly everything, so that its own words are
 * read through: which of its steps failed, and how ffmpeg ended in it.
 *
 * @param exit the telling exit code: ffmpeg's where ab-av1 names it, else the program's own, 128 +
 *     k for signal k; empty where no program ended
 * @param hiddenKill whether ab-av1 says that ffmpeg ended without an exit code, by a signal that it
 *     hides
 * @param lines the message and the output, without what ffmpeg prints of files and streams, and
 *     with the file's own names hidden: a film may be titled "Permission denied"
 */
record Observation(
    FailureStage stage,
    Evidence evidence,
    OptionalInt exit,
    boolean hiddenKill,
    HiddenNames names,
    List<String> lines) {

  /** What ab-av1 prints for an exit code where ffmpeg was ended by a signal. */
  private static final String HIDDEN = "None";

  private static final Pattern INNER_EXIT =
      Pattern.compile("ffmpeg \\w+ exit code (?:exit status: )?(None|\\d{1,3})\\b");
  private static final Pattern TOLD_OF_FILES =
      Pattern.compile(
          "^(ffmpeg -|\\s+\\S.*? : |\\s+Stream #|\\s+configuration:|Input #|Output #).*");
  private static final Pattern SPEAKER = Pattern.compile("^(\\[[^\\]]* @ 0x[0-9a-f]+\\]\\s*)+");

  static Observation of(FailureStage stage, Evidence evidence) {
    HiddenNames names = HiddenNames.of(evidence);
    List<String> lines = tellingLines(evidence, names);
    String inner = innerExit(evidence, lines).orElse("");
    return new Observation(
        stage, evidence, exit(evidence, inner), inner.equals(HIDDEN), names, lines);
  }

  /** ffmpeg's own exit code, where ab-av1 names one. */
  static Optional<Integer> innerExitCode(Evidence evidence) {
    return innerExit(evidence, tellingLines(evidence, HiddenNames.of(evidence)))
        .filter(code -> !code.equals(HIDDEN))
        .map(Integer::valueOf);
  }

  private static List<String> tellingLines(Evidence evidence, HiddenNames names) {
    return names
        .hide(evidence.message() + "\n" + evidence.output())
        .lines()
        .filter(line -> !TOLD_OF_FILES.matcher(line).matches())
        .toList();
  }

  private static Optional<String> innerExit(Evidence evidence, List<String> lines) {
    return evidence.kind() != EvidenceKind.PROCESS_EXIT
        ? Optional.empty()
        : lines.stream()
            .map(INNER_EXIT::matcher)
            .filter(Matcher::find)
            .map(matcher -> matcher.group(1))
            .findFirst();
  }

  private static OptionalInt exit(Evidence evidence, String inner) {
    if (!inner.isEmpty() && !inner.equals(HIDDEN)) {
      return OptionalInt.of(Integer.parseInt(inner));
    }
    if (evidence.kind() != EvidenceKind.PROCESS_EXIT) {
      return OptionalInt.empty();
    }
    if (evidence.signal() > 0) {
      return OptionalInt.of(128 + evidence.signal());
    }
    return evidence.exitCode() >= 0 ? OptionalInt.of(evidence.exitCode()) : OptionalInt.empty();
  }

  /** The first line in which the pattern is found, without ffmpeg's "[muxer @ 0x…]". */
  Optional<String> saying(Pattern pattern) {
    return lines.stream().filter(line -> pattern.matcher(line).find()).findFirst().map(this::said);
  }

  private String said(String line) {
    return names.show(SPEAKER.matcher(line.strip()).replaceFirst("").strip());
  }

  /** The line that best says why a program failed: ab-av1's own, else its last. */
  String complaint() {
    return saying(Pattern.compile("^[Ee]rror: "))
        .or(() ->
            lines.stream().filter(line -> !line.isBlank()).reduce((a, b) -> b).map(this::said))
        .orElse("no output");
  }

  /** What was put into the context under this key; empty where nothing was. */
  Optional<String> context(String key) {
    return Optional.ofNullable(evidence.context().get(key));
  }
}
