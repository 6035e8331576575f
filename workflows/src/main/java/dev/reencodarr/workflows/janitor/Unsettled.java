package dev.reencodarr.workflows.janitor;

import dev.reencodarr.workflows.replace.SwapRequest;
import java.util.List;
import java.util.UUID;

/**
 * What is left unfinished of a video.
 *
 * @param zone whose machines see the video's library
 * @param replacements rows whose end the video's row does not know
 * @param swaps that were begun, the latest first, each as it was asked for
 * @param undo whether an undo was begun
 */
public record Unsettled(
    String zone, List<UUID> replacements, List<SwapRequest> swaps, boolean undo) {

  /** Whether there is nothing to be settled. */
  public boolean isNothing() {
    return replacements.isEmpty();
  }
}
