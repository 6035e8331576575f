package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.starter.stack.TemporalNamespace;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/**
 * Runs what people run often, into the void, so that the JVM can record what it loads; the launcher
 * makes the cache of the command line from that.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(TrainCommand.class);

  private static final List<List<String>> OFTEN =
      List.of(
          List.of("--help"),
          List.of("settings", "show"),
          List.of("settings", "show", "--format", "json"),
          List.of("status"),
          List.of("videos"),
          List.of("library", "list"),
          List.of("show", "/nowhere"),
          List.of("failures", "report"));

  /** Nobody listens there: only the way to a server is trained, none is asked for anything. */
  private static final String NOBODY = "127.0.0.1:9";

  private final Surroundings surroundings;

  TrainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Surroundings silent =
        new Surroundings(
            surroundings.home(),
            nowhere,
            nowhere,
            false,
            Map.of(
                "REENCODARR_DATABASE_URL",
                "jdbc:postgresql://" + NOBODY + "/reencodarr?user=postgres",
                "REENCODARR_TEMPORAL_ADDRESS",
                NOBODY),
            surroundings.workingFolder(),
            surroundings.program());
    for (List<String> command : OFTEN) {
      new Commands(silent).run(command.toArray(String[]::new));
    }
    try (TemporalNamespace namespace = TemporalNamespace.at(NOBODY)) {
      namespace.answers(Duration.ofSeconds(2));
    }
    order();
    return ExitCode.DONE.code();
  }

  /** The way of an order to Temporal, which is most of what a command loads that places one. */
  private static void order() {
    Duration limit = Duration.ofSeconds(1);
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(NOBODY)
                .setRpcTimeout(limit)
                .setRpcRetryOptions(
                    RpcRetryOptions.newBuilder().setExpiration(limit).validateBuildWithDefaults())
                .build());
    MediaPath root = new MediaPath("/nowhere");
    Library library =
        new Library(
            new LibraryId(new UUID(0, 0)), "nowhere", root, "default", false, Instant.EPOCH);
    WorkRequest request =
        new WorkRequest(
            new RequestId(new UUID(0, 0)),
            library.id(),
            root,
            library.zone(),
            List.of(root),
            Wishes.none(),
            false);
    try {
      Orders.tell(
          WorkflowClient.newInstance(
              stubs,
              WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build()),
          library,
          request);
    } catch (WorkflowServiceException e) {
      // As it must be: nobody is there.
      LOG.debug("nobody took the order", e);
    } finally {
      stubs.shutdownNow();
    }
  }
}
