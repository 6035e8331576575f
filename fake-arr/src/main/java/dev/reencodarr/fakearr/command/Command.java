package dev.reencodarr.fakearr.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A command as it stands.
 *
 * @param name as the program spells it
 * @param arguments its own, such as seriesId
 * @param message what it says of itself; may be empty
 * @param exception what went wrong, with a stack trace; empty if nothing did
 */
public record Command(
    long id,
    String name,
    ObjectNode arguments,
    CommandStatus status,
    String message,
    String exception,
    Instant queued,
    Optional<Instant> started,
    Optional<Instant> ended) {

  Command started(Instant at) {
    return new Command(
        id,
        name,
        arguments,
        CommandStatus.STARTED,
        message,
        exception,
        queued,
        Optional.of(at),
        ended);
  }

  Command over(CommandStatus how, String said, String problem, Instant at) {
    return new Command(id, name, arguments, how, said, problem, queued, started, Optional.of(at));
  }
}
