package dev.reencodarr.activities.sync.arr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.reencodarr.activities.sync.arr.ArrFailed.Kind;
import dev.reencodarr.activities.watching.StubServer;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.Monitored;
import dev.reencodarr.workflows.sync.Title;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes back: failures in our words, questions asked again, orders given once. */
class ArrAnswersTest {

  private final ArrStub stub = new ArrStub(ArrKind.RADARR);
  private final ArrClient radarr = stub.client();

  @AfterEach
  void close() {
    stub.close();
  }

  private static ArrFailed failure(ThrowingCallable asked) {
    ArrFailed failed = catchThrowableOfType(ArrFailed.class, asked);
    assertThat(failed).isNotNull();
    assertThat(failed.getMessage()).doesNotContainIgnoringCase(ArrStub.KEY).hasSizeLessThan(400);
    assertThat(failed.getMessage()).doesNotContain("\n");
    return failed;
  }

  private List<Long> titles() throws ArrFailed {
    List<Long> ids = new ArrayList<>();
    radarr.titles(title -> ids.add(title.id()));
    return ids;
  }

  private static String movie(int id) {
    return "{\"id\":" + id + ",\"path\":\"/films/" + id + "\"}";
  }

  // --- refusals --------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "400, REJECTED, 1",
    "401, KEY_REFUSED, 1",
    "403, KEY_REFUSED, 1",
    "404, NOT_THERE, 1",
    "406, REJECTED, 1",
    "409, CONFLICT, 1",
    "429, AWAY, 3",
    "500, BROKEN, 3",
    "502, BROKEN, 3",
    "503, STARTING, 3",
    "302, NOT_UNDERSTOOD, 1",
  })
  void aRefusalWithoutAWordIsKnownByItsCodeAndAskedAgainWhereItMayPass(
      int code, Kind kind, int times) {
    stub.at("system/status", code, "");

    assertThat(failure(radarr::status))
        .satisfies(failed -> {
          assertThat(failed.kind()).isEqualTo(kind);
          assertThat(failed.getMessage()).contains(String.valueOf(code));
        });

    assertThat(stub.asked()).hasSize(times);
  }

  @Test
  void ofARefusalOneLineIsToldAndNeverTheStackTrace() {
    stub.at(
        "system/status",
        500,
        """
        {"message": "database is locked\\nat NzbDrone.Core", "description": "   at NzbDrone.Core.X()"}
        """);
    assertThat(failure(radarr::status)).hasMessage("it answers 500: database is locked");
    stub.at(
        "system/status",
        400,
        "[{\"propertyName\":\"Url\",\"errorMessage\":\"'Url' must not be empty\"},{\"errorMessage\":\"b\"}]");
    assertThat(failure(radarr::status)).hasMessage("it answers 400: 'Url' must not be empty");
    stub.at(
        "system/status",
        400,
        "{\"title\":\"One or more validation errors occurred.\",\"errors\":{\"id\":[\"x\"]}}");
    assertThat(failure(radarr::status)).hasMessageEndingWith("validation errors occurred.");
    stub.at(
        "system/status",
        503,
        "{\"errorMessage\":\"Radarr is starting up, please try again later\"}");
    assertThat(failure(radarr::status)).hasMessageContaining("starting up");
    stub.at("system/status", 500, "{\"message\":\"" + "x".repeat(5000) + "\"}");
    assertThat(failure(radarr::status).getMessage()).hasSizeLessThan(250).endsWith("…");
    stub.at("system/status", 502, "<html>Bad Gateway</html>");
    assertThat(failure(radarr::status)).hasMessage("it answers 502");
    stub.at("system/status", 500, "{\"message\":{\"a\":1},\"errorMessage\":null,\"title\":[]}");
    assertThat(failure(radarr::status)).hasMessage("it answers 500");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wrong key " + ArrStub.KEY,
        "http://nas/?apikey=" + ArrStub.KEY + "&x=1",
        "/path/" + ArrStub.KEY + "/x",
        "\\u0007" + ArrStub.KEY,
        // So that a cut after 200 letters would leave half of it.
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            + "xxxxxxxxxxxxxx "
            + ArrStub.KEY,
      })
  void theKeyIsToldInNoMessage(String told) throws Exception {
    stub.at("system/status", 401, "{\"message\":\"" + told + "\"}")
        .at("command", 201, "{\"id\":1,\"status\":\"failed\",\"message\":\"" + told + "\"}");

    assertThat(failure(radarr::status).getMessage()).doesNotContain(ArrStub.KEY.substring(0, 8));
    assertThat(radarr.rescan(1).message()).doesNotContain(ArrStub.KEY.substring(0, 8));
  }

  @Test
  void ofAnEndlessRefusalOnlyTheBeginningIsRead() {
    AtomicInteger sent = new AtomicInteger();
    stub.at(
        "system/status",
        exchange -> {
          exchange.sendResponseHeaders(400, 0);
          byte[] block = "x".repeat(64 << 10).getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i < 4096; i++) {
            exchange.getResponseBody().write(block);
            sent.incrementAndGet();
          }
        });

    assertThat(failure(radarr::status).kind()).isEqualTo(Kind.REJECTED);
    assertThat(sent.get()).isLessThan(4096);
  }

  @Test
  void a404ThatIsNotTheProgramsSaysNothingOfWhatIsThere() throws Exception {
    stub.at("movie/1", 404, "404 page not found").at("movie/2", 404, "");
    stub.at(
        "movie/3",
        exchange -> {
          exchange.getResponseHeaders().add("X-Application-Version", "6.0");
          StubServer.send(exchange, 404, "");
        });

    assertThat(failure(() -> radarr.title(1)).kind()).isEqualTo(Kind.NOT_THERE);
    assertThat(failure(() -> radarr.title(2))).hasMessageContaining("check the address");
    assertThat(radarr.title(3)).isEmpty();
  }

  // --- shapes ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!doctype html><html></html>",
        "{\"page\":1,\"records\":[]}",
        "\"text\"",
        "null",
        "7",
        "nope",
        "[{\"id\":1},}]",
      })
  void whatIsNoListIsNotUnderstoodAndNotTakenForAnEmptyOne(String body) {
    stub.at("movie", 200, body);

    ArrFailed failed = failure(this::titles);

    assertThat(failed.kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
    assertThat(failed).hasMessageContaining("Radarr").hasMessageContaining("address");
    assertThat(stub.asked()).hasSize(1);
  }

  @Test
  void anotherThingThanTheOneAskedForIsNotTakenForIt() {
    stub.at("movie/42", 200, movie(41))
        .at("moviefile/7", 200, "{\"id\":7}")
        .at("command/1", 200, "{}")
        .at("system/status", 200, "{\"ok\":true}");

    assertThat(failure(() -> radarr.title(42)).kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
    assertThat(failure(() -> radarr.file(7)).kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
    assertThat(failure(() -> radarr.command(1)).kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
    assertThat(failure(radarr::status).kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[{\"id\":1,\"path\":\"/films/1\"}",
        "[{\"id\":1,\"path\":\"/films/1\"},",
        "[{\"id\":1,\"path\":\"/fil",
        "[{\"id\":1,\"path\":\"/films/1\",\"monitored\":tr",
      })
  void aListThatEndsEarlyIsCutAndNeverAShortOne(String body) {
    stub.at("movie", 200, body);

    assertThat(failure(this::titles).kind()).isEqualTo(Kind.CUT);
    assertThat(stub.asked()).hasSize(3);
  }

  @Test
  void aConnectionThatEndsInTheMiddleIsCut() {
    stub.at(
        "movie",
        exchange -> {
          exchange.sendResponseHeaders(200, 100_000);
          exchange.getResponseBody().write(("[" + movie(1) + ",").getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
        });

    assertThat(failure(this::titles).kind()).isEqualTo(Kind.CUT);
  }

  @Test
  void aListThatIsWholeTheSecondTimeIsToldOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    String whole = "[" + movie(1) + "," + movie(2) + "," + movie(3) + "]";
    stub.at(
        "movie",
        exchange -> {
          int letters = asked.incrementAndGet() == 1 ? whole.length() - 10 : whole.length();
          StubServer.send(exchange, 200, whole.substring(0, letters));
        });

    assertThat(titles()).containsExactly(1L, 2L, 3L);
    assertThat(asked).hasValue(2);
  }

  @Test
  void whatFailsInTheHandsOfWhoIsToldIsTheirsAndNotAskedAgain() {
    stub.at("movie", 200, "[" + movie(1) + "]");

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            radarr.titles(_ -> {
              throw new IllegalArgumentException("ours");
            }));
    assertThat(stub.asked()).hasSize(1);
  }

  @Test
  void tooMuchOfAnAnswerIsNotRead() {
    Limits small =
        new Limits(
            ArrStub.LIMITS.connect(),
            ArrStub.LIMITS.ordinary(),
            ArrStub.LIMITS.whole(),
            ArrStub.LIMITS.pause(),
            100_000,
            20_000);
    try (ArrStub narrow = new ArrStub(ArrKind.RADARR, small)) {
      narrow.at("movie", 200, "[{\"id\":1,\"overview\":\"" + "x".repeat(50_000) + "\"}]");
      assertThat(failure(() -> narrow.client().titles(_ -> {})).kind()).isEqualTo(Kind.CUT);
      assertThat(narrow.asked()).as("it would be as long again").hasSize(1);
      narrow.at("movie", 200, "[" + (movie(1) + ",").repeat(5_000) + movie(2) + "]");
      assertThat(failure(() -> narrow.client().titles(_ -> {})))
          .hasMessageContaining("100000 bytes");
    }
  }

  @Test
  void aDeeplyNestedAnswerIsNotUnderstood() {
    stub.at("movie", 200, "[".repeat(100_000));

    assertThat(failure(this::titles).kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
  }

  @Test
  void fiftyThousandMoviesAreToldAsTheyComeAndNotHeld() throws Exception {
    int movies = 50_000;
    CountDownLatch toldOfMany = new CountDownLatch(20_000);
    stub.at("movie", exchange -> send(exchange, movies, toldOfMany));
    AtomicInteger told = new AtomicInteger();
    List<WeakReference<Title>> firsts = new ArrayList<>();
    AtomicInteger held = new AtomicInteger();

    radarr.titles(title -> {
      toldOfMany.countDown();
      if (told.incrementAndGet() <= 1_000) {
        firsts.add(new WeakReference<>(title));
      }
      if (told.get() == movies) {
        System.gc();
        firsts.stream().filter(first -> first.get() != null).forEach(_ -> held.incrementAndGet());
      }
    });

    assertThat(told).hasValue(movies);
    assertThat(held.get()).isLessThan(10);
  }

  /** The last twenty thousand are only sent when as many of the first were told. */
  private static void send(HttpExchange exchange, int movies, CountDownLatch toldOfMany)
      throws IOException {
    exchange.sendResponseHeaders(200, 0);
    String overview = "x".repeat(1_000);
    try (OutputStream body = exchange.getResponseBody()) {
      for (int id = 1; id <= movies; id++) {
        if (id == 30_000) {
          await(toldOfMany);
        }
        String movie =
            "{\"id\":%d,\"path\":\"/films/%d\",\"overview\":\"%s\"}".formatted(id, id, overview);
        body.write(((id == 1 ? "[" : ",") + movie).getBytes(StandardCharsets.UTF_8));
      }
      body.write(']');
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new IOException("it waits for the end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  // --- silence, redirects, orders --------------------------------------------------------------

  private static ArrStub impatient(Duration read, Duration call) {
    Limits.Wait wait = new Limits.Wait(read, call);
    return new ArrStub(
        ArrKind.RADARR,
        new Limits(Duration.ofSeconds(5), wait, wait, Duration.ofMillis(10), 512L << 20, 2 << 20));
  }

  @Test
  void whoDoesNotAnswerInTimeIsAskedThreeTimes() {
    CountDownLatch over = new CountDownLatch(1);
    try (ArrStub slow = impatient(Duration.ofMillis(200), Duration.ofSeconds(20))) {
      slow.at("system/status", _ -> await(over));

      ArrFailed failed = failure(() -> slow.client().status());

      assertThat(failed.kind()).isEqualTo(Kind.AWAY);
      assertThat(failed).hasMessageContaining("in time");
      assertThat(slow.asked()).hasSize(3);
      over.countDown();
    }
  }

  @Test
  void whoSendsAByteAtATimeDoesNotHoldUsForEverAndIsNotAskedAgain() {
    CountDownLatch over = new CountDownLatch(1);
    try (ArrStub slow = impatient(Duration.ofSeconds(20), Duration.ofMillis(600))) {
      slow.at("movie", exchange -> trickle(exchange, over));

      ArrFailed failed = failure(() -> slow.client().titles(_ -> {}));

      assertThat(failed.kind()).isEqualTo(Kind.AWAY);
      assertThat(slow.asked()).hasSize(1);
      over.countDown();
    }
  }

  private static void trickle(HttpExchange exchange, CountDownLatch over) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.write('[');
    try {
      while (!over.await(20, TimeUnit.MILLISECONDS)) {
        body.write(' ');
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void nobodyListensWhereNobodyIs() {
    StubServer gone = new StubServer();
    gone.close();
    try (ArrClients clients = new ArrClients(ArrStub.LIMITS)) {
      ArrClient nobody = clients.at(ArrKind.SONARR, gone.url(), ArrStub.KEY);

      assertThat(failure(nobody::status))
          .hasMessage("nobody listens there")
          .extracting(ArrFailed::kind)
          .isEqualTo(Kind.AWAY);
    }
  }

  @Test
  void aQuestionIsAskedAgainUntilItIsAnsweredAndThriceAtMost() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    stub.at(
        "system/status",
        exchange -> {
          if (asked.incrementAndGet() == 1) {
            StubServer.send(exchange, 503, "");
          } else if (asked.get() == 3) {
            StubServer.send(exchange, 200, "{\"appName\":\"Radarr\"}");
          }
          // The second time the connection just ends.
        });

    assertThat(radarr.status().appName()).isEqualTo("Radarr");
    assertThat(asked).hasValueGreaterThanOrEqualTo(3);
  }

  @Test
  void anOrderIsGivenOnceWhateverBecomesOfIt() throws Exception {
    Monitored on = new Monitored(new java.util.TreeSet<>(List.of(1L)), new java.util.TreeSet<>());
    stub.at("movie/1", 200, "{\"id\":1,\"monitored\":false}");
    // A connection that was used before: one that OkHttp would try again of itself.
    assertThat(failure(() -> radarr.title(1)).kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
    for (int code : new int[] {408, 500, 503}) {
      stub.at(
              "command",
              exchange -> {
                exchange.getResponseHeaders().add("Retry-After", "0");
                StubServer.send(exchange, code, "");
              })
          .at("movie/editor", code, "");
      assertThat(failure(() -> radarr.rescan(1)).kind().mayPass()).isTrue();
      assertThat(failure(() -> radarr.restore(on)).kind().mayPass()).isTrue();
    }
    stub.at("command", _ -> {}).at("movie/editor", _ -> {});
    assertThat(failure(() -> radarr.rescan(1)).kind()).isEqualTo(Kind.AWAY);
    assertThat(failure(() -> radarr.restore(on)).kind()).isEqualTo(Kind.AWAY);

    assertThat(stub.asked()).filteredOn("POST command"::equals).hasSize(4);
    assertThat(stub.asked()).filteredOn("PUT movie/editor"::equals).hasSize(4);
  }

  private static StubServer.Answer redirect(int code, String target) {
    return exchange -> {
      exchange.getResponseHeaders().add("Location", target);
      StubServer.send(exchange, code, "");
    };
  }

  @Test
  void theKeyIsNotCarriedToAnotherHost() {
    try (StubServer other = new StubServer()) {
      other.at("/api/v3/system/status", 200, "{\"appName\":\"Radarr\"}");
      for (int code : new int[] {301, 302, 307, 308}) {
        stub.at("system/status", redirect(code, other.url() + "api/v3/system/status"));
        assertThat(failure(radarr::status).kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
      }
      stub.at("system/status", redirect(307, "//" + other.url().getAuthority() + "/api"));
      assertThat(failure(radarr::status)).hasMessageContaining("check the address");

      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void onItsOwnHostAQuestionIsCarriedIntoTheUrlBaseAndAnOrderIsNot() throws Exception {
    stub.at("system/status", redirect(307, "/radarr/base/api/v3/system/status"))
        .at("command", redirect(307, "/radarr/base/api/v3/command"));
    stub.server()
        .at("/radarr/base/api/v3/system/status", 200, "{\"appName\":\"Radarr\"}")
        .at("/radarr/base/api/v3/command", 201, "{\"id\":1}");

    assertThat(radarr.status().appName()).isEqualTo("Radarr");
    assertThat(failure(() -> radarr.rescan(1)).kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
    assertThat(stub.asked()).hasSize(3);
  }

  @Test
  void whoIsSentInCirclesGivesUp() {
    stub.at("system/status", redirect(307, "/base/api/v3/system/status"));

    assertThat(failure(radarr::status).kind()).isEqualTo(Kind.NOT_UNDERSTOOD);
    assertThat(stub.asked()).hasSize(2);
  }

  @Test
  void anAddressOrKeyThatCanBeNoneIsRefusedWithoutSayingTheKey() {
    try (ArrClients clients = new ArrClients()) {
      for (String address :
          List.of("http://nas:8989/sonarr", "ftp://nas/", "http://a:b@nas/", "http://nas/?a=b")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> clients.at(ArrKind.SONARR, URI.create(address), ArrStub.KEY))
            .withMessageContaining("address");
      }
      for (String key : List.of("", ArrStub.KEY + "\n", "schlüssel")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> clients.at(ArrKind.SONARR, URI.create("http://nas/"), key))
            .withMessageNotContaining(ArrStub.KEY)
            .withMessageNotContaining("schl");
      }
    }
  }
}
