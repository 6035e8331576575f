package dev.reencodarr.workflows.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The lasting id of a library; the marker file at its root carries it. */
public record LibraryId(@JsonValue UUID value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public LibraryId {}

  /**
   * Reads an id as people write it.
   *
   * @throws IllegalArgumentException if the text is no UUID
   */
  public static LibraryId parse(String text) {
    return new LibraryId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
