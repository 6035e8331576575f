package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.fakearr.http.Errors;
import dev.reencodarr.fakearr.http.JsonText;
import dev.reencodarr.fakearr.http.Refused;
import dev.reencodarr.fakearr.http.Request;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A request with what it says.
 *
 * @param id of its path; 0 if there is none in it
 */
record Asked(Request request, long id) {

  /** All values of a parameter; several may be repeated or stand behind commas. */
  List<Long> numbers(String name) throws Refused {
    List<Long> numbers = new ArrayList<>();
    for (String value : request.values(name)) {
      try {
        numbers.add(Long.valueOf(value));
      } catch (NumberFormatException _) {
        throw new Refused(Errors.malformed(name, value));
      }
    }
    return numbers;
  }

  /** The value of a parameter; this one if it is not there. */
  long number(String name, long otherwise) throws Refused {
    List<Long> numbers = numbers(name);
    return numbers.isEmpty() ? otherwise : numbers.getFirst();
  }

  Instant date(String name) throws Refused {
    String value = request.value(name).orElse("");
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeParseException _) {
      throw new Refused(Errors.malformed(name, value));
    }
  }

  JsonNode body() throws Refused {
    JsonNode body = JsonText.parsed(request.body());
    if (!body.isContainerNode()) {
      throw new Refused(Errors.malformed("$", "body"));
    }
    return body;
  }
}
