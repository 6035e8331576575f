package dev.reencodarr.workflows.replace;

import java.util.List;

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
}
