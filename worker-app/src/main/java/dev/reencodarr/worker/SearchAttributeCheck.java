package dev.reencodarr.worker;

import dev.reencodarr.workflows.temporal.SearchAttributes;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.util.Set;
import java.util.TreeSet;

/** An unregistered search attribute wedges every workflow for ever: better not to start. */
final class SearchAttributeCheck {

  private final WorkflowClient client;

  SearchAttributeCheck(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Asks the server.
   *
   * @throws IllegalStateException naming those that are missing
   */
  void require() {
    OperatorServiceStubs stubs =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setChannel(client.getWorkflowServiceStubs().getRawChannel())
                .validateAndBuildWithDefaults());
    OperatorServiceGrpc.OperatorServiceBlockingStub operator = stubs.blockingStub();
    Set<String> missing = new TreeSet<>(SearchAttributes.all().keySet());
    missing.removeAll(
        operator
            .listSearchAttributes(
                ListSearchAttributesRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .build())
            .getCustomAttributesMap()
            .keySet());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Temporal lacks the search attributes "
              + missing
              + ": ./reencodarr up and temporal-compose.yml create them at their start");
    }
  }
}
