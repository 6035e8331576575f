package dev.reencodarr.fakearr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.api.Api;
import dev.reencodarr.fakearr.http.Errors;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.http.Request;
import dev.reencodarr.fakearr.library.ArrKind;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What every request has to pass: is it up, is the key right, is it the right address. */
final class Door {

  private final ArrKind kind;
  private final Key key;
  private final String urlBase;
  private final Api api;
  private final AtomicBoolean starting = new AtomicBoolean();

  Door(ArrKind kind, Key key, String urlBase, Api api) {
    this.kind = kind;
    this.key = key;
    this.urlBase = urlBase;
    this.api = api;
  }

  ArrKind kind() {
    return kind;
  }

  Key key() {
    return key;
  }

  String urlBase() {
    return urlBase;
  }

  void startingUp(boolean now) {
    starting.set(now);
  }

  boolean isIn(Request request) {
    return request.path().startsWith(urlBase + "/");
  }

  Reply answer(Request request) {
    if (starting.get()) {
      return Errors.starting(kind.appName());
    }
    boolean ping = request.path().equals(urlBase + "/ping");
    if (!ping && !request.keyed()) {
      return Errors.unauthorized();
    }
    if (!isIn(request)) {
      String line = request.line();
      return Reply.redirect(urlBase + line.substring(line.indexOf(' ') + 1));
    }
    if (!isJsonWelcome(request.header("Accept"))) {
      return Reply.empty(406);
    }
    Request inside = request.below(urlBase);
    return switch (inside.path()) {
      case "/ping" -> Reply.ok(nodes().put("status", "OK"));
      case "/api" -> Reply.ok(versions());
      default -> versioned(api.answer(inside));
    };
  }

  private static boolean isJsonWelcome(String accept) {
    return accept.isEmpty()
        || accept.contains("*/*")
        || accept.contains("application/*")
        || accept.contains("application/json")
        || accept.contains("text/json");
  }

  private Reply versioned(Reply reply) {
    return new Reply(
        reply.status(),
        reply.contentType(),
        reply.body(),
        Map.of("X-Application-Version", kind.version()));
  }

  private static ObjectNode versions() {
    ObjectNode json = nodes().put("current", "v3");
    json.putArray("deprecated");
    return json;
  }

  private static ObjectNode nodes() {
    return JsonNodeFactory.instance.objectNode();
  }
}
