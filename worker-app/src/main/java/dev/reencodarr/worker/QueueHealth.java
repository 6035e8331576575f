package dev.reencodarr.worker;

import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import java.util.Optional;

/**
 * Whether this worker is fit for a queue.
 *
 * @param stage of the work that waits in it
 * @param complaint what makes it unfit; empty where nothing does
 */
record QueueHealth(String queue, FailureStage stage, Optional<Complaint> complaint) {

  /**
   * What is wrong.
   *
   * @param why a line for people
   */
  record Complaint(EvidenceKind kind, String why) {}
}
