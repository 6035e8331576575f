package dev.reencodarr.workflows.library;

import io.temporal.activity.ActivityInterface;

/** Looks through a library; runs on {@code analyse@Z}. */
@ActivityInterface(namePrefix = "LibraryScan")
public interface LibraryScanActivities {

  /**
   * Walks the request's scopes, writes new and changed files as videos and every file of the scope
   * as part of the request. Goes on where it stopped when it is run again.
   */
  ScanTally walk(WorkRequest request);

  /**
   * Analyses the request's next files that have no facts yet, in parallel; sure skips and files
   * that are no media end here, without a workflow.
   *
   * @return how many are still without facts; 0 when the request is analysed
   */
  int analyseBatch(WorkRequest request);
}
