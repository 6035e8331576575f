package dev.reencodarr.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.store.sync.WebhookEndpoint;
import dev.reencodarr.activities.store.sync.WebhookEndpointRepository;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrCommand;
import dev.reencodarr.activities.sync.webhook.WebhookPlace;
import dev.reencodarr.activities.sync.webhook.WebhookReception;
import dev.reencodarr.activities.sync.webhook.WebhookRegistrar;
import dev.reencodarr.fakearr.fault.Fault;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Settings;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.workflows.sync.SyncOrder;
import dev.reencodarr.workflows.sync.SyncStep;
import dev.reencodarr.workflows.sync.SyncTally;
import dev.reencodarr.workflows.sync.TouchedTitles;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From what happens in a Sonarr to what is known of it, by its webhooks and its history: whatever
 * is lost, doubled or late, in the end we know what it has.
 */
class TouchedTitlesTest {

  private final TestWorkflowEnvironment temporal = SteppedEnvironment.open();

  @TempDir private Path folder;
  private ConnectedArr arr;
  private TitleLook look;
  private LibrarySync sync;
  private WebhookReception reception;
  private Title dark;
  private Title heat;
  private MediaFile file;

  @BeforeEach
  void start() throws Exception {
    arr = ConnectedArr.sonarr(folder);
    look = new TitleLook(arr.database(), temporal.getWorkflowClient(), arr.clients());
    sync = new LibrarySync(arr.database(), temporal.getWorkflowClient(), arr.clients());
    dark = arr.title("Dark");
    heat = arr.title("Heat");
    file = arr.file(dark, "Season 01/Dark.S01E01.1080p.WEB-DL.x264-GRP.mkv", 1000);
    arr.file(heat, "Season 01/Heat.S01E01.720p.WEB-DL.x264-GRP.mkv", 500);
    syncAll();
    reception =
        new WebhookReception(
            new WebhookPlace(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "http://stale:1",
                "attic",
                "here",
                arr.home()),
            arr.database(),
            this::lookAt);
    reception.start();
    new WebhookEndpointRepository(arr.database())
        .seen(new WebhookEndpoint("attic", "here", "http://127.0.0.1:" + reception.port(), ""));
    String problem =
        new WebhookRegistrar(arr.database(), arr.clients(), arr.home())
            .register(arr.connection().wholeSync());
    assertThat(problem).isEmpty();
  }

  @AfterEach
  void close() {
    reception.close();
    temporal.close();
    arr.assertJudged();
    arr.close();
  }

  private void lookAt(TouchedTitles titles) {
    SyncTally _ = look.look(titles, done -> {});
  }

  private void syncAll() {
    SyncOrder order = arr.connection().wholeSync();
    var _ = sync.titles(order, done -> {});
    SyncStep step = sync.files(order, done -> {});
    assertThat(step.titles()).isEqualTo(2);
  }

  private ArrClient client() throws Exception {
    return arr.clients().at(arr.connection());
  }

  private void rescan(Title title) throws Exception {
    ArrCommand command = client().rescan(title.id());
    await(() -> isOver(command));
  }

  private boolean isOver(ArrCommand command) {
    try {
      return client().command(command.id()).filter(it -> it.state().isOver()).isPresent();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (!condition.getAsBoolean() && Instant.now().isBefore(deadline)) {
      Thread.sleep(20);
    }
  }

  private void upgrade(String release) throws Exception {
    var item = arr.fake().downloads().grab(dark.id(), release);
    Path path = arr.write(dark, "Season 01/" + release + ".mkv", 2000);
    var _ = arr.fake().downloads().imported(item, path);
  }

  private void assertKnownAsThere() throws InterruptedException {
    await(() -> arr.known().equals(arr.there()));
    assertThat(arr.known()).isEqualTo(arr.there());
  }

  private int requests() {
    return arr.database()
        .client()
        .sql("select count(*) from requests")
        .query(Integer.class)
        .single();
  }

  /** Renames, upgrades, losses, a title that comes and one that goes. */
  private void muchHappens() throws Exception {
    upgrade("Dark.S01E01.2160p.WEB-DL.x265-NEW");
    arr.fake().library().change((Settings s) -> s.renamingBy("{Release Group} S01E01"));
    MediaFile now = arr.fake().library().files(dark.id()).getFirst();
    ArrCommand command = client().rename(dark.id(), now.id());
    await(() -> isOver(command));
    Title late = arr.title("Late");
    arr.file(late, "Season 01/Late.S01E01.720p.WEB-DL.x264-GRP.mkv", 300);
    arr.fake().announce(late.id());
    arr.fake().removeTitle(heat.id());
  }

  @Test
  void whatHappensIsKnownSecondsLater() throws Exception {
    muchHappens();

    assertKnownAsThere();
    assertThat(arr.known()).hasSize(2);
    assertThat(requests()).isPositive();
  }

  @Test
  void doubledEventsComeToTheSame() throws Exception {
    arr.fake().webhooks().doubleNext(100);
    muchHappens();

    assertKnownAsThere();
  }

  @Test
  void eventsInTheWrongOrderComeToTheSame() throws Exception {
    arr.fake().webhooks().collect();
    muchHappens();
    arr.fake().webhooks().sendCollected(true);

    assertKnownAsThere();
  }

  @Test
  void anOldEventThatIsSentAgainChangesNothing() throws Exception {
    muchHappens();
    assertKnownAsThere();
    int before = requests();

    arr.fake().webhooks().deliveries().forEach(arr.fake().webhooks()::sendAgain);
    lookAt(arr.touched(dark.id(), heat.id()));

    assertThat(arr.known()).isEqualTo(arr.there());
    assertThat(requests()).isEqualTo(before);
  }

  @Test
  void aTitleThatAnEventBringsWhileASyncReadsTheListIsNotTakenForGone() throws Exception {
    AtomicLong late = new AtomicLong();
    var _ =
        sync.titles(
            arr.connection().wholeSync(),
            done -> {
              if (late.get() == 0) {
                late.set(addLate());
                lookAt(arr.touched(late.get()));
              }
            });

    assertThat(arr.known()).isEqualTo(arr.there()).hasSize(3);
  }

  private long addLate() {
    try {
      Title title = arr.title("Late");
      arr.file(title, "Season 01/Late.S01E01.720p.WEB-DL.x264-GRP.mkv", 300);
      return title.id();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void lostEventsAreMadeUpForByTheHistory() throws Exception {
    HistoryReading history =
        new HistoryReading(arr.database(), arr.clients(), this::lookAt, Clock.systemUTC());
    SyncOrder order = arr.connection().wholeSync();
    arr.fake().webhooks().dropNext(100);
    upgrade("Dark.S01E01.2160p.WEB-DL.x265-NEW");
    assertThat(arr.known()).isNotEqualTo(arr.there());

    assertThat(history.catchUp(order)).isEqualTo(1);
    assertThat(arr.known()).isEqualTo(arr.there());
    assertThat(history.catchUp(order)).as("it is news only once").isZero();

    Files.delete(Path.of(dark.pathOf(arr.fake().library().files(dark.id()).getFirst())));
    rescan(dark);
    assertThat(history.catchUp(order)).isEqualTo(1);
    assertThat(arr.known()).isEqualTo(arr.there());
  }

  @Test
  void whatIsNotHandedOnIsNotForgottenByTheHistory() throws Exception {
    SyncOrder order = arr.connection().wholeSync();
    upgrade("Dark.S01E01.2160p.WEB-DL.x265-NEW");
    HistoryReading inVain =
        new HistoryReading(
            arr.database(),
            arr.clients(),
            titles -> {
              throw new IllegalStateException("Temporal is away");
            },
            Clock.systemUTC());
    assertThatThrownBy(() -> inVain.catchUp(order)).hasMessage("Temporal is away");

    assertThat(
            new HistoryReading(arr.database(), arr.clients(), this::lookAt, Clock.systemUTC())
                .catchUp(order))
        .isEqualTo(1);
  }

  @Test
  void ofATitleThatCannotBeReadTheOthersDoNotSuffer() throws Exception {
    arr.file(heat, "Season 01/Heat.S01E02.720p.WEB-DL.x264-GRP.mkv", 600);
    arr.fake().faults().always("GET .*/series/" + dark.id() + "\\b", Fault.status(500));

    SyncTally tally = look.look(arr.touched(dark.id(), heat.id()), done -> {});

    assertThat(tally.failed()).isEqualTo(1);
    assertThat(tally.added()).isEqualTo(1);
  }

  @Test
  void whatWeHaveReplacedOurselvesIsLeftToTheTellingAndNothingElseIs() throws Exception {
    UUID video = videoOf(file, 1000);
    telling(video, file);
    int before = requests();
    // Replaced by us, in place.
    arr.write(dark, file.relativePath(), 400);
    update("update videos set size = 400");
    rescan(dark);
    lookAt(arr.touched(dark.id()));

    assertThat(arr.known()).isEqualTo(arr.there());
    assertThat(requests()).as("the telling is at it").isEqualTo(before);

    // By somebody else, while it is still being told of.
    arr.write(dark, file.relativePath(), 4000);
    rescan(dark);
    lookAt(arr.touched(dark.id()));
    assertThat(requests()).as("that is not ours").isEqualTo(before + 1);

    update("update file_tellings set told_at = now()");
    arr.write(dark, file.relativePath(), 400);
    rescan(dark);
    lookAt(arr.touched(dark.id()));
    assertThat(requests()).as("it was told long ago").isEqualTo(before + 2);
  }

  @Test
  void aSyncLeavesToTheTellingWhatIsBeingToldToo() throws Exception {
    telling(videoOf(file, 400), file);
    int before = requests();
    arr.write(dark, file.relativePath(), 400);
    rescan(dark);

    syncAll();

    assertThat(arr.known()).isEqualTo(arr.there());
    assertThat(requests()).isEqualTo(before);
  }

  private UUID videoOf(MediaFile of, long size) {
    UUID id = UUID.randomUUID();
    arr.database()
        .client()
        .sql(
            """
            insert into videos (id, library_id, path, size, mtime)
            select :id, id, :path, :size, now() from libraries
            """)
        .param("id", id)
        .param("path", dark.pathOf(of))
        .param("size", size)
        .update();
    return id;
  }

  private void telling(UUID video, MediaFile of) {
    arr.database()
        .client()
        .sql(
            """
            insert into file_tellings (connection_id, video_id, file_id, title_id, path)
            values (:connection, :video, :file, :title, :path)
            """)
        .param("connection", arr.connection().id())
        .param("video", video)
        .param("file", of.id())
        .param("title", dark.id())
        .param("path", dark.pathOf(of))
        .update();
  }

  private void update(String sql) {
    arr.database().client().sql(sql).update();
  }
}
