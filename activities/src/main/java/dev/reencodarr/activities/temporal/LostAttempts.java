package dev.reencodarr.activities.temporal;

import dev.reencodarr.activities.temporal.AttemptsAtWork.Attempt;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowTargetOptions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts that the server believes to be at work in this worker while nobody is: those of a
 * process that was killed, and those whose handing over was lost with a connection. They are failed
 * as «worker restarted», so that nobody waits for the heartbeat timeout: what the server retries is
 * retried at once, and a workflow asks this host first for the encode that runs on here.
 *
 * <p>The server is asked, since a process may be killed between being given an attempt and its
 * first line of code. Temporal keeps the identity of the worker that was given each.
 */
public final class LostAttempts {

  private static final Logger log = LoggerFactory.getLogger(LostAttempts.class);

  private static final Set<PendingActivityState> BEGUN =
      EnumSet.of(
          PendingActivityState.PENDING_ACTIVITY_STATE_STARTED,
          PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED,
          PendingActivityState.PENDING_ACTIVITY_STATE_PAUSE_REQUESTED);

  private final WorkflowClient client;
  private final AttemptsAtWork atWork;
  private final String host;
  private Set<Attempt> suspects = Set.of();

  /**
   * @param client whose identity is this worker's alone, and the same after a restart
   * @param host to be asked first for what runs on here
   */
  public LostAttempts(WorkflowClient client, AttemptsAtWork atWork, String host) {
    this.client = client;
    this.atWork = atWork;
    this.host = host;
  }

  private record Pending(WorkflowExecution execution, PendingActivityInfo activity) {

    private Attempt attempt() {
      return new Attempt(
          execution.getRunId(), activity.getActivityId(), Math.max(1, activity.getAttempt()));
    }
  }

  /**
   * Hands back all that a process before this one has begun; to be called before any poll.
   *
   * @throws StatusRuntimeException if the server cannot be asked
   */
  public void handBackAll() {
    ofThisWorker().forEach(lost -> handBack(lost, "the worker was started anew"));
  }

  /**
   * Hands back what nobody here was at work on at the look before and is not now; to be called from
   * time to time. One look is not enough: an attempt that is just beginning, or whose end is just
   * being told, is on its way.
   *
   * @throws StatusRuntimeException if the server cannot be asked
   */
  public synchronized void look() {
    List<Pending> unattended =
        ofThisWorker().stream().filter(it -> !atWork.include(it.attempt())).toList();
    Set<Attempt> seen = new HashSet<>();
    for (Pending each : unattended) {
      if (suspects.contains(each.attempt())) {
        handBack(each, "the attempt was lost on its way to the worker");
      } else {
        seen.add(each.attempt());
      }
    }
    suspects = Set.copyOf(seen);
  }

  private List<Pending> ofThisWorker() {
    String identity = client.getOptions().getIdentity();
    try (Stream<WorkflowExecution> open =
        client
            .listExecutions("ExecutionStatus = 'Running'")
            .map(workflow -> workflow.getExecution())) {
      return open.flatMap(this::pending)
          .filter(it -> BEGUN.contains(it.activity().getState()))
          .filter(it -> it.activity().getLastWorkerIdentity().equals(identity))
          .toList();
    }
  }

  private Stream<Pending> pending(WorkflowExecution open) {
    try {
      return client
          .newUntypedWorkflowStub(
              WorkflowTargetOptions.newBuilder().setWorkflowExecution(open).build())
          .describe()
          .getRawDescription()
          .getPendingActivitiesList()
          .stream()
          .map(activity -> new Pending(open, activity));
    } catch (WorkflowException closedMeanwhile) {
      log.debug("{} cannot be described", open.getWorkflowId(), closedMeanwhile);
      return Stream.empty();
    }
  }

  private void handBack(Pending lost, String why) {
    ActivityCompletionClient completion = client.newActivityCompletionClient();
    String type = lost.activity().getActivityType().getName();
    try {
      completion.completeExceptionally(
          lost.execution().getWorkflowId(),
          Optional.of(lost.execution().getRunId()),
          lost.activity().getActivityId(),
          Faults.workerRestarted(host, why));
      log.info("{} of {}: a lost attempt is handed back", type, lost.execution().getWorkflowId());
    } catch (ActivityCompletionException gone) {
      log.debug("{} is not waited for any more", type, gone);
    }
  }
}
