package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.sync.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks through connections now. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Looks through what Sonarr or Radarr manage, now; what is new or changed is begun.",
      "Where that is under way already nothing more is begun."
    })
final class SyncRunCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "As sync list shows them; all where none is given.")
  private List<String> names = List.of();

  @Option(names = "--wait", description = "Show how far it is until it is done.")
  private boolean wait;

  SyncRunCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      List<Connection> wished = ConnectionLookup.require(connections.database(), names);
      SyncCall call = new SyncCall(connections.temporal());
      SyncWatch watch = new SyncWatch(connections.database(), surroundings, wished);
      wished.forEach(call::run);
      if (wait) {
        return watch.untilDone().code();
      }
      surroundings.say(
          wished.size() == 1
              ? "it is looked through; follow with: ./reencodarr sync status"
              : wished.size()
                  + " connections are looked through; follow with: ./reencodarr sync status");
    }
    return ExitCode.DONE.code();
  }
}
