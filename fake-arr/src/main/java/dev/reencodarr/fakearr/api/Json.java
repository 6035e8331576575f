package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.Language;
import dev.reencodarr.fakearr.library.Quality;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The small shapes that others consist of. */
final class Json {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static <T> ArrayNode array(Collection<T> items, Function<T, JsonNode> shape) {
    ArrayNode array = NODES.arrayNode();
    items.forEach(item -> array.add(shape.apply(item)));
    return array;
  }

  /** UTC without fractions. */
  static String date(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String span(Duration duration) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%07d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart(),
        duration.toNanosPart() / 100);
  }

  /** What is empty is left out. */
  static void text(ObjectNode into, String name, String value) {
    if (!value.isEmpty()) {
      into.put(name, value);
    }
  }

  static ObjectNode language(Language language) {
    return object().put("id", language.id()).put("name", language.name());
  }

  static ArrayNode languages(List<Language> languages) {
    return array(languages, Json::language);
  }

  static ObjectNode quality(ArrKind kind, Quality quality) {
    ObjectNode json = object();
    json.set("quality", bareQuality(kind, quality));
    json.putObject("revision")
        .put("version", quality.version())
        .put("real", 0)
        .put("isRepack", false);
    return json;
  }

  static ObjectNode bareQuality(ArrKind kind, Quality quality) {
    ObjectNode json = object();
    json.put("id", quality.id());
    json.put("name", quality.name());
    json.put("source", quality.source());
    json.put("resolution", quality.resolution());
    if (!kind.isSonarr()) {
      json.put("modifier", quality.modifier());
    }
    return json;
  }

  static Quality readQuality(JsonNode json) {
    JsonNode quality = json.path("quality");
    return new Quality(
        quality.path("id").asInt(),
        quality.path("name").asText(),
        quality.path("source").asText("unknown"),
        quality.path("resolution").asInt(),
        quality.path("modifier").asText("none"),
        json.path("revision").path("version").asInt(1));
  }

  static List<Language> readLanguages(JsonNode json) {
    List<Language> languages = new ArrayList<>();
    json.forEach(
        one -> languages.add(new Language(one.path("id").asInt(), one.path("name").asText())));
    return languages;
  }

  static List<Long> readIds(JsonNode json) {
    List<Long> ids = new ArrayList<>();
    json.forEach(one -> ids.add(one.asLong()));
    return ids;
  }
}
