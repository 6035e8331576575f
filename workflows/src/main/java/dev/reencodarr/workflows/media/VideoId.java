package dev.reencodarr.workflows.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The lasting id of a video; it stays when the file is renamed or its content upgraded. */
public record VideoId(@JsonValue UUID value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VideoId {}

  /**
   * Reads an id as people write it.
   *
   * @throws IllegalArgumentException if the text is no UUID
   */
  public static VideoId parse(String text) {
    return new VideoId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
