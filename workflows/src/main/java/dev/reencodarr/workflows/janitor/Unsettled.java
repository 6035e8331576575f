package dev.reencodarr.workflows.janitor;

import dev.reencodarr.workflows.replace.SwapRequest;
import java.util.List;
import java.util.UUID;

/**
 * What is left unfinished of a video.
 *
 * @param zone whose machines see the video's library
 * @param replacements rows whose end the video's row does not know
 * @param swaps that were begun, the latest first, each as it was asked for; for the first version
 * @param undo whether an undo was begun; for the first version
 * @param open those of the replacements that are to be brought to an end, the oldest first
 * @param detail what the video's row says besides its state; empty of one that is said to be at
 *     work
 */
public record Unsettled(
    String zone,
    List<UUID> replacements,
    List<SwapRequest> swaps,
    boolean undo,
    List<UUID> open,
    String detail) {

  /** Histories of the first version have neither of the last two. */
  public Unsettled {
    open = open == null ? List.of() : List.copyOf(open);
    detail = detail == null ? "" : detail;
  }

  /** Whether there is nothing to be settled. */
  public boolean isNothing() {
    return replacements.isEmpty();
  }
}
