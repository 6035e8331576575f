package dev.reencodarr.workflows.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.SkipReason;
import java.util.List;
import java.util.stream.Stream;

/** What the settings make of a file: an encode, or a reason to leave it alone. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Planned.Encode.class, name = "encode"),
  @JsonSubTypes.Type(value = Planned.Skip.class, name = "skip")
})
public sealed interface Planned {

  /**
   * Encode it like this.
   *
   * @param plan with the encoder that is wished first
   * @param others with those that are wished after it, in their order
   */
  record Encode(EncodePlan plan, List<EncodePlan> others) implements Planned {

    public Encode {
      others = others == null ? List.of() : List.copyOf(others);
    }

    /** With one encoder. */
    public Encode(EncodePlan plan) {
      this(plan, List.of());
    }

    /** One for each wished encoder, in their order. */
    public List<EncodePlan> all() {
      return Stream.concat(Stream.of(plan), others.stream()).toList();
    }
  }

  /**
   * Leave it alone.
   *
   * @param detail a sentence with the figures of this file
   */
  record Skip(SkipReason reason, String detail) implements Planned {}
}
