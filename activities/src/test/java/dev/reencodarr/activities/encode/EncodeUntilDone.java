package dev.reencodarr.activities.encode;

import dev.reencodarr.workflows.encode.EncodeActivities;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A workflow that does with a lost attempt what a video's does: it asks the host again. */
@WorkflowInterface
public interface EncodeUntilDone {

  String QUEUE = "encode";

  /**
   * The outcome, and the hosts that attempts were given up on.
   *
   * @param hosts one for each attempt that was given up
   */
  record Told(EncodeOutcome outcome, List<String> hosts) {}

  @WorkflowMethod
  Told run(EncodeRequest request);

  /** Its implementation. */
  final class Asking implements EncodeUntilDone {

    private final EncodeActivities activities =
        Workflow.newActivityStub(
            EncodeActivities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(10))
                .setHeartbeatTimeout(Duration.ofMinutes(5))
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .build());

    @Override
    public Told run(EncodeRequest request) {
      List<String> hosts = new ArrayList<>();
      while (true) {
        try {
          return new Told(activities.encode(request), hosts);
        } catch (ActivityFailure e) {
          if (!(e.getCause() instanceof ApplicationFailure failure)
              || !failure.getType().equals(EvidenceKind.WORKER_RESTARTED.name())) {
            throw e;
          }
          Evidence evidence = failure.getDetails().get(Evidence.class);
          hosts.add(evidence.context().getOrDefault("host", "nobody"));
        }
      }
    }
  }
}
