package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.order.Retrying;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.failure.FailureCode;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries videos again that are settled, and lets parked ones go on. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description =
        "Tries videos again that failed, were cancelled, left alone or put back; parked ones"
            + " (state waiting) go on.")
final class RetryCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ScopeChoice choice = new ScopeChoice();

  @Option(
      names = "--failed-with",
      paramLabel = "CODE",
      description = "All that failed with this code, such as EXIT_137, or are parked for it.")
  private @Nullable String code;

  RetryCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    choice.requireOneWay(code != null, "--library LIBRARY, --all or --failed-with CODE");
    requireKnownCode();
    try (Connections connections = Connections.of(surroundings)) {
      Retrying retrying = new Retrying(connections.database(), connections.temporal());
      Retrying.Retried retried = retrying.retry(chosen(connections), surroundings::sayRefusal);
      surroundings.out().println(Figures.count(retried.orderedAgain(), "video") + " ordered again");
      if (retried.goingOn() > 0) {
        surroundings.out().println(Figures.count(retried.goingOn(), "parked video") + " going on");
      }
    }
    return ExitCode.DONE.code();
  }

  private void requireKnownCode() throws CommandFailed {
    if (code != null && FailureCode.of(code).isEmpty()) {
      throw CommandFailed.usage(
          "there is no failure code %s; there are: %s"
              .formatted(
                  Printable.of(code),
                  Arrays.stream(FailureCode.values())
                      .map(known -> known == FailureCode.EXIT ? "EXIT_<n>" : known.name())
                      .collect(Collectors.joining(", "))));
    }
  }

  /** Of a library, or of all: those that failed or are parked. */
  private List<Video> chosen(Connections connections) throws CommandFailed {
    return code != null
        ? new VideoRepository(connections.database()).failedWith(code)
        : choice.chosen(connections, surroundings, Retrying::isFor);
  }
}
