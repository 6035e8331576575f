package dev.reencodarr.activities.sync.arr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Something that Sonarr or Radarr tells of what happens, such as a webhook, as it has it. What we
 * know nothing of is kept as it is.
 *
 * @param id 0 for one that was not saved yet
 * @param json the whole of it
 */
public record ArrNotification(long id, ObjectNode json) {

  private static final String WEBHOOK = "Webhook";
  private static final int POST = 1;

  /** What a look at a title is worth. */
  private static final Set<String> WISHED =
      Set.of(
          "onDownload",
          "onUpgrade",
          "onImportComplete",
          "onRename",
          "onSeriesAdd",
          "onSeriesDelete",
          "onEpisodeFileDelete",
          "onEpisodeFileDeleteForUpgrade",
          "onMovieAdded",
          "onMovieDelete",
          "onMovieFileDelete",
          "onMovieFileDeleteForUpgrade");

  public ArrNotification {
    json = json.deepCopy();
  }

  static Optional<ArrNotification> read(Item item) {
    return item.node() instanceof ObjectNode object
        ? Optional.of(new ArrNotification(item.id("id"), object))
        : Optional.empty();
  }

  public boolean isWebhook() {
    return json.path("implementation").asText().equals(WEBHOOK);
  }

  public String name() {
    return json.path("name").asText();
  }

  /** Where it calls; empty where it has no address. */
  public String url() {
    return field(json, "url").path("value").asText();
  }

  /** Whether it can send headers; those of 2021 could not. */
  public boolean knowsHeaders() {
    return field(json, "headers").isObject();
  }

  /** The same under a name. */
  public ArrNotification named(String name) {
    ObjectNode named = json.deepCopy();
    named.put("name", name);
    return new ArrNotification(id, named);
  }

  /**
   * The same, calling this address with this header whenever a title or a file of it comes, changes
   * or goes, and never else. Its tags, other headers and whatever more it has stay.
   */
  public ArrNotification calling(String url, String header, String value) {
    ObjectNode changed = json.deepCopy();
    put(changed, "url", JsonNodeFactory.instance.textNode(url));
    put(changed, "method", JsonNodeFactory.instance.numberNode(POST));
    put(changed, "headers", headers(header, value));
    json.fieldNames()
        .forEachRemaining(name -> {
          if (isFlag(name)) {
            changed.put(name, WISHED.contains(name));
          }
        });
    return new ArrNotification(id, changed);
  }

  private boolean isFlag(String name) {
    return name.startsWith("on")
        && name.length() > 2
        && Character.isUpperCase(name.charAt(2))
        && json.path(name).isBoolean();
  }

  private ArrayNode headers(String header, String value) {
    ArrayNode headers = JsonNodeFactory.instance.arrayNode();
    for (JsonNode one : field(json, "headers").path("value")) {
      if (!one.path("key").asText().equalsIgnoreCase(header)) {
        headers.add(one);
      }
    }
    headers.addObject().put("key", header).put("value", value);
    return headers;
  }

  private static void put(ObjectNode notification, String name, JsonNode value) {
    if (field(notification, name) instanceof ObjectNode field) {
      field.set("value", value);
    }
  }

  private static JsonNode field(ObjectNode notification, String name) {
    return StreamSupport.stream(notification.path("fields").spliterator(), false)
        .filter(field -> field.path("name").asText().equals(name))
        .findFirst()
        .orElse(notification.path("fields").path(-1));
  }

  /** Says nothing of its fields: they hold secrets. */
  @Override
  public String toString() {
    return "notification " + id + " " + name();
  }
}
