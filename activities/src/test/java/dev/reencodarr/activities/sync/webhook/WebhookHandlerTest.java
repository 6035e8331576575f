package dev.reencodarr.activities.sync.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.secret.SecretUnreadable;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.WebhookSecretRepository.SecretsRead;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.sync.ArrKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks by real HTTP on loopback. */
class WebhookHandlerTest {

  private static final String DOWNLOAD = "{\"eventType\":\"Download\",\"series\":{\"id\":12}}";

  private final Map<Connection, String> secrets = new ConcurrentHashMap<>();
  private final AtomicInteger looks = new AtomicInteger();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  @TempDir private Path home;
  private volatile boolean isAway = false;
  private Doorkeeper doors;
  private EventSpool spool;
  private WebhookListener listener;

  @BeforeEach
  void listen() throws IOException {
    doors = new Doorkeeper(this::read);
    spool = EventSpool.open(home.resolve("webhooks"));
    listener =
        WebhookListener.at(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new WebhookHandler(doors, spool));
    secrets.put(connection("tv"), "right");
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
    spool.close();
    http.close();
  }

  private SecretsRead read() throws SecretUnreadable {
    looks.incrementAndGet();
    if (isAway) {
      throw new IllegalStateException("PostgreSQL is away");
    }
    return new SecretsRead(secrets, List.of());
  }

  private static Connection connection(String name) {
    return new Connection(
        3,
        name,
        ArrKind.SONARR,
        URI.create("http://nas:8989/" + name + "/"),
        1,
        "attic",
        PathMap.NONE,
        Duration.ofHours(6));
  }

  private int send(String path, String secret, BodyPublisher body) throws Exception {
    return send("POST", path, secret, body);
  }

  private int send(String method, String path, String secret, BodyPublisher body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
            .method(method, body)
            .timeout(Duration.ofSeconds(60));
    if (!secret.isEmpty()) {
      request.header("X-Reencodarr-Secret", secret);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private int send(String secret, String body) throws Exception {
    return send("/api/webhooks/tv", secret, BodyPublishers.ofString(body));
  }

  private List<Long> kept() throws IOException {
    return spool.take().events().stream().map(SpooledEvent::title).toList();
  }

  @Test
  void anEventIsOnDiskWhenItIsAnswered() throws Exception {
    doors.look();

    assertThat(send("right", DOWNLOAD)).isEqualTo(204);

    assertThat(kept()).containsExactly(12L);
    assertThat(spool.take().events())
        .containsExactly(new SpooledEvent(3, "tv", ArrKind.SONARR, "attic", 12));
  }

  @Test
  void bothMethodsAndAPrefixOfAProxyAreTaken() throws Exception {
    doors.look();
    BodyPublisher body = BodyPublishers.ofString(DOWNLOAD);

    assertThat(send("PUT", "/api/webhooks/tv", "right", body)).isEqualTo(204);
    assertThat(send("/reencodarr/api/webhooks/tv/", "right", body)).isEqualTo(204);
    assertThat(send("GET", "/api/webhooks/tv", "right", BodyPublishers.noBody())).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong", "righ", "RIGHT", "right, right"})
  void withoutTheSecretNobodyIsHeard(String secret) throws Exception {
    doors.look();

    assertThat(send(secret, DOWNLOAD)).isEqualTo(401);

    assertThat(kept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/webhooks/",
        "/api/webhooks/films",
        "/api/webhooks/tv/more",
        "/api/webhooks/TV",
        "/api/webhooks/%74%76",
        "/api/webhooks/..%2ftv",
      })
  void whatIsNoConnectionIsNotFound(String path) throws Exception {
    doors.look();

    assertThat(send(path, "right", BodyPublishers.ofString(DOWNLOAD))).isEqualTo(404);
  }

  @Test
  void whatIsOfNoUseIsTakenAndForgotten() throws Exception {
    doors.look();

    assertThat(send("right", "{\"eventType\":\"Test\",\"series\":{\"id\":1}}")).isEqualTo(204);
    assertThat(send("right", "{\"eventType\":\"Download\",\"movie\":{\"id\":1}}")).isEqualTo(204);
    assertThat(send("right", "{\"eventType\":")).isEqualTo(400);
    assertThat(send("right", "")).isEqualTo(400);

    assertThat(kept()).isEmpty();
  }

  @Test
  void aBodyOfAMebibyteIsReadAndALargerOneIsNot() throws Exception {
    doors.look();
    String largest = DOWNLOAD + " ".repeat((1 << 20) - DOWNLOAD.length());

    assertThat(send("right", largest)).isEqualTo(204);
    assertThat(send("right", largest + " ")).isEqualTo(413);
    BodyPublisher unknownLength =
        BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream((largest + largest).getBytes(StandardCharsets.UTF_8)));
    assertThat(send("/api/webhooks/tv", "right", unknownLength)).isEqualTo(413);
    assertThat(kept()).containsExactly(12L);
  }

  @Test
  void whoIsKnownIsHeardWhilePostgresqlIsAwayAndWhoIsNotIsAskedToComeAgain() throws Exception {
    isAway = true;
    doors.look();
    assertThat(send("right", DOWNLOAD)).isEqualTo(503);

    isAway = false;
    doors.look();
    isAway = true;
    doors.look();

    assertThat(send("right", DOWNLOAD)).isEqualTo(204);
    assertThat(send("wrong", DOWNLOAD)).isEqualTo(401);
    assertThat(send("/api/webhooks/films", "right", BodyPublishers.ofString(DOWNLOAD)))
        .isEqualTo(503);
  }

  @Test
  void aConnectionThatIsSecondsOldAndASecretThatHasChangedAreHeardAtOnce() throws Exception {
    doors.look();
    secrets.put(connection("films"), "new");
    assertThat(send("/api/webhooks/films", "new", BodyPublishers.ofString(DOWNLOAD)))
        .isEqualTo(204);

    secrets.put(connection("tv"), "changed");
    assertThat(send("changed", DOWNLOAD)).isEqualTo(204);
    assertThat(send("right", DOWNLOAD)).isEqualTo(401);
  }

  @Test
  void whoIsKnownCausesNoLookAtPostgresql() throws Exception {
    doors.look();
    for (int i = 0; i < 50; i++) {
      assertThat(send("right", DOWNLOAD)).isEqualTo(204);
    }
    assertThat(looks).hasValue(1);
  }

  @Test
  void whoSendsSlowlyHoldsUpNobody() throws Exception {
    doors.look();
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        slow.add(socket);
        OutputStream out = socket.getOutputStream();
        String half =
            i % 2 == 0
                ? "POST /api/webhooks/tv HT"
                : "POST /api/webhooks/tv HTTP/1.1\r\nHost: x\r\nX-Reencodarr-Secret: right\r\n"
                    + "Content-Length: 1000\r\n\r\n{";
        out.write(half.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      long began = System.nanoTime();
      assertThat(send("right", DOWNLOAD)).isEqualTo(204);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertThat(kept()).containsExactly(12L);
  }

  @Test
  void whatCannotBeWrittenDownIsNotSaidToBeTaken() throws Exception {
    doors.look();
    Files.delete(home.resolve("webhooks"));

    assertThat(send("right", DOWNLOAD)).isEqualTo(503);
  }
}
