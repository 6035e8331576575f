package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.KeptConnection;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a command reaches PostgreSQL and Temporal; nothing is connected before it is asked for. */
final class Connections implements AutoCloseable {

  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  private final Settings settings;
  private @Nullable WorkflowServiceStubs stubs;
  private @Nullable KeptConnection connection;

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
    if (connection == null) {
      connection = new KeptConnection(ConnectionSource.of(settings.connections()));
    }
    return new Database(connection);
  }

  WorkflowClient temporal() throws CommandFailed {
    return WorkflowClient.newInstance(
        stubs(),
        WorkflowClientOptions.newBuilder()
            .setNamespace(settings.connections().temporalNamespace())
            .setDataConverter(Payloads.converter())
            .build());
  }

  /** Fails unless somebody listens where Temporal is to be; without the price of a first call. */
  void requireTemporal() throws CommandFailed {
    String address = temporalAddress();
    int colon = address.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
          (int) CONNECT_LIMIT.toMillis());
    } catch (IOException e) {
      throw CommandFailed.unreachable(
          "Temporal does not answer at " + address + ": " + e.getMessage());
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw CommandFailed.usage("temporal_address '" + address + "' must be like host:7233");
    }
  }

  private String temporalAddress() throws CommandFailed {
    return settings
        .connections()
        .temporalAddress()
        .orElseThrow(() -> CommandFailed.unreachable("no stack runs here"));
  }

  private WorkflowServiceStubs stubs() throws CommandFailed {
    if (stubs == null) {
      String address = temporalAddress();
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
    if (connection != null) {
      connection.close();
    }
    if (stubs != null) {
      stubs.shutdownNow();
    }
  }
}
