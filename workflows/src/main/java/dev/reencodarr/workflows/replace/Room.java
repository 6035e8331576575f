package dev.reencodarr.workflows.replace;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Whether a file can be replaced where it lies, and its original be kept. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Room.Reserved.class, name = "reserved"),
  @JsonSubTypes.Type(value = Room.None.class, name = "none")
})
public sealed interface Room {

  /**
   * The mount can swap files, and room for the original is reserved in quarantine until the video's
   * run ends.
   *
   * @param freeBytes that a result may take beside its original without touching the reserve
   */
  record Reserved(long freeBytes) implements Room {

    /** Nothing was asked yet. */
    public static final Reserved NONE_YET = new Reserved(-1);

    /** Whether a result of this expected size fits, with a fifth on top for what was guessed. */
    public boolean holds(long resultBytes) {
      return withMargin(resultBytes) <= freeBytes;
    }
  }

  /** The room that is asked for where a result of this size is expected. */
  static long withMargin(long resultBytes) {
    return resultBytes + resultBytes / 5;
  }

  /** Not now, since quarantine is full; the video waits. For people, what it waits for. */
  record None(String forWhat) implements Room {}
}
