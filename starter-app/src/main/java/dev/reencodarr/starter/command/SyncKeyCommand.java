package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.starter.view.CheckText;
import dev.reencodarr.workflows.sync.ConnectionCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a connection another API key. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Gives a connection another API key, if it works; nothing else of it changes.")
final class SyncKeyCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "1", paramLabel = "NAME", description = "As sync list shows it.")
  private String name = "";

  @Option(
      names = "--api-key-file",
      required = true,
      paramLabel = "FILE",
      description = "Holds its API key (Settings, General); - reads the standard input.")
  private String keyFile = "";

  SyncKeyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      SyncCall call = new SyncCall(connections.temporal());
      ConnectionRepository rows = new ConnectionRepository(connections.database());
      Connection before = ConnectionLookup.require(connections.database(), name);
      String key = TokenFile.read(keyFile, surroundings.workingFolder());
      Connection after = rows.withKey(before, HomeKey.of(surroundings), key);
      return keepIfFit(rows, call, before, after).code();
    }
  }

  /** What does not work is not kept, whatever happens on the way. */
  private ExitCode keepIfFit(
      ConnectionRepository rows, SyncCall call, Connection before, Connection after)
      throws CommandFailed {
    boolean kept = false;
    try {
      ConnectionCheck check = call.check(after);
      CheckText.lines(check).forEach(surroundings::say);
      kept = check.isFit();
    } finally {
      rows.settleKey(kept ? after : before, kept ? before : after);
    }
    surroundings.out().println(kept ? after.name() + " has another key" : "nothing was changed");
    return kept ? ExitCode.DONE : ExitCode.FAILED;
  }
}
