package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.media.MediaPath;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one request asks for beyond the settings.
 *
 * @param priority 1 (first) to 5 (last), 3 unless said
 * @param outputRoot where results go while originals stay as they are; empty: replace
 */
public record Wishes(
    OptionalDouble target, Optional<Goal> goal, int priority, Optional<MediaPath> outputRoot) {

  /** No wishes: what the settings say, in place. */
  public static Wishes none() {
    return new Wishes(OptionalDouble.empty(), Optional.empty(), 3, Optional.empty());
  }
}
