package dev.reencodarr.activities.video;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.RunKey;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Temporal knows of the runs of a workflow. */
public final class WorkflowRuns {

  /** As the server says it; nobody else ends a run with these words. */
  private static final Pattern HISTORY_LIMIT =
      Pattern.compile("Workflow history (size|count) exceeds limit");

  private final WorkflowClient client;

  public WorkflowRuns(WorkflowClient client) {
    this.client = client;
  }

  /**
   * The latest run of a workflow.
   *
   * @param running whether it is open
   * @param status by Temporal's name, such as {@code terminated}
   */
  public record Latest(
      boolean running, String status, Optional<String> firstRunId, Instant startedAt) {}

  /** The latest run with this id; empty if Temporal remembers none. */
  public Optional<Latest> latest(String workflowId) {
    try {
      WorkflowExecutionDescription description =
          client.newUntypedWorkflowStub(workflowId).describe();
      WorkflowExecutionStatus status = description.getStatus();
      return Optional.of(
          new Latest(
              status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
              status.name().replace("WORKFLOW_EXECUTION_STATUS_", "").toLowerCase(Locale.ROOT),
              Optional.ofNullable(description.getFirstRunId()).filter(id -> !id.isEmpty()),
              description.getStartTime()));
    } catch (WorkflowNotFoundException e) {
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Whether Temporal itself has ended the latest run with this id, because its history had become
   * as long as one may be: a video that was parked for months.
   */
  public boolean isOutgrown(String workflowId) {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .getWorkflowExecutionHistory(
            GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                .setHistoryEventFilterType(
                    HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT)
                .build())
        .getHistory()
        .getEventsList()
        .stream()
        .filter(HistoryEvent::hasWorkflowExecutionTerminatedEventAttributes)
        .map(event -> event.getWorkflowExecutionTerminatedEventAttributes().getReason())
        .anyMatch(reason -> HISTORY_LIMIT.matcher(reason).lookingAt());
  }

  /** Whether any workflow is at work on this video. */
  public boolean isAtWorkOn(VideoId video) {
    return latest(WorkflowIds.video(video)).filter(Latest::running).isPresent();
  }

  /** Whether this run, or what it has continued as, is open. */
  public boolean isRunning(RunKey run) {
    return latest(run.workflowId())
        .filter(Latest::running)
        // A server that does not say the first run is believed: better to wait than to work twice.
        .filter(latest -> latest.firstRunId().map(run.firstRunId()::equals).orElse(true))
        .isPresent();
  }
}
