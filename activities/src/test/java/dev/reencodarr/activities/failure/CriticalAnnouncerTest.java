package dev.reencodarr.activities.failure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.FailureRepository.Answer;
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
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A real server on loopback, and real rows. */
class CriticalAnnouncerTest {

  private final Database database = TestDatabase.fresh();
  private final FailureRows rows = new FailureRows(database);
  private final Queue<JsonNode> heard = new ConcurrentLinkedQueue<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(CriticalAnnouncer.class);
  private HttpServer server;
  private CriticalAnnouncer announcer;
  private volatile int answer = 204;
  private final Set<Long> refused = ConcurrentHashMap.newKeySet();
  @TempDir private Path folder;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
          heard.add(body);
          exchange.sendResponseHeaders(
              refused.contains(body.get("id").asLong()) ? 400 : answer, -1);
          exchange.close();
        });
    server.start();
    Path file = folder.resolve("webhook");
    Files.writeString(
        file, "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=x\n");
    announcer = announcer(file.toString());
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void close() {
    announcer.close();
    server.stop(0);
    logger.detachAppender(log);
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
  void whatIsNotTakenIsToldAgainAfterAWhile(int refusal) {
    long id = killed(Duration.ofHours(1));
    answer = refusal;

    announcer.look();
    answer = 200;
    announcer.look();
    assertThat(ids()).as("at once").containsExactly(id);
    pausesPass();
    announcer.look();

    assertThat(ids()).containsExactly(id, id);
  }

  @Test
  void aFailureThatIsRefusedHoldsUpNoOtherAndItsPausesGrow() {
    long bad = killed(Duration.ofHours(3));
    refused.add(bad);
    long first = killed(Duration.ofHours(2));

    assertThat(announcer.look()).as("somebody answers").isTrue();
    announcer.look();
    assertThat(ids()).containsExactly(bad, first);
    assertThat(pauseOf(bad)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));

    long second = killed(Duration.ofHours(1));
    pausesPass();
    announcer.look();

    assertThat(ids()).containsExactly(bad, first, second, bad);
    assertThat(pauseOf(bad)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(10));
    database.client().sql("update video_failures set announce_refusals = 2000000").update();
    pausesPass();
    announcer.look();
    assertThat(pauseOf(bad)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
  }

  @Test
  void whatNobodyWasToldOfWithinADayIsGivenUpAndThatIsSaidOnce() {
    long bad = killed(Duration.ofHours(23));
    refused.add(bad);
    long resolved = killed(Duration.ofHours(25));
    new FailureRepository(database).resolveByHand(resolved);
    announcer.look();
    assertThat(errors()).isEmpty();
    database
        .client()
        .sql("update video_failures set inserted_at = inserted_at - interval '2 hours'")
        .update();
    pausesPass();

    announcer.look();
    announcer.look();

    assertThat(ids()).containsExactly(bad);
    assertThat(errors())
        .singleElement()
        .satisfies(said -> assertThat(said).contains("given up: " + bad + ";"));
  }

  private List<Long> ids() {
    return heard.stream().map(body -> body.get("id").asLong()).toList();
  }

  private void pausesPass() {
    database
        .client()
        .sql(
            "update video_failures set announce_again_at = now() where announce_again_at < 'infinity'")
        .update();
  }

  private Duration pauseOf(long id) {
    return Duration.ofMillis(
        database
            .client()
            .sql(
                """
                select cast(1000 * extract(epoch from announce_again_at - now()) as bigint)
                from video_failures where id = :id
                """)
            .param("id", id)
            .query(Long.class)
            .single());
  }

  private List<String> errors() {
    return log.list.stream()
        .filter(line -> line.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void aServerThatIsAwayIsNoErrorAndNothingIsForgotten() {
    killed(Duration.ofHours(1));
    server.stop(0);

    assertThat(announcer.look()).isFalse();

    pausesPass();
    assertThat(new FailureRepository(database).announceNext(failure -> Answer.TAKEN))
        .contains(Answer.TAKEN);
  }

  @Test
  void whileItIsToldNobodyWaitsForItsRowAndNoOtherWorkerTellsIt() {
    FailureRepository failures = new FailureRepository(database);
    long id = killed(Duration.ofHours(1));

    Optional<Answer> announced =
        failures.announceNext(failure ->
            elsewhere(() -> failures.announceNext(again -> Answer.TAKEN)).isEmpty()
                    && elsewhere(() -> failures.resolveByHand(id))
                ? Answer.TAKEN
                : Answer.REFUSED);

    assertThat(announced).contains(Answer.TAKEN);
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
