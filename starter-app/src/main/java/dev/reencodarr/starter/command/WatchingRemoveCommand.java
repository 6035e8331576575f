package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.media.MediaServerRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a media server. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Removes a media server and its token; what it held goes on.")
final class WatchingRemoveCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "1", paramLabel = "ID", description = "As watching list shows it.")
  private long id;

  WatchingRemoveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      if (!new MediaServerRepository(connections.database()).remove(id)) {
        throw CommandFailed.usage("there is no media server " + id);
      }
    }
    surroundings.out().println("media server " + id + " removed");
    return ExitCode.DONE.code();
  }
}
