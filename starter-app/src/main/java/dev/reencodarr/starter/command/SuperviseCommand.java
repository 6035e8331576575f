package dev.reencodarr.starter.command;

import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.starter.stack.Supervisor;
import dev.reencodarr.starter.tools.ToolPaths;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The supervisor as a process of its own; started by the commands that need the stack. */
@Command(name = "supervise", hidden = true, description = "The process behind `up --detach`.")
final class SuperviseCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--ab-av1", required = true)
  private Path abAv1 = Path.of("");

  @Option(names = "--ffmpeg", required = true)
  private Path ffmpeg = Path.of("");

  @Option(names = "--ffprobe", required = true)
  private Path ffprobe = Path.of("");

  @Option(names = "--temporal", required = true)
  private Path temporal = Path.of("");

  @Option(names = "--client")
  private @Nullable Long client;

  SuperviseCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    BooleanSupplier wanted = () -> true;
    if (client != null) {
      Optional<ProcessId> process = ProcessId.of(client);
      if (process.isEmpty()) {
        return ExitCode.FAILED.code();
      }
      wanted = process.get()::isAlive;
    }
    new Supervisor(
            surroundings.home(),
            surroundings.workerJar(),
            new ToolPaths(abAv1, ffmpeg, ffprobe, temporal),
            wanted,
            line ->
                surroundings.say(
                    LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
                        + " "
                        + line))
        .run();
    return ExitCode.DONE.code();
  }
}
