package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a command reaches PostgreSQL and Temporal; nothing is connected before it is asked for. */
final class Connections implements AutoCloseable {

  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

  private final Settings settings;
  private @Nullable WorkflowServiceStubs stubs;

  private Connections(Settings settings) {
    this.settings = settings;
  }

  /** By the settings, which know the local stack where one runs. */
  static Connections of(Surroundings surroundings) {
    return new Connections(
        SettingsFile.read(surroundings.home().folder(), surroundings.environment()).settings());
  }

  Settings settings() {
    return settings;
  }

  Database database() throws CommandFailed {
    if (settings.connections().databaseUrl().isEmpty()) {
      throw CommandFailed.unreachable("no stack runs here");
    }
    return new Database(ConnectionSource.of(settings.connections()));
  }

  WorkflowClient temporal() throws CommandFailed {
    return WorkflowClient.newInstance(
        stubs(),
        WorkflowClientOptions.newBuilder()
            .setNamespace(settings.connections().temporalNamespace())
            .setDataConverter(Payloads.converter())
            .build());
  }

  private WorkflowServiceStubs stubs() throws CommandFailed {
    if (stubs == null) {
      String address =
          settings
              .connections()
              .temporalAddress()
              .orElseThrow(() -> CommandFailed.unreachable("no stack runs here"));
      stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder()
                  .setTarget(address)
                  .setRpcTimeout(CALL_LIMIT)
                  .build());
    }
    return stubs;
  }

  @Override
  public void close() {
    if (stubs != null) {
      stubs.shutdownNow();
    }
  }
}
