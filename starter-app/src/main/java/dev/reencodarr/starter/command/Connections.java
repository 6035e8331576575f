package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.KeptConnection;
import dev.reencodarr.activities.store.RulesInForce;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a command reaches PostgreSQL and Temporal; nothing is connected before it is asked for. */
final class Connections implements AutoCloseable {

  /** For a machine whose cores are all at work; where nobody listens that is said at once. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  private final SettingsFile file;
  private @Nullable WorkflowServiceStubs stubs;
  private @Nullable KeptConnection connection;

  private Connections(SettingsFile file) {
    this.file = file;
  }

  /** By the settings, which know the local stack where one runs. */
  static Connections of(Surroundings surroundings) {
    return new Connections(
        SettingsFile.read(surroundings.home().folder(), surroundings.environment()));
  }

  Settings settings() {
    return file.settings();
  }

  /** The rules that were set, over the settings of this machine. */
  RulesInForce rules() throws CommandFailed {
    return new RulesInForce(database(), file.values());
  }

  Database database() throws CommandFailed {
    if (settings().connections().databaseUrl().isEmpty()) {
      throw CommandFailed.unreachable("no stack runs here");
    }
    if (connection == null) {
      connection = new KeptConnection(ConnectionSource.of(settings().connections()));
    }
    return new Database(connection);
  }

  /** Temporal, where somebody listens. */
  WorkflowClient temporal() throws CommandFailed {
    if (stubs == null) {
      requireTemporal();
    }
    return client();
  }

  /** The same for what can be done without. */
  Optional<WorkflowClient> temporalIfThere() throws CommandFailed {
    return silence().isEmpty() ? Optional.of(client()) : Optional.empty();
  }

  private WorkflowClient client() throws CommandFailed {
    return WorkflowClient.newInstance(
        stubs(),
        WorkflowClientOptions.newBuilder()
            .setNamespace(settings().connections().temporalNamespace())
            .setDataConverter(Payloads.converter())
            .build());
  }

  /** Fails unless somebody listens where Temporal is to be; without the price of a first call. */
  void requireTemporal() throws CommandFailed {
    Optional<IOException> silence = silence();
    if (silence.isPresent()) {
      throw CommandFailed.unreachable(
          "Temporal does not answer at " + temporalAddress() + ": " + silence.get().getMessage());
    }
  }

  /** Why nobody can be reached there. */
  private Optional<IOException> silence() throws CommandFailed {
    String address = temporalAddress();
    int colon = address.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
          (int) CONNECT_LIMIT.toMillis());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw CommandFailed.usage("temporal_address '" + address + "' must be like host:7233");
    }
  }

  private String temporalAddress() throws CommandFailed {
    return settings()
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
                  // the first call of all, which has a limit of its own
                  .setSystemInfoTimeout(CALL_LIMIT)
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
