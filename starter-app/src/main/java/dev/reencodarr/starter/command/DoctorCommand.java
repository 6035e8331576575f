package dev.reencodarr.starter.command;

import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Printable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at everything that the work needs. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks tools, encoders, disks, database and Temporal; exit 1 if one is unfit.")
final class DoctorCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private FormatOption format = new FormatOption();

  DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** A finding in JSON. */
  private record FindingView(String verdict, String what, String text) {}

  @Override
  public Integer call() throws Exception {
    List<Finding> findings = new Examination(surroundings).findings();
    if (format.isJson()) {
      surroundings
          .out()
          .println(
              Json.of(
                  findings.stream()
                      .map(
                          finding -> new FindingView(word(finding), finding.what(), finding.text()))
                      .toList()));
    } else {
      for (Finding finding : findings) {
        surroundings
            .out()
            .println(
                String.format(Locale.ROOT, "%-6s%-14s", word(finding), finding.what())
                    + Printable.of(finding.text()));
      }
    }
    boolean unfit =
        findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.UNFIT);
    return (unfit ? ExitCode.FAILED : ExitCode.DONE).code();
  }

  private static String word(Finding finding) {
    return finding.verdict().name().toLowerCase(Locale.ROOT);
  }
}
