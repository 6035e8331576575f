package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrCommand;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.Optional;

/** Commands to Sonarr and Radarr, one at a time for each of them. */
public final class CommandTurn {

  /** A scan of a long series on slow disks takes minutes; who takes longer is asked again. */
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /** A scan of one title is over in no time mostly: it is looked for soon, then less and less. */
  private static final Duration FIRST_LOOK = Duration.ofMillis(100);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final ConnectionRepository connections;

  public CommandTurn(Database database) {
    this.connections = new ConnectionRepository(database);
  }

  /** Gives a command. */
  @FunctionalInterface
  public interface Giving {
    ArrCommand give() throws ArrFailed;
  }

  /**
   * Gives a command and waits for its end; for activities, which heartbeat meanwhile.
   *
   * @param holder who gives it: the same may give its command again
   * @return as it was last seen; empty where another command is at work, and nothing was given
   */
  public Optional<ArrCommand> take(
      Connection connection, ArrClient client, String holder, Giving giving) throws ArrFailed {
    if (!connections.takeCommand(connection.id(), holder, LIMIT)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ended(client, giving.give()));
    } finally {
      connections.giveBackCommand(connection.id(), holder);
    }
  }

  private static ArrCommand ended(ArrClient client, ArrCommand given) throws ArrFailed {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    ArrCommand last = given;
    Optional<ArrCommand> now = Optional.of(given);
    Duration pause = FIRST_LOOK;
    while (now.isPresent() && !now.get().state().isOver() && System.nanoTime() < deadline) {
      Activity.getExecutionContext().heartbeat(now.get().id());
      sleep(pause);
      pause = pause.multipliedBy(2).compareTo(LOOK) < 0 ? pause.multipliedBy(2) : LOOK;
      now = client.command(given.id());
      last = now.orElse(last);
    }
    return last;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Faults.of(EvidenceKind.WORKER_RESTARTED, "the worker stops while a command is at work");
    }
  }
}
