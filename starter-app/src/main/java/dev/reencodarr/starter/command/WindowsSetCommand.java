package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.LivingWorker;
import dev.reencodarr.activities.store.WindowRepository;
import dev.reencodarr.activities.store.WindowScope;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.starter.view.WindowsView;
import dev.reencodarr.workflows.window.WeekWindows;
import dev.reencodarr.workflows.window.WindowEnding;
import dev.reencodarr.workflows.window.WindowsInvalid;
import dev.reencodarr.workflows.window.WorkWindows;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets windows. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = {
      "Sets at which times of the week heavy work (probes, encodes, scoring) may run.",
      "Those of a host go before those of its zone, and these before those of all."
    })
final class WindowsSetCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      arity = "1",
      paramLabel = "WINDOWS",
      description = "Such as 'mon-fri 22:00-07:00, sat-sun 00:00-24:00'.")
  private String windows = "";

  @Mixin private WindowScopeChoice choice = new WindowScopeChoice();

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "Whose clocks they go by, such as Europe/Berlin; this machine's else.")
  private @Nullable String timeZone;

  @Option(
      names = "--ending",
      paramLabel = "stop|finish",
      defaultValue = "stop",
      description = {
        "What happens to work that runs when they close: it is stopped where it stands (stop) or",
        "brought to its end (finish)."
      })
  private String ending = "stop";

  WindowsSetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    WindowScope scope = choice.scope();
    WorkWindows wanted = new WorkWindows(week(), zone(), ending());
    String written = windows.strip();
    try (Connections connections = Connections.of(surroundings)) {
      requireKnown(scope, connections);
      String host = connections.settings().place().host();
      new WindowRepository(connections.database()).set(scope, written, wanted, host);
      surroundings
          .out()
          .println(
              "%s: %s by the clocks of %s; %s"
                  .formatted(
                      scope.words(),
                      written,
                      wanted.zone(),
                      WindowsView.of(scope, written, wanted, host, Clock.systemUTC().instant())
                          .state()));
    }
    return ExitCode.DONE.code();
  }

  private WeekWindows week() throws CommandFailed {
    try {
      return WeekWindows.parse(windows);
    } catch (WindowsInvalid e) {
      throw CommandFailed.usage(String.valueOf(e.getMessage()));
    }
  }

  private ZoneId zone() throws CommandFailed {
    if (timeZone == null) {
      return ZoneId.systemDefault();
    }
    try {
      return ZoneId.of(timeZone.strip());
    } catch (DateTimeException _) {
      throw CommandFailed.usage(
          "'" + timeZone + "' is no time zone; they are called like Europe/Berlin or UTC");
    }
  }

  private WindowEnding ending() throws CommandFailed {
    return WindowEnding.parse(ending)
        .orElseThrow(() ->
            CommandFailed.usage(
                "--ending is one of "
                    + Arrays.stream(WindowEnding.values())
                        .map(WindowEnding::code)
                        .collect(Collectors.joining(", "))
                    + ", not '"
                    + ending
                    + "'"));
  }

  /** A misspelt name would hold up nothing, and nobody would see why; it may be yet to come. */
  private void requireKnown(WindowScope scope, Connections connections) throws CommandFailed {
    List<LivingWorker> workers =
        new WorkerRepository(connections.database()).living(WorkerRepository.FRESH);
    boolean known =
        switch (scope) {
          case WindowScope.Everywhere() -> true;
          case WindowScope.OfHost(String host) ->
              workers.stream().anyMatch(worker -> worker.host().equals(host));
          case WindowScope.OfZone(String zone) ->
              workers.stream().anyMatch(worker -> worker.zone().equals(zone))
                  || new LibraryRepository(connections.database())
                      .list().stream().anyMatch(library -> library.zone().equals(zone));
        };
    if (!known) {
      surroundings.say(
          "no worker of " + scope.words() + " has reported itself; it is set for when one does");
    }
  }
}
