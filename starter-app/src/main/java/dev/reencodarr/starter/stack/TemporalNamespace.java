package dev.reencodarr.starter.stack;

import com.google.protobuf.util.Durations;
import dev.reencodarr.workflows.temporal.SearchAttributes;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Temporal's namespace: whether it answers, and what has to be set in it. */
public final class TemporalNamespace implements AutoCloseable {

  public static final String NAME = "default";

  /** The dev server's own default is a day; what has ended is worth a look for a month. */
  private static final Duration RETENTION = Duration.ofDays(30);

  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

  private final WorkflowServiceStubs workflows;
  private final OperatorServiceStubs operator;

  private TemporalNamespace(WorkflowServiceStubs workflows, OperatorServiceStubs operator) {
    this.workflows = workflows;
    this.operator = operator;
  }

  /** Of a server that need not run yet. */
  public static TemporalNamespace at(String address) {
    WorkflowServiceStubs workflows =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setChannel(workflows.getRawChannel())
                .validateAndBuildWithDefaults());
    return new TemporalNamespace(workflows, operator);
  }

  /** Whether the server is up and has the namespace. */
  public boolean answers(Duration limit) {
    try {
      workflows
          .blockingStub()
          .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS)
          .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(NAME).build());
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  /** Our search attributes that the server does not know; a worker would wedge on one. */
  public Set<String> missingSearchAttributes() {
    Map<String, IndexedValueType> known =
        operator
            .blockingStub()
            .withDeadlineAfter(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .listSearchAttributes(
                ListSearchAttributesRequest.newBuilder().setNamespace(NAME).build())
            .getCustomAttributesMap();
    Set<String> missing = new TreeSet<>(SearchAttributes.all().keySet());
    missing.removeAll(known.keySet());
    return missing;
  }

  /** Creates what is missing and sets the retention; does nothing where all is right. */
  public void prepare() throws StackFailed {
    try {
      createSearchAttributes();
      setRetention();
    } catch (StatusRuntimeException e) {
      throw new StackFailed("Temporal refused its settings: " + e.getStatus(), e);
    }
  }

  private void createSearchAttributes() {
    Map<String, IndexedValueType> wanted = new HashMap<>(SearchAttributes.all());
    wanted.keySet().retainAll(missingSearchAttributes());
    if (wanted.isEmpty()) {
      return;
    }
    operator
        .blockingStub()
        .withDeadlineAfter(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .addSearchAttributes(
            AddSearchAttributesRequest.newBuilder()
                .setNamespace(NAME)
                .putAllSearchAttributes(wanted)
                .build());
  }

  private void setRetention() {
    if (retention().equals(RETENTION)) {
      return;
    }
    com.google.protobuf.Duration wanted = Durations.fromSeconds(RETENTION.toSeconds());
    workflows
        .blockingStub()
        .withDeadlineAfter(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .updateNamespace(
            UpdateNamespaceRequest.newBuilder()
                .setNamespace(NAME)
                .setConfig(
                    NamespaceConfig.newBuilder().setWorkflowExecutionRetentionTtl(wanted).build())
                .build());
  }

  /** For how long closed workflows stay visible. */
  public Duration retention() {
    return Duration.ofSeconds(
        workflows
            .blockingStub()
            .withDeadlineAfter(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(NAME).build())
            .getConfig()
            .getWorkflowExecutionRetentionTtl()
            .getSeconds());
  }

  @Override
  public void close() {
    operator.shutdownNow();
    workflows.shutdownNow();
  }
}
