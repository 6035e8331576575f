package dev.reencodarr.starter.command;

import dev.reencodarr.starter.stack.TemporalNamespace;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Runs what people run often, into the void, so that the JVM can record what it loads; the launcher
 * makes the cache of the command line from that.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

  private static final List<List<String>> OFTEN =
      List.of(
          List.of("--help"),
          List.of("settings", "show"),
          List.of("settings", "show", "--format", "json"),
          List.of("status"),
          List.of("videos"),
          List.of("library", "list"),
          List.of("show", "/nowhere"));

  /** Nobody listens there: only the way to a server is trained, none is asked for anything. */
  private static final String NOBODY = "127.0.0.1:9";

  private final Surroundings surroundings;

  TrainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Surroundings silent =
        new Surroundings(
            surroundings.home(),
            nowhere,
            nowhere,
            false,
            Map.of(
                "REENCODARR_DATABASE_URL",
                "jdbc:postgresql://" + NOBODY + "/reencodarr?user=postgres",
                "REENCODARR_TEMPORAL_ADDRESS",
                NOBODY),
            surroundings.workingFolder(),
            surroundings.program());
    for (List<String> command : OFTEN) {
      new Commands(silent).run(command.toArray(String[]::new));
    }
    try (TemporalNamespace namespace = TemporalNamespace.at(NOBODY)) {
      namespace.answers(Duration.ofSeconds(2));
    }
    return ExitCode.DONE.code();
  }
}
