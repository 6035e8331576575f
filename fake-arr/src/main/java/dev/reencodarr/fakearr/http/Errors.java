package dev.reencodarr.fakearr.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Replies that say no, each in the shape that the programs have for it. */
public final class Errors {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String STACK =
      "\n   at NzbDrone.Core.Datastore.BasicRepository`1.Get(Int32 id)"
          + " in ./NzbDrone.Core/Datastore/BasicRepository.cs:line 119"
          + "\n   at lambda_method123(Closure, Object, Object[])";

  private Errors() {}

  /** The key is wrong or was not sent. */
  public static Reply unauthorized() {
    return Reply.empty(401);
  }

  /** What is asked for by its id is not there. */
  public static Reply notFound() {
    ObjectNode body = NODES.objectNode();
    body.put("type", "https://tools.ietf.org/html/rfc9110#section-15.5.5");
    body.put("title", "Not Found");
    body.put("status", 404);
    body.put("traceId", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-00");
    return Reply.problem(404, body);
  }

  /** Something that is needed on the way is not there. */
  public static Reply notFound(String message) {
    return described(404, message, "NzbDrone.Core.Datastore.ModelNotFoundException: ");
  }

  public static Reply conflict(String message) {
    return described(409, message, "NzbDrone.Core.Exceptions.NzbDroneClientException: ");
  }

  public static Reply broken(String message) {
    return described(500, message, "System.InvalidOperationException: ");
  }

  private static Reply described(int status, String message, String exception) {
    ObjectNode body = NODES.objectNode();
    body.put("message", message);
    body.put("description", exception + message + STACK);
    return Reply.json(status, body);
  }

  /** A parameter is missing. */
  public static Reply missing(String message) {
    ObjectNode body = NODES.objectNode();
    body.put("message", "BadRequest: " + message);
    body.put("content", message);
    return Reply.json(400, body);
  }

  /** A value is not of its type. */
  public static Reply malformed(String parameter, String value) {
    ObjectNode body = NODES.objectNode();
    body.put("type", "https://tools.ietf.org/html/rfc9110#section-15.5.1");
    body.put("title", "One or more validation errors occurred.");
    body.put("status", 400);
    body.put("traceId", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-00");
    body.putObject("errors").putArray(parameter).add("The value '" + value + "' is not valid.");
    return Reply.problem(400, body);
  }

  /** What was sent is not accepted. */
  public static Reply invalid(String property, String message) {
    ObjectNode failure = NODES.objectNode();
    failure.put("isWarning", false);
    failure.put("propertyName", property);
    failure.put("errorMessage", message);
    failure.put("severity", "error");
    return Reply.json(400, NODES.arrayNode().add(failure));
  }

  public static Reply starting(String appName) {
    ObjectNode body = NODES.objectNode();
    body.put("errorMessage", appName + " is starting up, please try again later");
    return Reply.json(503, body);
  }

  /** What a proxy in front says, or a router's login page. */
  public static Reply html(int status) {
    return new Reply(
        status,
        "text/html",
        "<!DOCTYPE html><html><head><title>Login</title></head><body>Hello</body></html>"
            .getBytes(StandardCharsets.UTF_8),
        Map.of());
  }
}
