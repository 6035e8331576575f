package dev.reencodarr.workflows.search;

import io.temporal.activity.ActivityInterface;

/** Measures; runs on {@code search-E@Z}. */
@ActivityInterface(namePrefix = "Search")
public interface ProbeActivities {

  /** Measures one point with {@code ab-av1 sample-encode} and stores it; a known one is read. */
  ProbeOutcome probe(ProbeRequest request);
}
