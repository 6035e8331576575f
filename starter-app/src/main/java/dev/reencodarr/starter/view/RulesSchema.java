package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.rules.Fact;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON Schema of a file of rules. What a value may be is told when rules are set. */
public final class RulesSchema {

  private RulesSchema() {}

  /** The schema as a document. */
  public static String text() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Rules of Reencodarr");
    schema.put("type", List.of("object", "null"));
    schema.put("additionalProperties", false);
    schema.put(
        "properties",
        node(
            "rules", list("Asked from the first to the last; for each setting the first counts."),
            "profiles",
                node(
                    "description", "Lists of rules with a name, asked where a rule names them.",
                    "type", List.of("object", "null"),
                    "additionalProperties", list("The rules of a profile."))));
    schema.put("$defs", node("rule", rule(), "value", value()));
    return Json.of(schema);
  }

  private static Map<String, Object> list(String description) {
    return node(
        "description",
        description,
        "type",
        List.of("array", "null"),
        "items",
        node("$ref", "#/$defs/rule"));
  }

  private static Map<String, Object> rule() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("name", node("type", "string", "minLength", 1, "maxLength", 100));
    properties.put(
        "when",
        node(
            "description",
            "A condition in the Common Expression Language over: "
                + Arrays.stream(Fact.values()).map(Fact::variable).collect(Collectors.joining(", "))
                + ". Without one the rule speaks of every file.",
            "type",
            List.of("string", "boolean")));
    properties.put(
        "skip",
        node(
            "description",
            "A reason to leave the file alone, in a word of your own; false: no later rule does.",
            "anyOf",
            List.of(
                node("type", "string", "pattern", "^[a-z][a-z0-9_]{0,39}$"),
                node("const", false))));
    properties.put(
        "priority",
        node(
            "description",
            "Which turn the file has among those that wait: 1 (first) to 5 (last).",
            "type",
            "integer",
            "minimum",
            1,
            "maximum",
            5));
    properties.put("profile", node("type", "string"));
    properties.put("set", settings());
    return node("type", "object", "additionalProperties", false, "properties", properties);
  }

  private static Map<String, Object> settings() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (SettingKey key : SettingKey.values()) {
      if (key.isOfVideos()) {
        properties.put(
            key.key(),
            node(
                "description", key.why() + "; default " + key.standard(), "$ref", "#/$defs/value"));
      }
    }
    return node("type", "object", "additionalProperties", false, "properties", properties);
  }

  /** Keys and values in turn, in this order. */
  private static Map<String, Object> node(Object... keysAndValues) {
    Map<String, Object> node = new LinkedHashMap<>();
    for (int at = 0; at < keysAndValues.length; at += 2) {
      node.put(keysAndValues[at].toString(), keysAndValues[at + 1]);
    }
    return node;
  }

  private static Map<String, Object> value() {
    List<String> single = List.of("string", "number", "boolean");
    return node(
        "anyOf",
        List.of(node("type", single), node("type", "array", "items", node("type", single))));
  }
}
