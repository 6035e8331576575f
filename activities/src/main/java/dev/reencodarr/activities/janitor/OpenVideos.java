package dev.reencodarr.activities.janitor;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.temporal.SearchAttributes;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The open workflows of videos, as Temporal lists them. */
final class OpenVideos {

  private static final String QUERY =
      "WorkflowType in ('Video', 'Settle') and ExecutionStatus = 'Running'";
  private static final int BATCH = 500;

  private final WorkflowClient client;

  OpenVideos(WorkflowClient client) {
    this.client = client;
  }

  /**
   * One of them.
   *
   * @param state of the video, as the run has said it; empty before it has
   */
  record Run(VideoId video, String workflowId, String runId, Optional<VideoState> state) {}

  /** All of them, some hundred at a time; ids that are not ours are left out. */
  Iterable<List<Run>> inBatches() {
    return () -> {
      Stream<WorkflowExecutionMetadata> all = client.listExecutions(QUERY);
      Iterator<Run> runs = all.flatMap(run -> of(run).stream()).iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return runs.hasNext();
        }

        @Override
        public List<Run> next() {
          List<Run> batch = new ArrayList<>();
          while (batch.size() < BATCH && runs.hasNext()) {
            batch.add(runs.next());
          }
          return batch;
        }
      };
    };
  }

  private static Optional<Run> of(WorkflowExecutionMetadata run) {
    WorkflowExecution execution = run.getExecution();
    try {
      return Optional.of(
          new Run(
              WorkflowIds.videoOf(execution.getWorkflowId()),
              execution.getWorkflowId(),
              execution.getRunId(),
              Optional.ofNullable(run.getTypedSearchAttributes().get(SearchAttributes.VIDEO_STATE))
                  .map(VideoState::parse)));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException notOurs) {
      return Optional.empty();
    }
  }

  /**
   * Ends a run: asks it first, so that it ends its programs, and makes it at the next time.
   *
   * @return what was done, for people
   */
  String end(Run run) {
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            WorkflowTargetOptions.newBuilder()
                .setWorkflowId(run.workflowId())
                .setRunId(run.runId())
                .build());
    try {
      boolean asked =
          workflow.describe().getRawDescription().getWorkflowExtendedInfo().getCancelRequested();
      if (asked) {
        workflow.terminate("its video has no row");
        return "terminated, since it did not hear that it was cancelled";
      }
      workflow.cancel();
      return "cancelled";
    } catch (WorkflowNotFoundException e) {
      return "it has ended meanwhile";
    }
  }
}
