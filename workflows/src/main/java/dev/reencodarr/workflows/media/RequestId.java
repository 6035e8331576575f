package dev.reencodarr.workflows.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The id of one request for work: one scan, one {@code enqueue}, one {@code run}. */
public record RequestId(@JsonValue UUID value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RequestId {}

  /**
   * Reads an id as people write it.
   *
   * @throws IllegalArgumentException if the text is no UUID
   */
  public static RequestId parse(String text) {
    return new RequestId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
