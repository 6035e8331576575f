package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.command.Command;
import dev.reencodarr.fakearr.command.CommandQueue;
import dev.reencodarr.fakearr.command.CommandStatus;
import dev.reencodarr.fakearr.http.Errors;
import dev.reencodarr.fakearr.http.Refused;
import dev.reencodarr.fakearr.http.Reply;
import java.time.Duration;
import java.util.Set;

/** Commands. */
final class CommandRoutes {

  /** What a command's body has beside its own arguments. */
  private static final Set<String> NOT_ARGUMENTS =
      Set.of("id", "name", "trigger", "priority", "sendUpdatesToClient", "clientUserAgent");

  private final CommandQueue queue;

  CommandRoutes(CommandQueue queue) {
    this.queue = queue;
  }

  void addTo(Router router) {
    router.add("POST", "command", this::push);
    router.add("GET", "command", asked -> Reply.ok(Json.array(queue.commands(), this::json)));
    router.add("GET", "command/{id}", this::get);
    router.add("DELETE", "command/{id}", this::cancel);
  }

  private Reply push(Asked asked) throws Refused {
    JsonNode body = asked.body();
    String name =
        queue
            .spelled(body.path("name").asText())
            .orElseThrow(() -> new Refused(Errors.broken("Sequence contains no matching element")));
    ObjectNode arguments = Json.object();
    body.forEachEntry((key, value) -> {
      if (!NOT_ARGUMENTS.contains(key)) {
        arguments.set(key, value);
      }
    });
    return Reply.json(201, json(queue.push(name, arguments)));
  }

  private Reply get(Asked asked) throws Refused {
    Command command = queue.command(asked.id()).orElseThrow(() -> new Refused(Errors.notFound()));
    return Reply.ok(json(command));
  }

  private Reply cancel(Asked asked) throws Refused {
    if (queue.command(asked.id()).isEmpty()) {
      throw new Refused(Errors.notFound("CommandModel with ID " + asked.id() + " does not exist"));
    }
    if (!queue.cancel(asked.id())) {
      throw new Refused(Errors.conflict("Unable to cancel task"));
    }
    return Reply.empty(200);
  }

  private ObjectNode json(Command command) {
    String spaced = command.name().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    ObjectNode json = Json.object();
    json.put("name", command.name());
    json.put("commandName", spaced);
    Json.text(json, "message", command.message());
    json.set("body", body(command));
    json.put("priority", "normal");
    json.put("status", command.status().wire());
    json.put("result", result(command.status()));
    json.put("queued", Json.date(command.queued()));
    command.started().ifPresent(at -> json.put("started", Json.date(at)));
    command
        .ended()
        .ifPresent(at -> {
          json.put("ended", Json.date(at));
          Duration took = Duration.between(command.started().orElse(at), at);
          json.put("duration", Json.span(took));
        });
    Json.text(json, "exception", command.exception());
    json.put("trigger", "manual");
    json.put("stateChangeTime", Json.date(command.started().orElse(command.queued())));
    json.put("sendUpdatesToClient", true);
    json.put("updateScheduledTask", true);
    json.put("id", command.id());
    return json;
  }

  private static String result(CommandStatus status) {
    return switch (status) {
      case COMPLETED -> "successful";
      case FAILED -> "unsuccessful";
      case QUEUED, STARTED, ABORTED, CANCELLED, ORPHANED -> "unknown";
    };
  }

  private static ObjectNode body(Command command) {
    ObjectNode body = command.arguments().deepCopy();
    body.put("sendUpdatesToClient", true);
    body.put("updateScheduledTask", true);
    body.put("completionMessage", "Completed");
    body.put("requiresDiskAccess", true);
    body.put("isExclusive", false);
    body.put("name", command.name());
    body.put("trigger", "manual");
    body.put("suppressMessages", false);
    return body;
  }
}
