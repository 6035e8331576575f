package dev.reencodarr.activities.sync.arr;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Something of an answer. It may lack anything, hold null, and have a number as text; what is of no
 * use reads as if it were not there.
 */
record Item(JsonNode node) {

  private static final Pattern DIGITS = Pattern.compile("-?\\d{1,18}");

  /** Of a quality or the languages, which take some hundred. */
  private static final int JSON_LETTERS = 8 << 10;

  /** A whole number, also one that is written as text or as 1.0; empty if there is none. */
  OptionalLong number(String name) {
    JsonNode value = node.path(name);
    if (value.isTextual() && DIGITS.matcher(value.asText()).matches()) {
      return OptionalLong.of(Long.parseLong(value.asText()));
    }
    boolean isWhole =
        value.isIntegralNumber() ? value.canConvertToLong() : value.canConvertToExactIntegral();
    return value.isNumber() && isWhole && value.canConvertToLong()
        ? OptionalLong.of(value.asLong())
        : OptionalLong.empty();
  }

  /** An id; 0 if there is none that can be one. */
  long id(String name) {
    long id = number(name).orElse(0);
    return Ids.isOne(id) ? id : 0;
  }

  /** A number of this range; what is outside of it counts as missing. */
  int whole(String name, int least, int ifMissing) {
    long number = number(name).orElse(ifMissing);
    return number >= least && number <= Integer.MAX_VALUE ? (int) number : ifMissing;
  }

  /** A text; empty if there is none, or one that no database takes. */
  String text(String name) {
    JsonNode value = node.path(name);
    String text = value.isTextual() || value.isNumber() ? value.asText() : "";
    return text.indexOf('\0') >= 0 ? "" : text;
  }

  boolean flag(String name, boolean ifMissing) {
    JsonNode value = node.path(name);
    return switch (value.asText().toLowerCase(java.util.Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> ifMissing;
    };
  }

  boolean hasFlag(String name) {
    return flag(name, true) == flag(name, false);
  }

  /** A time; empty if there is none. */
  Optional<Instant> time(String name) {
    try {
      return Optional.of(OffsetDateTime.parse(text(name)).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** An object within; one without anything if there is none. */
  Item part(String name) {
    return new Item(node.path(name));
  }

  /** The items of an array within. */
  Stream<Item> parts(String name) {
    JsonNode array = node.path(name);
    return array.isArray()
        ? StreamSupport.stream(array.spliterator(), false).map(Item::new)
        : Stream.empty();
  }

  /** The ids of an array within. */
  Stream<Long> ids(String name) {
    JsonNode array = node.path(name);
    return array.isArray()
        ? StreamSupport.stream(array.spliterator(), false)
            .filter(JsonNode::canConvertToLong)
            .map(JsonNode::asLong)
            .filter(Ids::isOne)
        : Stream.empty();
  }

  /** Its JSON text where it is an object or array that holds something; else empty. */
  String json() {
    String json = node.isContainerNode() && !node.isEmpty() ? node.toString() : "";
    return json.length() <= JSON_LETTERS && !json.contains("\\u0000") ? json : "";
  }

  boolean isObject() {
    return node.isObject();
  }
}
