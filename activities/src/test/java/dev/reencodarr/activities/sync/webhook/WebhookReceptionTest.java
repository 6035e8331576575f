package dev.reencodarr.activities.sync.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.encode.TestTemporal;
import dev.reencodarr.activities.store.sync.WebhookEndpointRepository;
import dev.reencodarr.activities.sync.ConnectedArr;
import dev.reencodarr.activities.sync.EventsCall;
import dev.reencodarr.workflows.sync.TouchedTitles;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hearing on one machine: where it listens, and what becomes of what it has heard. */
class WebhookReceptionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private ConnectedArr arr;

  @BeforeEach
  void connect() throws Exception {
    arr = ConnectedArr.sonarr(folder);
  }

  @AfterEach
  void close() {
    arr.close();
  }

  private WebhookReception reception(int port, Consumer<TouchedTitles> taker) {
    return new WebhookReception(
        new WebhookPlace(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            "http://nas:9797",
            "attic",
            "here",
            arr.home()),
        arr.database(),
        taker);
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(arr.home().resolve("webhooks"))) {
      return files.count();
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.call()) {
      assertThat(Instant.now()).as("in time").isBefore(deadline);
      Thread.sleep(50);
    }
  }

  private void keep(long... titles) throws IOException {
    try (EventSpool spool = EventSpool.open(arr.home().resolve("webhooks"))) {
      for (long title : titles) {
        spool.keep(
            new SpooledEvent(arr.connection().id(), "tv", arr.connection().kind(), "attic", title));
      }
    }
  }

  @Test
  void whereItListensStandsInItsRowUntilItEnds() {
    WebhookEndpointRepository endpoints = new WebhookEndpointRepository(arr.database());
    try (WebhookReception reception = reception(0, titles -> {})) {
      reception.start();

      assertThat(endpoints.listening("attic").getFirst().addressOf("tv"))
          .isEqualTo("http://nas:9797/api/webhooks/tv");
      assertThat(endpoints.listening("cellar")).isEmpty();
    }
    assertThat(endpoints.living()).isEmpty();
  }

  @Test
  void whereAnotherProgramListensThatIsSaidAndNothingIsHeard() throws Exception {
    WebhookEndpointRepository endpoints = new WebhookEndpointRepository(arr.database());
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        WebhookReception reception = reception(other.getLocalPort(), titles -> {})) {
      reception.start();

      assertThat(reception.port()).isZero();
      assertThat(endpoints.listening("attic")).isEmpty();
      assertThat(endpoints.living().getFirst().problem())
          .startsWith("cannot listen at")
          .contains("Address already in use");
    }
  }

  @Test
  void whatAnEarlierRunHasLeftIsHandedOnEachConnectionAtOnce() throws Exception {
    keep(7, 2, 7);
    keep(9);
    Queue<TouchedTitles> taken = new ConcurrentLinkedQueue<>();
    try (WebhookReception reception = reception(0, taken::add)) {
      reception.start();

      await(() -> files() == 0);
      assertThat(taken).containsExactly(arr.touched(7L, 2L, 9L));
    }
  }

  @Test
  void whatNobodyTakesIsKeptUntilSomebodyDoes() throws Exception {
    keep(7);
    AtomicBoolean isAway = new AtomicBoolean(true);
    Queue<TouchedTitles> tries = new ConcurrentLinkedQueue<>();
    try (WebhookReception reception =
        reception(
            0,
            titles -> {
              tries.add(titles);
              if (isAway.get()) {
                throw new IllegalStateException("away");
              }
            })) {
      reception.start();

      await(() -> tries.size() >= 2);
      assertThat(files()).isEqualTo(1);
      isAway.set(false);
      await(() -> files() == 0);
    }
  }

  @Test
  void whatIsHeardWhileTemporalIsAwayIsHandedOnWhenItIsBack() throws Exception {
    int port = TestTemporal.freePort();
    WorkflowServiceStubs stubs = TestTemporal.stubs(port);
    WorkflowClient client = TestTemporal.client(stubs);
    keep(7, 2);
    try (WebhookReception reception = reception(0, new EventsCall(client)::touched)) {
      reception.start();
      assertThat(files()).isEqualTo(1);

      TestTemporal temporal = TestTemporal.startAt(port);
      try {
        await(() -> files() == 0);
        assertThat(signals(temporal.client())).isEqualTo(1);
      } finally {
        temporal.close();
      }
    } finally {
      stubs.shutdownNow();
    }
  }

  private static long signals(WorkflowClient client) {
    try {
      return client.fetchHistory("sync-events/tv").getEvents().stream()
          .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
          .count();
    } catch (WorkflowNotFoundException _) {
      return 0;
    }
  }
}
