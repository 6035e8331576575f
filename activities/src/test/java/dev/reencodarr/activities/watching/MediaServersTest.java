package dev.reencodarr.activities.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.media.MediaServer;
import dev.reencodarr.activities.store.media.MediaServerRepository;
import dev.reencodarr.activities.store.media.MediaServerState;
import dev.reencodarr.activities.store.media.TellingRepository;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.sync.TellOrder;
import dev.reencodarr.workflows.sync.TellProgress;
import dev.reencodarr.workflows.watching.HoldWhen;
import dev.reencodarr.workflows.watching.MediaServerKind;
import dev.reencodarr.workflows.watching.Viewers;
import dev.reencodarr.workflows.watching.WatchPolicy;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** On stubs that listen on loopback, and a real database. */
class MediaServersTest {

  private static final String TOKEN = "s3cr3t-t0k3n";
  private static final String PLEX_SESSIONS =
      """
      {"MediaContainer": {"size": 5, "Metadata": [
        {"type": "movie", "Player": {"state": "playing"}},
        {"type": "episode", "Player": {"state": "buffering"},
         "TranscodeSession": {"videoDecision": "transcode"}},
        {"type": "episode", "Player": {"state": "playing"},
         "TranscodeSession": {"videoDecision": "copy", "audioDecision": "transcode"}},
        {"type": "movie", "Player": {"state": "paused"},
         "TranscodeSession": {"videoDecision": "transcode"}},
        {"type": "track", "Player": {"state": "playing"}}]}}
      """;
  private static final String JELLYFIN_SESSIONS =
      """
      [{"UserName": "idle"},
       {"NowPlayingItem": {"MediaType": "Video"}, "PlayState": {"IsPaused": false}},
       {"NowPlayingItem": {"MediaType": "Video"}, "PlayState": {"IsPaused": false},
        "TranscodingInfo": {"IsVideoDirect": false}},
       {"NowPlayingItem": {"MediaType": "Video"}, "PlayState": {"IsPaused": false},
        "TranscodingInfo": {"IsVideoDirect": true}},
       {"NowPlayingItem": {"MediaType": "Video"}, "PlayState": {"IsPaused": true}},
       {"NowPlayingItem": {"MediaType": "Audio"}, "PlayState": {"IsPaused": false}}]
      """;

  private final Database database = TestDatabase.fresh();
  private final MediaServerRepository rows = new MediaServerRepository(database);
  private final TellingRepository tellings = new TellingRepository(database);
  private final StubServer stub = new StubServer();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  @TempDir private Path home;
  private MediaServers servers;

  @BeforeEach
  void open() {
    servers = new MediaServers(database, home);
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void close() {
    root.detachAppender(log);
    servers.close();
    stub.close();
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains(TOKEN));
  }

  private MediaServer add(MediaServerKind kind, HoldWhen when, Duration after) throws Exception {
    return add(kind, stub.url(), when, after);
  }

  private MediaServer add(MediaServerKind kind, URI url, HoldWhen when, Duration after)
      throws Exception {
    long id =
        rows.put(
            new MediaServer(
                0,
                kind,
                url,
                0,
                "default",
                when,
                new WatchPolicy(after),
                new PathMap(List.of(new PathMap.Rule("/films", "/media/My Films"))),
                true),
            SecretKey.inOrNew(home),
            TOKEN);
    return rows.find(id).orElseThrow();
  }

  private MediaServer add(MediaServerKind kind) throws Exception {
    return add(kind, HoldWhen.PLAYING, Duration.ofMinutes(5));
  }

  @Test
  void plexTellsWhoWatchesVideosAndForWhomItReencodesThem() throws Exception {
    stub.at("/status/sessions", 200, PLEX_SESSIONS);

    assertThat(servers.viewers(add(MediaServerKind.PLEX))).isEqualTo(new Viewers(3, 1));

    assertThat(stub.asked())
        .singleElement()
        .satisfies(asked -> {
          assertThat(asked.line()).as("no token in the address").isEqualTo("GET /status/sessions");
          assertThat(asked.headers())
              .containsEntry("x-plex-token", TOKEN)
              .containsEntry("accept", "application/json");
        });
  }

  @Test
  void jellyfinAndEmbyTellTheSameEachByItsOwnHeader() throws Exception {
    stub.at("/Sessions", 200, JELLYFIN_SESSIONS);

    assertThat(servers.viewers(add(MediaServerKind.JELLYFIN))).isEqualTo(new Viewers(3, 1));
    assertThat(servers.viewers(add(MediaServerKind.EMBY))).isEqualTo(new Viewers(3, 1));

    assertThat(stub.asked().get(0).headers())
        .containsEntry("authorization", "MediaBrowser Token=\"" + TOKEN + "\"");
    assertThat(stub.asked().get(1).headers()).containsEntry("x-emby-token", TOKEN);
  }

  @Test
  void aPlexWhereNobodyIsHasNoSessionsAtAll() throws Exception {
    stub.at("/status/sessions", 200, "{\"MediaContainer\": {\"size\": 0}}");

    assertThat(servers.viewers(add(MediaServerKind.PLEX))).isEqualTo(new Viewers(0, 0));
  }

  private void fails(MediaServer server, String why) {
    assertThatExceptionOfType(MediaServerFailed.class)
        .isThrownBy(() -> servers.viewers(server))
        .withMessage(why)
        .withNoCause();
  }

  @Test
  void aTokenIsNotCarriedToWhereARedirectPoints() throws Exception {
    try (StubServer elsewhere = new StubServer()) {
      elsewhere.at("/status/sessions", 200, PLEX_SESSIONS);
      stub.at(
          "/status/sessions",
          exchange -> {
            exchange.getResponseHeaders().set("Location", elsewhere.url() + "status/sessions");
            StubServer.send(exchange, 302, "");
          });

      fails(
          add(MediaServerKind.PLEX),
          "it sends us elsewhere (302), where the token is not carried to");

      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  @Test
  void hostileAnswersAreNoAnswers() throws Exception {
    MediaServer plex = add(MediaServerKind.PLEX);
    stub.at("/status/sessions", 200, "<MediaContainer size=\"1\"/>");
    fails(plex, "it answers what is no JSON: is this its address?");
    stub.at("/status/sessions", 200, "[".repeat(100_000));
    fails(plex, "it answers what is no JSON: is this its address?");
    stub.at("/status/sessions", 200, "[1, 2]");
    fails(plex, "it does not answer like Plex");
    stub.at("/status/sessions", 401, "the token " + TOKEN + " is wrong");
    fails(plex, "it refuses the token (401)");
    stub.at("/status/sessions", 500, "x".repeat(1_000_000));
    fails(plex, "it answers 500");
    stub.at(
        "/status/sessions",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          byte[] much = " ".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
          for (int mebibyte = 0; mebibyte < 64; mebibyte++) {
            out.write(much);
          }
        });
    fails(plex, "it answers more than 8 MiB");
    stub.at("/status/sessions", 200, "");
    fails(plex, "it answers nothing");
    MediaServer jellyfin = add(MediaServerKind.JELLYFIN);
    stub.at("/Sessions", 200, "{}");
    fails(jellyfin, "it does not answer like Jellyfin or Emby");
  }

  @Test
  void whoListensAndSaysNothingIsGivenUpAfterSeconds() throws Exception {
    MediaServer plex = add(MediaServerKind.PLEX);
    stub.at(
        "/status/sessions",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            for (int drip = 0; drip < 60; drip++) {
              exchange.getResponseBody().write(' ');
              exchange.getResponseBody().flush();
              Thread.sleep(1000);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    long begin = System.nanoTime();

    fails(plex, "it does not answer in time");

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void whereNobodyListensThatIsSaid() throws Exception {
    fails(
        add(
            MediaServerKind.PLEX,
            URI.create("http://127.0.0.1:9/"),
            HoldWhen.PLAYING,
            Duration.ZERO),
        "nobody listens there");
  }

  @Test
  void aRowThatWasPointedElsewhereGivesTheTokenToNobody() throws Exception {
    MediaServer plex = add(MediaServerKind.PLEX);
    try (StubServer elsewhere = new StubServer()) {
      database
          .client()
          .sql("update media_servers set url = :url")
          .param("url", elsewhere.url().toString())
          .update();

      fails(
          rows.find(plex.id()).orElseThrow(),
          "the secret was encrypted under another key, for another address, or was changed since");
      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  private WatchingSource source() {
    return new WatchingSource(rows, servers, "default");
  }

  private MediaServerState state() {
    return rows.states().getFirst();
  }

  /** As if so much time had gone by. */
  private void later(Duration time) {
    database
        .client()
        .sql(
            """
            update media_servers set asked_at = asked_at - make_interval(secs => :seconds),
              answered_at = answered_at - make_interval(secs => :seconds),
              watched_at = watched_at - make_interval(secs => :seconds)
            """)
        .param("seconds", time.toSeconds())
        .update();
  }

  @Test
  void whileSomebodyWatchesWorkIsHeldAndGoesOnAWhileAfterTheLastOneHasStopped() throws Exception {
    add(MediaServerKind.PLEX);
    stub.at("/status/sessions", 200, PLEX_SESSIONS);
    WatchingSource source = source();
    assertThat(source.holds()).isEmpty();

    source.refresh();

    assertThat(source.holds())
        .singleElement()
        .satisfies(hold -> {
          assertThat(hold.stops()).isTrue();
          assertThat(hold.why()).isEqualTo("somebody watches (plex)");
        });
    source.refresh();
    assertThat(stub.asked()).as("a moment later nobody asks again").hasSize(1);

    stub.at("/status/sessions", 200, "{\"MediaContainer\": {\"size\": 0}}");
    later(Duration.ofMinutes(4));
    source.refresh();
    assertThat(source.holds())
        .singleElement()
        .satisfies(
            hold -> assertThat(hold.why()).isEqualTo("somebody has watched (plex) a moment ago"));

    later(Duration.ofMinutes(2));
    source.refresh();
    assertThat(source.holds()).isEmpty();
  }

  @Test
  void whatOthersHaveHeardIsKnownBeforeAServerHasAnswered() throws Exception {
    add(MediaServerKind.PLEX);
    stub.at("/status/sessions", 200, PLEX_SESSIONS);
    source().refresh();
    later(Duration.ofMinutes(1));
    WatchingSource restarted = source();
    assertThat(restarted.isKnown()).isFalse();
    List<String> meanwhile = Collections.synchronizedList(new ArrayList<>());
    stub.at(
        "/status/sessions",
        exchange -> {
          meanwhile.add(restarted.isKnown() + " " + restarted.holds().size());
          StubServer.send(exchange, 500, "");
        });

    restarted.refresh();

    assertThat(meanwhile).containsExactly("true 1");
  }

  @Test
  void onlyWhereTheServerReencodesIfThatIsWanted() throws Exception {
    add(MediaServerKind.PLEX, HoldWhen.TRANSCODING, Duration.ofMinutes(5));
    stub.at(
        "/status/sessions",
        200,
        "{\"MediaContainer\": {\"Metadata\": [{\"type\": \"movie\", \"Player\": {\"state\": \"playing\"}}]}}");
    WatchingSource source = source();
    source.refresh();
    assertThat(source.holds()).isEmpty();

    stub.at("/status/sessions", 200, PLEX_SESSIONS);
    later(Duration.ofMinutes(1));
    source.refresh();
    assertThat(source.holds()).hasSize(1);
  }

  @Test
  void aServerThatFallsSilentHoldsUpNothingForEver() throws Exception {
    add(MediaServerKind.PLEX, HoldWhen.PLAYING, Duration.ofHours(3));
    stub.at("/status/sessions", 200, PLEX_SESSIONS);
    WatchingSource source = source();
    source.refresh();
    stub.at("/status/sessions", 500, "");

    later(Duration.ofMinutes(9));
    source.refresh();
    assertThat(source.holds()).hasSize(1);
    assertThat(state().problem()).isEqualTo("it answers 500");

    later(Duration.ofMinutes(2));
    source.refresh();
    assertThat(source.holds()).isEmpty();
  }

  @Test
  void oneThatNeverAnswersKeepsNobodyFromKnowingOfTheOthers() throws Exception {
    stub.at("/status/sessions", 200, PLEX_SESSIONS);
    try (StubServer silent = new StubServer()) {
      silent.at(
          "/Sessions",
          exchange -> {
            // Its time comes again while it is asked.
            later(Duration.ofMinutes(1));
            StubServer.send(exchange, 500, "");
          });
      add(MediaServerKind.JELLYFIN, silent.url(), HoldWhen.PLAYING, Duration.ZERO);
      add(MediaServerKind.PLEX);
      WatchingSource source = source();

      source.refresh();

      assertThat(silent.asked()).hasSizeLessThanOrEqualTo(2);
      assertThat(source.holds()).hasSize(1);
    }
  }

  @Test
  void severalMachinesOfAZoneAskOnceAndGoByTheSameAnswer() throws Exception {
    add(MediaServerKind.PLEX);
    stub.at("/status/sessions", 200, PLEX_SESSIONS);
    // It has no key, and cannot ask.
    WatchingSource other =
        new WatchingSource(rows, new MediaServers(database, home.resolve("elsewhere")), "default");

    other.refresh();
    assertThat(stub.asked()).as("it leaves it to whoever can").isEmpty();
    assertThat(state().problem()).isEmpty();
    later(Duration.ofMinutes(1));
    database
        .client()
        .sql("update media_servers set added_at = now() - interval '1 minute'")
        .update();
    other.refresh();
    assertThat(state().problem()).as("nobody else does").contains("secret.key is not there");
    later(Duration.ofMinutes(1));

    source().refresh();
    other.refresh();

    assertThat(stub.asked()).hasSize(1);
    assertThat(other.holds()).hasSize(1);
    WatchingSource elsewhere = new WatchingSource(rows, servers, "cellar");
    elsewhere.refresh();
    assertThat(elsewhere.holds()).isEmpty();
  }

  @Test
  void theTokenStandsNowhereInTheDatabaseAndGoesWithItsConnection() throws Exception {
    MediaServer plex = add(MediaServerKind.PLEX);
    add(MediaServerKind.PLEX);

    String dump =
        database
            .client()
            .sql(
                """
                select (select string_agg(cast(s as text), ' ') from media_servers s)
                  || (select string_agg(convert_from(decode(replace(encode(encrypted, 'hex'), '00', '01'), 'hex'), 'latin1'), ' ')
                      from secrets)
                """)
            .query(String.class)
            .single();

    assertThat(dump).doesNotContain(TOKEN);
    assertThat(secrets()).as("the one of before is gone").isEqualTo(1);
    assertThat(rows.remove(plex.id())).isTrue();
    assertThat(rows.remove(plex.id())).isFalse();
    assertThat(secrets()).isZero();
  }

  private int secrets() {
    return database.client().sql("select count(*) from secrets").query(Integer.class).single();
  }

  // --- telling ---------------------------------------------------------------------------------

  private Video film() {
    Library films = Rows.library(database, "/films");
    return Rows.video(database, films, "/films/a/film & co.mkv");
  }

  private MediaTeller teller() {
    return new MediaTeller(tellings, rows, servers);
  }

  @Test
  void jellyfinIsToldOfTheFileByItsOwnNameOfIt() throws Exception {
    add(MediaServerKind.JELLYFIN);
    Video film = film();
    tellings.note(film.id(), "/films/a/film & co.mkv");
    stub.at("/Library/Media/Updated", 204, "");

    assertThat(tellings.toBeCalled("default")).containsExactly(new TellOrder(film.id(), "default"));
    assertThat(tellings.toBeCalled("default")).as("it was called").isEmpty();
    assertThat(teller().listeners(film.id())).isEqualTo(new TellProgress(1, 0, 0, ""));

    assertThat(stub.asked())
        .singleElement()
        .satisfies(asked -> {
          assertThat(asked.line()).isEqualTo("POST /Library/Media/Updated");
          assertThat(asked.body())
              .isEqualTo(
                  "{\"Updates\":[{\"Path\":\"/media/My Films/a/film & co.mkv\",\"UpdateType\":\"Modified\"}]}");
        });
    assertThat(teller().listeners(film.id())).isEqualTo(new TellProgress(0, 0, 0, ""));
    assertThat(stub.asked()).hasSize(1);
  }

  @Test
  void aResultInAnotherContainerIsANewFileAndTheOldOneIsGone() throws Exception {
    add(MediaServerKind.EMBY);
    Video film = film();
    tellings.note(film.id(), "/films/a/film & co.mp4");
    stub.at("/Library/Media/Updated", 200, "");

    assertThat(teller().listeners(film.id()).told()).isEqualTo(2);

    assertThat(stub.asked())
        .extracting(StubServer.Asked::body)
        .satisfiesExactlyInAnyOrder(
            body -> assertThat(body).contains("film & co.mp4\",\"UpdateType\":\"Created\""),
            body -> assertThat(body).contains("film & co.mkv\",\"UpdateType\":\"Deleted\""));
  }

  @Test
  void plexIsToldToLookThroughTheFolderInTheSectionThatHoldsIt() throws Exception {
    add(MediaServerKind.PLEX);
    Video film = film();
    tellings.note(film.id(), "/films/a/film & co.mkv");
    stub.at(
            "/library/sections",
            200,
            """
            {"MediaContainer": {"Directory": [
              {"key": "1", "Location": [{"id": 1, "path": "/media/My"}]},
              {"key": "2", "Location": [{"id": 2, "path": "/media"}, {"id": 3, "path": "/other"}]},
              {"key": "7", "Location": [{"id": 4, "path": "/media/My Films"}]}]}}
            """)
        .at("/library/sections/7/refresh", 200, "");

    assertThat(teller().listeners(film.id())).isEqualTo(new TellProgress(1, 0, 0, ""));

    assertThat(stub.asked().getLast().line())
        .isEqualTo("GET /library/sections/7/refresh?path=%2Fmedia%2FMy%20Films%2Fa");
  }

  @Test
  void aTellingThatWasCalledIsNotCalledAgainOnlyStartedWhereItIsGone() throws Exception {
    add(MediaServerKind.JELLYFIN);
    Video film = film();
    tellings.note(film.id(), "/films/a/film & co.mkv");
    stub.at("/Library/Media/Updated", 503, "");
    assertThat(tellings.toBeCalled("default")).hasSize(1);
    assertThat(tellings.toBeStartedWhereGone("default")).as("a moment later").isEmpty();
    assertThat(teller().listeners(film.id()).left()).isEqualTo(1);

    database
        .client()
        .sql("update media_tellings set called_at = now() - interval '2 hours'")
        .update();

    assertThat(tellings.toBeCalled("default")).as("its pauses are its own").isEmpty();
    assertThat(tellings.toBeStartedWhereGone("default"))
        .containsExactly(new TellOrder(film.id(), "default"));
    assertThat(tellings.toBeStartedWhereGone("default")).isEmpty();
  }

  @Test
  void whoIsSilentIsToldLaterAndGivenUpAfterAWeekAndNothingFails() throws Exception {
    add(MediaServerKind.JELLYFIN);
    Video film = film();
    tellings.note(film.id(), "/films/a/film & co.mp4");
    stub.at("/Library/Media/Updated", 503, "");

    TellProgress first = teller().listeners(film.id());

    assertThat(first.left()).isEqualTo(2);
    assertThat(first.problem()).endsWith(": it answers 503");
    assertThat(stub.asked()).as("one that is silent is not asked twice").hasSize(1);
    assertThat(state().untold()).isEqualTo(2);

    database
        .client()
        .sql("update media_tellings set noted_at = now() - interval '8 days'")
        .update();
    assertThat(teller().listeners(film.id()))
        .satisfies(progress -> {
          assertThat(progress.left()).isZero();
          assertThat(progress.givenUp()).isEqualTo(2);
        });
    assertThat(state().untold()).isZero();
  }

  @Test
  void aServerThatIsNotToBeToldIsNot() throws Exception {
    add(MediaServerKind.JELLYFIN);
    database.client().sql("update media_servers set refreshes = false").update();
    Video film = film();

    tellings.note(film.id(), "/films/a/film & co.mkv");

    assertThat(tellings.open(film.id())).isEmpty();
  }
}
