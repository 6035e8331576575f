package dev.reencodarr.activities.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the tools say of themselves, one line each. */
public record ToolVersions(String abAv1, String ffmpeg, String ffprobe) {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Those that decide what a probe measures, for people, in one line. */
  public String ofProbes() {
    return abAv1 + ", " + ffmpeg.replaceFirst(" Copyright .*", "");
  }

  /**
   * Asks the tools.
   *
   * @param folder to run them in
   * @throws ProgramNotStarted if one is missing or does not answer: a fault of the worker
   */
  public static ToolVersions of(ToolSet tools, ProgramRunner runner, Path folder)
      throws ProgramNotStarted, InterruptedException {
    return new ToolVersions(
        ask(tools.abAv1(), "--version", runner, folder),
        ask(tools.ffmpeg(), "-version", runner, folder),
        ask(tools.ffprobe(), "-version", runner, folder));
  }

  static String ask(Path tool, String how, ProgramRunner runner, Path folder)
      throws ProgramNotStarted, InterruptedException {
    ProgramCall call =
        new ProgramCall(List.of(tool.toString(), how), folder, Map.of(), LIMIT, 4096, false);
    ProgramEnd end = runner.run(call, () -> {});
    if (!end.succeeded()) {
      throw new ProgramNotStarted(
          tool.toString(), new java.io.IOException("it did not say its version: " + end.stderr()));
    }
    return end.stdout().lines().findFirst().orElse("").strip();
  }
}
