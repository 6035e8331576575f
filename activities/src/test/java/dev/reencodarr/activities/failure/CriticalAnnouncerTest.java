package dev.reencodarr.activities.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.FailureRows;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureStage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server on loopback, and real rows. */
class CriticalAnnouncerTest {

  private final Database database = TestDatabase.fresh();
  private final FailureRows rows = new FailureRows(database);
  private final Queue<JsonNode> heard = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private CriticalAnnouncer announcer;
  private volatile int answer = 204;
  @TempDir private Path folder;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
          heard.add(body);
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
    Path file = folder.resolve("webhook");
    Files.writeString(
        file, "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=x\n");
    announcer = announcer(file.toString());
  }

  @AfterEach
  void close() {
    announcer.close();
    server.stop(0);
  }

  private CriticalAnnouncer announcer(String file) {
    return new CriticalAnnouncer(new FailureRepository(database), new WebhookFile(file));
  }

  private long killed(Duration ago) {
    return rows.row(
        FailureStage.ENCODING,
        FailureCategory.RESOURCE_EXHAUSTION,
        "EXIT_137",
        "Process killed by system (likely OOM)",
        false,
        ago);
  }

  @Test
  void eachCriticalFailureIsToldOnceTheOldestFirst() {
    long first = killed(Duration.ofHours(2));
    long second = killed(Duration.ofHours(1));
    rows.row(
        FailureStage.ANALYSIS,
        FailureCategory.FILE_ACCESS,
        "FILE_ACCESS",
        "not critical",
        false,
        Duration.ofHours(1));

    assertThat(announcer.look()).isTrue();
    assertThat(announcer.look()).isTrue();

    assertThat(heard).extracting(body -> body.get("id").asLong()).containsExactly(first, second);
    JsonNode body = heard.element();
    assertThat(body.get("event").asText()).isEqualTo("critical_failure");
    assertThat(body.get("severity").asText()).isEqualTo("high");
    assertThat(body.get("code").asText()).isEqualTo("EXIT_137");
    assertThat(body.get("video_path").isNull()).isTrue();
    assertThat(body.get("advice").asText()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 404, 302})
  void whatIsNotTakenIsToldAgain(int refusal) {
    long id = killed(Duration.ofHours(1));
    answer = refusal;

    assertThat(announcer.look()).isFalse();
    answer = 200;
    assertThat(announcer.look()).isTrue();

    assertThat(heard).extracting(body -> body.get("id").asLong()).containsExactly(id, id);
  }

  @Test
  void aServerThatIsAwayIsNoErrorAndNothingIsForgotten() {
    killed(Duration.ofHours(1));
    server.stop(0);

    assertThat(announcer.look()).isFalse();

    assertThat(new FailureRepository(database).announceNext(failure -> true))
        .isEqualTo(FailureRepository.Announced.TOLD);
  }

  @Test
  void whileItIsToldNobodyWaitsForItsRowAndNoOtherWorkerTellsIt() {
    FailureRepository failures = new FailureRepository(database);
    long id = killed(Duration.ofHours(1));

    FailureRepository.Announced announced =
        failures.announceNext(failure ->
            elsewhere(() -> failures.announceNext(again -> true))
                    == FailureRepository.Announced.NONE
                && elsewhere(() -> failures.resolveByHand(id)));

    assertThat(announced).isEqualTo(FailureRepository.Announced.TOLD);
  }

  /** On a connection of its own; a transaction belongs to its thread. */
  private static <T> T elsewhere(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question).orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void whatIsResolvedOrADayOldIsNotToldAnyMore() {
    killed(Duration.ofHours(25));
    new FailureRepository(database).resolveByHand(killed(Duration.ofHours(1)));

    assertThat(announcer.look()).isTrue();

    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "ftp://host/hook", "not an address", "http:///hook"})
  void aFileWithoutAnAddressTellsNobody(String content) throws IOException {
    killed(Duration.ofHours(1));
    Path file = Files.writeString(folder.resolve("other"), content);

    try (CriticalAnnouncer deaf = announcer(file.toString());
        CriticalAnnouncer missing = announcer(folder.resolve("none").toString());
        CriticalAnnouncer none = announcer("")) {
      assertThat(deaf.look()).isTrue();
      assertThat(missing.look()).isTrue();
      assertThat(none.look()).isTrue();
    }

    assertThat(heard).isEmpty();
  }
}
