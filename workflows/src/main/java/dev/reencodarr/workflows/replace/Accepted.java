package dev.reencodarr.workflows.replace;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an acceptance came to.
 *
 * @param files that were deleted from quarantine
 * @param bytes that became free
 * @param kept for each file that stays the reason, for people
 */
public record Accepted(int files, long bytes, List<String> kept) {

  public Accepted {
    kept = List.copyOf(kept);
  }

  /** Nothing was there to be let go. */
  public static Accepted nothing() {
    return new Accepted(0, 0, List.of());
  }

  /** This and another. */
  public Accepted plus(Accepted other) {
    return new Accepted(
        files + other.files,
        bytes + other.bytes,
        Stream.concat(kept.stream(), other.kept.stream()).toList());
  }
}
