package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.starter.view.VideoProgress;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import java.util.Optional;

/** Asks Temporal what the step at work on a video last reported. */
final class WorkInProgress {

  private final WorkflowClient temporal;
  private final DataConverter converter = Payloads.converter();

  WorkInProgress(WorkflowClient temporal) {
    this.temporal = temporal;
  }

  VideoProgress of(RequestedVideo requested) {
    return of(requested.video());
  }

  VideoProgress of(Video video) {
    return new VideoProgress(video.path(), video.state(), video.detail(), figures(video));
  }

  private Optional<EncodeProgress> figures(Video video) {
    try {
      DescribeWorkflowExecutionResponse description =
          temporal
              .getWorkflowServiceStubs()
              .blockingStub()
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(temporal.getOptions().getNamespace())
                      .setExecution(
                          WorkflowExecution.newBuilder()
                              .setWorkflowId(WorkflowIds.video(video.id())))
                      .build());
      return description.getPendingActivitiesList().stream()
          .flatMap(activity -> heartbeat(activity).stream())
          .findFirst();
    } catch (StatusRuntimeException e) {
      // Progress is for the eye: the next look a moment later may have it.
      return Optional.empty();
    }
  }

  private Optional<EncodeProgress> heartbeat(PendingActivityInfo activity) {
    if (!activity.hasHeartbeatDetails()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          converter.fromPayloads(
              0,
              Optional.of(activity.getHeartbeatDetails()),
              EncodeProgress.class,
              EncodeProgress.class));
    } catch (DataConverterException e) {
      // A step that reports something else.
      return Optional.empty();
    }
  }
}
