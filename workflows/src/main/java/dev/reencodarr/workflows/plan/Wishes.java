package dev.reencodarr.workflows.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reencodarr.workflows.media.MediaPath;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one request asks for beyond the settings.
 *
 * @param priority 1 (first) to 5 (last), 3 unless said
 * @param outputRoot where results go while originals stay as they are; empty: replace
 * @param measureOnly only search, for a forecast: nothing is encoded. Written only where it is so,
 *     so that wishes compare with those that an earlier release has written
 */
public record Wishes(
    OptionalDouble target,
    Optional<Goal> goal,
    int priority,
    Optional<MediaPath> outputRoot,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean measureOnly) {

  /** Wishes for an encode. */
  public Wishes(
      OptionalDouble target, Optional<Goal> goal, int priority, Optional<MediaPath> outputRoot) {
    this(target, goal, priority, outputRoot, false);
  }

  /** To be searched before anything else, and not encoded. */
  public static Wishes toMeasure() {
    return new Wishes(OptionalDouble.empty(), Optional.empty(), 1, Optional.empty(), true);
  }

  /** No wishes: what the settings say, in place. */
  public static Wishes none() {
    return new Wishes(OptionalDouble.empty(), Optional.empty(), 3, Optional.empty());
  }
}
