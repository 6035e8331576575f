package dev.reencodarr.activities.sync.arr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.workflows.sync.ManagedFile;
import java.util.Map;
import java.util.function.Predicate;

/** Of what was recorded of a file that which can be written into another. */
final class Recorded {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Recorded() {}

  /**
   * What is not in it is left as it is by a bulk change; one of a single file clears it.
   *
   * @return nothing but the id where nothing was recorded
   */
  static ObjectNode into(long file, ManagedFile recorded) {
    ObjectNode change = JsonNodeFactory.instance.objectNode().put("id", file);
    put(change, "quality", recorded.quality(), JsonNode::isObject);
    put(change, "languages", recorded.languages(), JsonNode::isArray);
    Map.of("releaseGroup", recorded.releaseGroup(), "sceneName", recorded.sceneName())
        .forEach((name, text) -> put(change, name, text));
    return change;
  }

  static void put(ObjectNode change, String name, String text) {
    if (!text.isEmpty()) {
      change.put(name, text);
    }
  }

  private static void put(
      ObjectNode change, String name, String json, Predicate<JsonNode> isOfItsShape) {
    try {
      JsonNode value = JSON.readTree(json);
      if (isOfItsShape.test(value) && !value.isEmpty()) {
        change.set(name, value);
      }
    } catch (JsonProcessingException _) {
      // What cannot be read was not recorded.
    }
  }
}
