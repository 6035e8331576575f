package dev.reencodarr.worker;

import dev.reencodarr.activities.failure.MachineWitness;
import dev.reencodarr.activities.failure.StandingFailures;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.failure.StandingFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The queues that this worker does not serve, as failures on record: one for each closing, which
 * stands until the queue is served again, across restarts too.
 */
final class QueueFailures {

  private final StandingFailures failures;
  private final MachineWitness witness;
  private final String host;
  private final String life = Instant.now().toString();
  private Map<String, Optional<EvidenceKind>> told = Map.of();

  /**
   * @param host of this worker
   */
  QueueFailures(StandingFailures failures, MachineWitness witness, String host) {
    this.failures = failures;
    this.witness = witness;
    this.host = host;
  }

  /** Writes down what has changed since the last time; nearly always nothing has. */
  void tell(List<QueueHealth> queues) {
    Map<String, Optional<EvidenceKind>> now = new HashMap<>();
    queues.forEach(
        each -> now.put(each.queue(), each.complaint().map(QueueHealth.Complaint::kind)));
    if (now.equals(told)) {
      return;
    }
    List<StandingFailure> failing = new ArrayList<>();
    List<String> working = new ArrayList<>();
    queues.forEach(each ->
        each.complaint()
            .ifPresentOrElse(
                complaint -> failing.add(failure(each, complaint)),
                () -> working.add(subject(each))));
    failures.tell(life, failing, working);
    told = now;
  }

  private String subject(QueueHealth health) {
    return "worker/" + host + "/" + health.queue();
  }

  private StandingFailure failure(QueueHealth health, QueueHealth.Complaint complaint) {
    Map<String, String> context = new HashMap<>(witness.now());
    context.put("task_queue", health.queue());
    Evidence evidence =
        new Evidence(complaint.kind(), complaint.why(), -1, 0, List.of(), "", Map.copyOf(context));
    return new StandingFailure(
        subject(health),
        FailureTable.classify(health.stage(), evidence)
            .about(host + " does not serve " + health.queue(), Reaction.STOP_QUEUE),
        evidence);
  }
}
