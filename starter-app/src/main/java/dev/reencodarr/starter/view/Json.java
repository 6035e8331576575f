package dev.reencodarr.starter.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.reencodarr.workflows.temporal.Payloads;
import java.io.IOException;
import java.io.OutputStream;

/** JSON for other programs: names in snake_case, what is unknown is null. */
public final class Json {

  private static final ObjectMapper MAPPER =
      Payloads.mapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /**
   * A document that is written piece by piece, where the whole would need much memory. Closing it
   * leaves the stream open.
   */
  static JsonGenerator document(OutputStream out) throws IOException {
    return MAPPER
        .getFactory()
        .createGenerator(out)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .useDefaultPrettyPrinter();
  }

  /** One value as a document. */
  public static String of(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }
}
