package dev.reencodarr.starter.wholestack;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import io.temporal.api.activity.v1.ActivityOptions;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.UpdateActivityOptionsRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;

/** What a workflow waits for, and Temporal's own way to wait for it less long. */
final class PendingActivities implements AutoCloseable {

  private static final String NAMESPACE = "default";
  private static final int SOON = 2;

  private final WorkflowServiceStubs stubs;
  private final WorkflowExecution workflow;

  PendingActivities(String address, String workflowId) {
    this.stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    this.workflow = WorkflowExecution.newBuilder().setWorkflowId(workflowId).build();
  }

  List<PendingActivityInfo> all() {
    return stubs
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setExecution(workflow)
                .build())
        .getPendingActivitiesList();
  }

  boolean includes(String activity) {
    return all().stream().anyMatch(pending -> pending.getActivityId().equals(activity));
  }

  /** Counts a machine as lost after seconds without a word, in place of minutes. */
  void waitLessLongForAHeartbeat(String activity) {
    change(
        activity,
        "heartbeat_timeout",
        ActivityOptions.newBuilder().setHeartbeatTimeout(Durations.fromSeconds(SOON)).build());
  }

  /** The same for a machine that is to begin. */
  void waitLessLongForItsStart(String activity) {
    change(
        activity,
        "schedule_to_start_timeout",
        ActivityOptions.newBuilder()
            .setScheduleToStartTimeout(Durations.fromSeconds(SOON))
            .build());
  }

  private void change(String activity, String field, ActivityOptions options) {
    stubs
        .blockingStub()
        .updateActivityOptions(
            UpdateActivityOptionsRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setExecution(workflow)
                .setId(activity)
                .setActivityOptions(options)
                .setUpdateMask(FieldMask.newBuilder().addPaths(field))
                .build());
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
