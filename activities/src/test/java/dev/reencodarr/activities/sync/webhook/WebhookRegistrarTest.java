package dev.reencodarr.activities.sync.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.WebhookEndpoint;
import dev.reencodarr.activities.store.sync.WebhookEndpointRepository;
import dev.reencodarr.activities.store.sync.WebhookSecretRepository;
import dev.reencodarr.activities.sync.ConnectedArr;
import dev.reencodarr.fakearr.webhook.Notification;
import dev.reencodarr.workflows.sync.TouchedTitles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our webhook in a Sonarr and a Radarr, judged by the vendors' documents. */
class WebhookRegistrarTest {

  @TempDir private Path folder;
  private ConnectedArr arr;
  private WebhookReception reception;
  private WebhookRegistrar registrar;
  private final Queue<TouchedTitles> taken = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void begin() throws Exception {
    start(true);
  }

  private void start(boolean isSonarr) throws Exception {
    arr = isSonarr ? ConnectedArr.sonarr(folder) : ConnectedArr.radarr(folder);
    registrar = new WebhookRegistrar(arr.database(), arr.clients(), arr.home());
    reception =
        new WebhookReception(
            new WebhookPlace(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "http://stale:1",
                "attic",
                "here",
                arr.home()),
            arr.database(),
            taken::add);
    reception.start();
    listenAs("http://127.0.0.1:" + reception.port());
  }

  private void listenAs(String url) {
    new WebhookEndpointRepository(arr.database())
        .seen(new WebhookEndpoint("attic", "here", url, ""));
  }

  @AfterEach
  void close() {
    reception.close();
    arr.close();
  }

  private String register() {
    return registrar.register(arr.connection().wholeSync());
  }

  private Notification only() {
    List<Notification> all = arr.fake().webhooks().notifications();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static List<String> wanted(JsonNode json) {
    return json.properties().stream()
        .filter(one -> one.getKey().matches("on[A-Z].*") && one.getValue().asBoolean())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static JsonNode field(JsonNode json, String name) {
    return StreamSupport.stream(json.path("fields").spliterator(), false)
        .filter(one -> one.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow()
        .path("value");
  }

  private String secret() throws Exception {
    return new WebhookSecretRepository(arr.database())
        .readable(SecretKey.in(arr.home()))
        .secrets()
        .values()
        .iterator()
        .next();
  }

  private long saves() {
    return Stream.of("POST", "PUT", "DELETE")
        .mapToLong(method ->
            arr.fake().requests().all().stream()
                .filter(it -> it.method().equals(method) && it.path().contains("notification"))
                .count())
        .sum();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itIsMadeOnceWithASecretOfItsOwnAndForWhatMattersAlone(boolean isSonarr) throws Exception {
    close();
    start(isSonarr);

    assertThat(register()).isEmpty();

    JsonNode json = only().json();
    assertThat(json.path("name").asText()).isEqualTo("Reencodarr");
    assertThat(only().url()).isEqualTo("http://127.0.0.1:" + reception.port() + "/api/webhooks/tv");
    assertThat(wanted(json))
        .isEqualTo(
            isSonarr
                ? List.of(
                    "onDownload",
                    "onEpisodeFileDelete",
                    "onEpisodeFileDeleteForUpgrade",
                    "onImportComplete",
                    "onRename",
                    "onSeriesAdd",
                    "onSeriesDelete",
                    "onUpgrade")
                : List.of(
                    "onDownload",
                    "onMovieAdded",
                    "onMovieDelete",
                    "onMovieFileDelete",
                    "onMovieFileDeleteForUpgrade",
                    "onRename",
                    "onUpgrade"));
    assertThat(secret()).matches("[0-9a-f]{64}");
    assertThat(field(json, "headers").toString())
        .isEqualTo("[{\"key\":\"X-Reencodarr-Secret\",\"value\":\"" + secret() + "\"}]");
    assertThat(arr.fake().webhooks().deliveries("Test"))
        .as("it was tried when it was saved")
        .hasSize(1);
    long before = saves();
    assertThat(register()).isEmpty();
    assertThat(saves()).as("what is as it is to be is not saved again").isEqualTo(before);
    arr.assertJudged();
  }

  @Test
  void whatWasChangedThereIsPutRightAndWhatIsNotOursStays() throws Exception {
    register();
    long tag = arr.fake().library().addTag("encode");
    ObjectNode changed = only().json().deepCopy();
    changed.put("onUpgrade", false).put("onGrab", true).put("name", "To the encoder");
    changed.putArray("tags").add(tag);
    for (JsonNode one : changed.path("fields")) {
      if (one.path("name").asText().equals("headers")) {
        ((ObjectNode) one).putArray("value").addObject().put("key", "X-Proxy").put("value", "yes");
      }
    }
    arr.fake().webhooks().put(only().id(), changed);

    assertThat(register()).isEmpty();

    JsonNode json = only().json();
    assertThat(wanted(json)).contains("onUpgrade").doesNotContain("onGrab");
    assertThat(json.path("name").asText()).isEqualTo("To the encoder");
    assertThat(json.path("tags").get(0).asLong()).isEqualTo(tag);
    assertThat(field(json, "headers")).hasSize(2);
    assertThat(field(json, "headers").get(0).path("key").asText()).isEqualTo("X-Proxy");
    arr.assertJudged();
  }

  @Test
  void itFollowsTheMachineThatListens() throws Exception {
    register();
    arr.fake().webhooks().put(only().id(), only().json().deepCopy().put("name", "Reencodarr"));
    String before = only().url();
    new WebhookEndpointRepository(arr.database())
        .seen(new WebhookEndpoint("attic", "a-first", "http://127.0.0.1:9", ""));

    assertThat(register()).isEmpty();
    assertThat(only().url()).as("somebody listens there still").isEqualTo(before);

    new WebhookEndpointRepository(arr.database()).gone("a-first");
    listenAs("http://localhost:" + reception.port());
    assertThat(register()).isEmpty();
    assertThat(only().url()).startsWith("http://localhost:");
    arr.assertJudged();
  }

  @Test
  void doubledOnesBecomeOne() throws Exception {
    register();
    var _ = arr.fake().webhooks().add(only().json().deepCopy());

    assertThat(register()).isEmpty();

    assertThat(only().url()).endsWith("/api/webhooks/tv");
  }

  @Test
  void anAddressThatItCannotReachIsTold() throws Exception {
    listenAs("http://127.0.0.1:9");

    assertThat(register())
        .startsWith("it cannot reach http://127.0.0.1:9/api/webhooks/tv (webhook_public_url)")
        .doesNotContain(secret());
    assertThat(arr.fake().webhooks().notifications()).isEmpty();
  }

  @Test
  void whereNobodyListensNothingIsMade() throws Exception {
    new WebhookEndpointRepository(arr.database()).gone("here");

    assertThat(register()).isEmpty();

    assertThat(saves()).isZero();
  }

  @Test
  void aServerThatIsAwayIsTold() throws Exception {
    arr.fake().stop();

    assertThat(register()).isEqualTo("its webhook could not be looked at: nobody listens there");
    assertThat(registrar.unregister(arr.connection().wholeSync()))
        .isEqualTo("nobody listens there");
  }

  @Test
  void oneThatCannotSendHeadersIsLeftAsItIsAndTold() throws Exception {
    register();
    ObjectNode old = only().json().deepCopy();
    old.withArray("fields").removeIf(one -> one.path("name").asText().equals("headers"));
    arr.fake().webhooks().put(only().id(), old);
    long before = saves();

    assertThat(register()).contains("cannot send headers");

    assertThat(saves()).isEqualTo(before);
  }

  @Test
  void whoeverRegistersFirstAllUseTheSameSecret() throws Exception {
    WebhookSecretRepository secrets = new WebhookSecretRepository(arr.database());
    SecretKey key = SecretKey.in(arr.home());
    List<Callable<String>> registrars = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String fresh = "secret " + i;
      registrars.add(() -> secrets.secretOrNew(arr.connection(), key, fresh));
    }
    Set<String> used = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<String> each : threads.invokeAll(registrars)) {
        used.add(each.get());
      }
    }

    assertThat(used).containsExactly(secret());
    assertThat(
            arr.database()
                .client()
                .sql("select count(*) from secrets")
                .query(Integer.class)
                .single())
        .as("the key and the secret of the webhook")
        .isEqualTo(2);
  }

  @Test
  void withoutTheKeyOfThisHomeThatIsToldAndNothingIsMade() throws Exception {
    Files.delete(arr.home().resolve("secret.key"));

    assertThat(register())
        .startsWith("its webhook could not be looked at: ")
        .contains("secret.key is not there");
    assertThat(saves()).isZero();
  }

  @Test
  void itIsTakenAwayWithItsConnection() throws Exception {
    register();

    assertThat(registrar.unregister(arr.connection().wholeSync())).isEmpty();
    new ConnectionRepository(arr.database()).remove(arr.connection());

    assertThat(arr.fake().webhooks().notifications()).isEmpty();
    assertThat(
            new WebhookSecretRepository(arr.database())
                .readable(SecretKey.in(arr.home()))
                .secrets())
        .isEmpty();
    arr.assertJudged();
  }
}
