package dev.reencodarr.fakearr.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Makes a vendor's document true to the vendor's servers, where it is known to be wrong. */
final class Corrections {

  private static final Map<String, String> ERRORS =
      Map.of(
          "400", "Bad request",
          "401", "Unauthorized (empty body)",
          "404", "Not found",
          "409", "Conflict",
          "500", "Server error",
          "503", "Starting up");

  private Corrections() {}

  static void apply(ObjectNode document) {
    dropNullableWithoutType(document);
    JsonNode schemas = document.path("components").path("schemas");
    allowArguments(schemas.path("CommandResource"));
    allowArguments(schemas.path("Command"));
    if (document.path("paths") instanceof ObjectNode paths) {
      addFailedGrabs(paths);
      for (JsonNode path : paths) {
        path.forEachEntry(Corrections::correctReplies);
      }
    }
  }

  /** Validators know nullable only together with a type. */
  private static void dropNullableWithoutType(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("nullable").asBoolean()
        && !object.has("type")) {
      object.remove("nullable");
    }
    node.forEach(Corrections::dropNullableWithoutType);
  }

  /** A command has arguments of its own, and none of them is declared. */
  private static void allowArguments(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      object.put("additionalProperties", true);
    }
  }

  /** What is made is answered by 201, what is changed by 202; and errors are not described. */
  private static void correctReplies(String method, JsonNode operation) {
    if (!(operation.path("responses") instanceof ObjectNode replies)) {
      return;
    }
    JsonNode good = replies.path("200");
    if (!good.isMissingNode()) {
      switch (method) {
        case "post" -> replies.set("201", good.deepCopy());
        case "put" -> replies.set("202", good.deepCopy());
        default -> {}
      }
    }
    ERRORS.forEach((status, what) -> replies.putObject(status).put("description", what));
  }

  /** Stands in the vendors' whole documents, but not in the part of them that is at hand. */
  private static void addFailedGrabs(ObjectNode paths) {
    if (paths.has("/api/v3/history/failed/{id}")) {
      return;
    }
    ObjectNode post = paths.putObject("/api/v3/history/failed/{id}").putObject("post");
    ObjectNode id = JsonNodeFactory.instance.objectNode();
    id.put("name", "id").put("in", "path").put("required", true);
    id.putObject("schema").put("type", "integer").put("format", "int32");
    post.putArray("parameters").addAll(List.of(id));
    post.putObject("responses").putObject("200").put("description", "OK");
  }
}
