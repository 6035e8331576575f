package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.SearchAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real dev server on a free port, and a client of it. */
public final class TestTemporal {

  /** Who the client says it is. */
  public static final String WORKER = "here:/home/of/the/worker";

  private static final Duration START = Duration.ofSeconds(60);

  private final Process server;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  private TestTemporal(Process server, WorkflowServiceStubs stubs) {
    this.server = server;
    this.stubs = stubs;
    this.client = client(stubs);
  }

  /**
   * @param settings of the server, such as {@code limit.historyCount.error=100}
   */
  public static TestTemporal start(String... settings) throws IOException {
    return startAt(freePort(), settings);
  }

  /** The same on this port, where clients may have called in vain before. */
  public static TestTemporal startAt(int port, String... settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                TestTools.temporal().toString(),
                "server",
                "start-dev",
                "--headless",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--search-attribute",
                SearchAttributes.VIDEO_STATE.getName() + "=Keyword",
                "--search-attribute",
                SearchAttributes.LIBRARY.getName() + "=Keyword",
                "--log-level",
                "error"));
    for (String setting : settings) {
      command.add("--dynamic-config-value");
      command.add(setting);
    }
    Process server =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File("/dev/null"))
            .start();
    WorkflowServiceStubs stubs = stubs(port);
    stubs.connect(START);
    return new TestTemporal(server, stubs);
  }

  /** A port on which nobody listens. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Stubs of a server on this port, whether there is one or not. */
  public static WorkflowServiceStubs stubs(int port) {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder()
            .setTarget("127.0.0.1:" + port)
            .setRpcRetryOptions(
                RpcRetryOptions.newBuilder().setExpiration(Duration.ofSeconds(5)).build())
            .build());
  }

  public static WorkflowClient client(WorkflowServiceStubs stubs) {
    return WorkflowClient.newInstance(
        stubs,
        WorkflowClientOptions.newBuilder()
            .setDataConverter(Payloads.converter())
            .setIdentity(WORKER)
            .build());
  }

  public WorkflowClient client() {
    return client;
  }

  /** No server any more; calls fail. */
  public void stop() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  public void close() throws InterruptedException {
    stubs.shutdownNow();
    stop();
  }
}
