package dev.reencodarr.workflows.temporal;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;

/**
 * A Temporal in memory whose clock skips what nobody works in; payloads and attributes are ours.
 */
public final class SteppedEnvironment {

  private SteppedEnvironment() {}

  public static TestWorkflowEnvironment open() {
    TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.getDefaultInstance())
                .build());
    SearchAttributes.all().forEach(environment::registerSearchAttribute);
    return environment;
  }
}
