package dev.reencodarr.fakearr.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A webhook as it was set up.
 *
 * @param json the whole resource, its id included
 */
public record Notification(long id, ObjectNode json) {

  /** Whether it wants to hear of something, such as onUpgrade. */
  public boolean wants(String flag) {
    return json.path(flag).asBoolean();
  }

  public String url() {
    return field("url").asText();
  }

  String method() {
    return field("method").asInt(1) == 2 ? "PUT" : "POST";
  }

  String username() {
    return field("username").asText("");
  }

  String password() {
    return field("password").asText("");
  }

  /** Headers that go with each of its calls. */
  public Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    field("headers")
        .forEach(one -> headers.put(one.path("key").asText(), one.path("value").asText()));
    return headers;
  }

  /** Ids of the tags of which a title needs one; none for all titles. */
  Set<Long> tags() {
    Set<Long> tags = new HashSet<>();
    json.path("tags").forEach(tag -> tags.add(tag.asLong()));
    return tags;
  }

  private JsonNode field(String name) {
    for (JsonNode field : json.path("fields")) {
      if (field.path("name").asText().equals(name)) {
        return field.path("value");
      }
    }
    return json.path("fields").path(-1);
  }
}
