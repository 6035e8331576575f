package dev.reencodarr.workflows.forecast;

import java.util.List;

/**
 * What a set of videos that are still to be done is expected to come to.
 *
 * @param saved bytes of all of them
 * @param cpuSeconds of all of them
 * @param known videos, of these and others, whose size at the target was measured
 * @param deals the best bytes per CPU second first
 */
public record Forecast(Range saved, Range cpuSeconds, int known, List<Deal> deals) {

  /** Bytes of the files as they are. */
  public long bytes() {
    return deals.stream().mapToLong(Deal::bytes).sum();
  }
}
