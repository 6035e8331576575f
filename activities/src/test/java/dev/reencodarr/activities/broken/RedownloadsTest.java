package dev.reencodarr.activities.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.store.Claimed;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.RuleSetRepository;
import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.activities.store.SeenFile;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoClaims;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.broken.BrokenSource;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownFile;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownTitle;
import dev.reencodarr.activities.sync.ConnectedArr;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.fakearr.command.CommandStatus;
import dev.reencodarr.fakearr.download.QueueItem;
import dev.reencodarr.fakearr.fault.Fault;
import dev.reencodarr.fakearr.history.Blocked;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.broken.BrokenState;
import dev.reencodarr.workflows.broken.FoundBy;
import dev.reencodarr.workflows.broken.RedownloadActivities;
import dev.reencodarr.workflows.broken.RedownloadOrder;
import dev.reencodarr.workflows.broken.RedownloadStanding;
import dev.reencodarr.workflows.broken.RedownloadStanding.Phase;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Sources;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.sync.CommandEnd;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.VideoOrder;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stand-in with real folders gets other copies of real files, step by step. */
class RedownloadsTest {

  private static final int DAYS = 7;
  private static final String RELEASE = "Dark.S01E01.1080p.WEB-DL.x264-BAD";
  private static final String OTHER = "Dark.S01E01.1080p.WEB-DL.x264-GOOD";

  private TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
  @TempDir private Path folder;
  private ConnectedArr sonarr;
  private Database database;
  private BrokenSourceRepository sources;
  private RedownloadActivities steps;
  private Title dark;
  private Path file;
  private VideoId video = new VideoId(new UUID(0, 0));
  private Duration later = Duration.ZERO;
  private boolean mountIsGone = false;

  @BeforeEach
  void prepare() throws Exception {
    begin(ConnectedArr.sonarr(folder));
    dark = sonarr.title("Dark");
    sonarr.fake().library().addEpisode(dark.id(), 1, 1, "Secrets");
    file = sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1000);
    sonarr.fake().library().change(it -> it.redownloadingFailed(false));
  }

  private void begin(ConnectedArr connected) {
    sonarr = connected;
    database = sonarr.database();
    sources = new BrokenSourceRepository(database);
    Clock clock =
        new Clock() {
          @Override
          public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return Instant.now().plus(later);
          }
        };
    environment.registerActivitiesImplementations(
        new Redownloads(
            database,
            sonarr.clients(),
            root -> {
              if (mountIsGone) {
                throw Faults.of(EvidenceKind.MOUNT_GONE, root + " is not mounted");
              }
            },
            DAYS,
            clock));
    steps = environment.newActivityStub(RedownloadActivities.class);
  }

  @AfterEach
  void close() {
    environment.close();
    sonarr.assertJudged();
    sonarr.close();
  }

  /** The file came by a download of this release. */
  private MediaFile downloaded(String release, Path path) throws IOException {
    QueueItem item = sonarr.fake().downloads().grab(dark.id(), release);
    return sonarr.fake().downloads().imported(item, path);
  }

  /** What a sync and a scan write down. */
  private void known() throws Exception {
    ManagedRepository managed = new ManagedRepository(database);
    ArrClient client = sonarr.clients().at(sonarr.connection());
    List<Long> ids = new ArrayList<>();
    client.titles(title -> {
      ids.add(title.id());
      managed.putTitles(
          sonarr.connection().id(), List.of(new KnownTitle(new MediaPath(title.path()), title)));
    });
    managed.putFiles(
        sonarr.connection().id(),
        client.files(ids).stream().map(it -> new KnownFile(new MediaPath(it.path()), it)).toList());
    video = seen(file);
  }

  private VideoId seen(Path path) throws IOException {
    Library library = new LibraryRepository(database).list().getFirst();
    FileIdentity.Stamp stamp = FileIdentity.Stamp.of(path);
    MediaPath place = new MediaPath(path.toString());
    VideoRepository videos = new VideoRepository(database);
    videos.see(library.id(), List.of(new SeenFile(place, stamp.size(), stamp.mtime(), 1, false)));
    return videos.findByPath(place).orElseThrow().id();
  }

  /** The file is broken, and another copy of it was ordered. */
  private RedownloadOrder ordered() throws Exception {
    known();
    sources.found(video, FoundBy.WORK, "it ends after 3 s of 40");
    assertThat(sources.order(video)).isTrue();
    return new RedownloadOrder(source().id(), "attic");
  }

  private BrokenSource source() {
    return sources.latest(video).orElseThrow();
  }

  /** What a scan does that could analyse a file. */
  private void analysed(Path path) throws IOException {
    VideoId newcomer = seen(path);
    new VideoRepository(database)
        .storeFacts(
            newcomer,
            new Analysis.Analysed(
                new FileFacts(FileIdentity.of(path), 1, false),
                Sources.media(Sources.MATROSKA, Sources.film(0))));
  }

  private RedownloadStanding asked(RedownloadOrder order) {
    assertThat(steps.begin(order).phase()).isEqualTo(Phase.READY);
    steps.markFailed(order);
    assertThat(steps.search(order)).isEqualTo(CommandEnd.OVER);
    return steps.setAside(order);
  }

  private List<String> blocked() {
    return sonarr.fake().history().blocklist().stream().map(Blocked::release).toList();
  }

  private boolean monitored() {
    return sonarr.fake().library().parts(dark.id()).stream().allMatch(Part::monitored);
  }

  @Test
  void theReleaseIsBlockedAnotherSearchedForAndTheBrokenFileKeptUntilItCameAndForSomeDays()
      throws Exception {
    MediaFile bad = downloaded(RELEASE, file);
    sonarr.fake().library().change(it -> it.unmonitoringDeleted(true));
    RedownloadOrder order = ordered();

    assertThat(asked(order).phase()).isEqualTo(Phase.WAITING);

    assertThat(blocked()).containsExactly(RELEASE);
    assertThat(sonarr.fake().searches()).hasSize(1);
    assertThat(file).doesNotExist();
    Path kept = Path.of(source().kept().orElseThrow().value());
    assertThat(kept).hasSize(1000);
    assertThat(kept.toString()).contains("/.reencodarr/broken/");
    assertThat(sonarr.fake().library().file(bad.id())).isEmpty();
    assertThat(monitored()).as("it is looked for further on").isTrue();
    assertThat(steps.look(order).phase()).isEqualTo(Phase.WAITING);

    downloaded(OTHER, sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1200));

    RedownloadStanding now = steps.look(order);
    assertThat(now.phase()).isEqualTo(Phase.KEEPING);
    assertThat(now.what()).isEqualTo("another copy lies at " + file + ", of " + OTHER);
    assertThat(source().state()).isEqualTo(BrokenState.ARRIVED);
    assertThat(steps.letGo(order).phase()).isEqualTo(Phase.KEEPING);
    assertThat(kept).exists();

    later = Duration.ofDays(DAYS).plusMinutes(1);
    assertThat(steps.letGo(order).phase()).as("nobody has looked at it").isEqualTo(Phase.KEEPING);
    analysed(file);
    assertThat(steps.letGo(order).phase()).isEqualTo(Phase.OVER);
    assertThat(kept.getParent()).doesNotExist();
    assertThat(file).hasSize(1200);
    assertThat(source().state()).isEqualTo(BrokenState.REPLACED);
  }

  @Test
  void theSameReleaseImportedAgainEndsItAndIsSaid() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    downloaded(RELEASE, sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1000));

    RedownloadStanding now = steps.look(order);

    assertThat(now.what()).isEqualTo("Sonarr has imported the same release again: " + RELEASE);
    assertThat(source().state()).isEqualTo(BrokenState.STOPPED);
    assertThat(now.phase()).as("what is kept goes after its days").isEqualTo(Phase.KEEPING);
    assertThat(steps.begin(order).phase())
        .as("begun anew it does not ask again")
        .isEqualTo(Phase.KEEPING);
    assertThat(blocked()).hasSize(1);
  }

  @Test
  void theSameContentIsTheSameWhateverItsReleaseIsCalled() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    downloaded(OTHER, sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1000));

    assertThat(steps.look(order).what()).contains("the same release again: " + OTHER);
  }

  @Test
  void anAutomaticOrderForAReleaseThatWasBrokenBeforeChangesNothing() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    file = sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1000);
    downloaded(RELEASE, file);
    steps.look(order);
    known();
    sources.found(video, FoundBy.WORK, "it ends after 3 s of 40");
    assertThat(sources.orderAutomatically(video)).isTrue();

    RedownloadStanding now = steps.begin(new RedownloadOrder(source().id(), "attic"));

    assertThat(now.phase()).isEqualTo(Phase.OVER);
    assertThat(now.what()).isEqualTo("the same release was imported again: " + RELEASE);
    assertThat(file).exists();
  }

  @Test
  void nothingIsDeletedBeforeASearchWasCarriedOut() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    steps.begin(order);
    sonarr.fake().commands().endNext(CommandStatus.FAILED);

    assertThatThrownBy(() -> steps.search(order))
        .isInstanceOf(ActivityFailure.class)
        .cause()
        .hasMessageContaining("the search for another copy was not carried out: it is failed");

    sonarr.fake().faults().always("POST .*/command.*", Fault.status(500));
    assertThatThrownBy(() -> steps.search(order)).isInstanceOf(ActivityFailure.class);
    sonarr.fake().faults().clear();
    assertThat(file).hasSize(1000);
    assertThat(source().kept()).isEmpty();
  }

  @Test
  void whatLiesAtThePlaceBeforeTheRecordIsDeletedThereIsNotDeletedWithIt() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    steps.begin(order);
    steps.search(order);
    sonarr.fake().faults().always("DELETE .*", Fault.status(503));
    assertThatThrownBy(() -> steps.setAside(order)).isInstanceOf(ActivityFailure.class);
    sonarr.fake().faults().clear();
    sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1200);

    assertThat(steps.setAside(order).phase()).isEqualTo(Phase.WAITING);

    assertThat(file).hasSize(1200);
  }

  @Test
  void aGrabIsMarkedOnceThoughTheStepIsRunTwice() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    steps.begin(order);

    steps.markFailed(order);
    steps.markFailed(order);

    assertThat(blocked()).containsExactly(RELEASE);
  }

  @Test
  void aFileThatNoGrabIsKnownOfIsLookedForAllTheSameAndThatIsSaid() throws Exception {
    sonarr.file(dark, "Season 01/Dark.S01E01.mkv", 1000);
    RedownloadOrder order = ordered();

    RedownloadStanding now = asked(order);

    assertThat(now.what()).contains("no grab of the broken one is known");
    assertThat(blocked()).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void anEarlierGrabOfTheSameEpisodeIsNotMarked() throws Exception {
    downloaded("Dark.S01E01.720p.WEB-DL.x264-OLD", file);
    file = sonarr.write(dark, "Season 01/Dark.S01E01.new.mkv", 1000);
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();

    asked(order);

    assertThat(blocked()).containsExactly(RELEASE);
  }

  @Test
  void whatIsDownloadedAlreadyIsWaitedFor() throws Exception {
    downloaded(RELEASE, file);
    sonarr.fake().downloads().grab(dark.id(), OTHER);
    RedownloadOrder order = ordered();

    assertThat(steps.begin(order).phase()).isEqualTo(Phase.NOT_YET);
    assertThat(file).exists();
  }

  @Test
  void aFileThatWasReplacedMeanwhileIsLeftAlone() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    steps.begin(order);
    steps.search(order);
    Files.write(file, new byte[1234]);

    assertThat(steps.setAside(order).what()).isEqualTo("another file lies there");
    assertThat(file).hasSize(1234);
    assertThat(steps.begin(order).phase()).isEqualTo(Phase.OVER);
  }

  @Test
  void aMountThatIsGoneIsNoFileThatIsGone() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    mountIsGone = true;
    Files.move(file, file.resolveSibling("away"));

    assertThatThrownBy(() -> steps.begin(order)).isInstanceOf(ActivityFailure.class);
    assertThat(source().state()).isEqualTo(BrokenState.ORDERED);
  }

  @Test
  void aServerThatGoesAwayAfterTheFileWasSetAsideLosesNothing() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    steps.begin(order);
    steps.search(order);
    sonarr.fake().faults().always("DELETE .*", Fault.status(503));

    assertThatThrownBy(() -> steps.setAside(order)).isInstanceOf(ActivityFailure.class);
    Path kept = Path.of(source().kept().orElseThrow().value());
    assertThat(kept).hasSize(1000);

    sonarr.fake().faults().clear();
    assertThat(steps.begin(order).phase()).as("begun anew").isEqualTo(Phase.READY);
    assertThat(steps.setAside(order).phase()).isEqualTo(Phase.WAITING);
    assertThat(kept).hasSize(1000);
  }

  @Test
  void whereNoneComesTheBrokenFileIsPutBackAndKnownThereAgain() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);

    RedownloadStanding now = steps.putBack(order, "no other copy was found in 14 days");

    assertThat(now.phase()).isEqualTo(Phase.OVER);
    assertThat(file).hasSize(1000);
    assertThat(source().kept()).isEmpty();
    assertThat(source().state()).isEqualTo(BrokenState.STOPPED);
    assertThat(sonarr.fake().library().files(dark.id())).hasSize(1);
    assertThat(monitored()).isTrue();
    assertThat(steps.putBack(order, "once more").phase()).isEqualTo(Phase.OVER);
  }

  @Test
  void aBrokenFileTakesNobodysPlace() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1200);

    RedownloadStanding now = steps.putBack(order, "an operator has put it back");

    assertThat(now.what()).contains("another file lies at " + file, "it is kept at ");
    assertThat(file).hasSize(1200);
    assertThat(Path.of(source().kept().orElseThrow().value())).hasSize(1000);
  }

  @Test
  void whatIsKeptStaysWhereTheOtherCopyIsBrokenAsWellOrHasGone() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    file = sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1200);
    downloaded(OTHER, file);
    steps.look(order);
    later = Duration.ofDays(DAYS).plusMinutes(1);
    Path kept = Path.of(source().kept().orElseThrow().value());
    known();
    analysed(file);
    sources.found(video, FoundBy.WORK, "it ends after 5 s of 40");

    assertThat(steps.letGo(order).phase()).isEqualTo(Phase.KEEPING);
    assertThat(kept).exists();

    sources.acquit(video, "decoded from end to end it is sound");
    Path away = file.resolveSibling("away");
    Files.move(file, away);
    assertThat(steps.letGo(order).phase()).isEqualTo(Phase.KEEPING);
    assertThat(kept).exists();

    Files.move(away, file);
    assertThat(steps.letGo(order).phase()).isEqualTo(Phase.OVER);
  }

  @Test
  void aFileThatHoldsNothingThatCouldBeSearchedForIsLeftAlone() throws Exception {
    file = sonarr.write(dark, "Season 01/Dark.S07E99.mkv", 1000);
    sonarr.fake().library().addFile(dark.id(), file, "");
    sonarr
        .fake()
        .library()
        .changePart(
            sonarr.fake().library().episode(dark.id(), 7, 99).orElseThrow().id(),
            part -> part.heldBy(0));
    RedownloadOrder order = ordered();

    assertThat(steps.begin(order).what()).isEqualTo("Sonarr knows of nothing that it holds");
    assertThat(sonarr.fake().searches()).isEmpty();
  }

  @Test
  void aNewcomerThatWorkFindsBrokenBeforeItWasNoticedIsOnRecordAndKeepsTheFirst() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    long first = order.source();
    file = sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1200);
    downloaded(OTHER, file);
    known();
    analysed(file);
    sources.found(video, FoundBy.WORK, "it ends after 5 s of 40");

    assertThat(source().id()).as("another one").isNotEqualTo(first);
    assertThat(steps.look(order).phase()).isEqualTo(Phase.KEEPING);
    later = Duration.ofDays(DAYS).plusMinutes(1);
    assertThat(steps.letGo(order).phase()).isEqualTo(Phase.KEEPING);

    sources.enter(source().id(), BrokenState.STOPPED, "no other copy was found in 14 days");
    assertThat(steps.letGo(order).phase()).as("it is broken all the same").isEqualTo(Phase.KEEPING);
    assertThat(Path.of(sources.find(first).orElseThrow().kept().orElseThrow().value())).exists();
  }

  @Test
  void whatWasMeasuredOfTheBrokenFileSaysNothingOfTheOther() throws Exception {
    downloaded(RELEASE, file);
    known();
    analysed(file);
    RedownloadOrder order = ordered();
    asked(order);
    downloaded(OTHER, sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1200));
    steps.look(order);
    later = Duration.ofDays(DAYS).plusMinutes(1);

    assertThat(steps.letGo(order).phase()).isEqualTo(Phase.KEEPING);
  }

  @Test
  void intoALibraryThatIsReadOnlyOrNotInUseNothingIsWritten() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    steps.begin(order);
    database.client().sql("update libraries set read_only = true").update();

    assertThat(steps.setAside(order).phase()).isEqualTo(Phase.OVER);
    assertThat(sources.order(video)).isTrue();
    assertThat(steps.begin(order).what()).isEqualTo("nothing is written into its library");

    database.client().sql("update libraries set read_only = false, removed_at = now()").update();
    assertThat(sources.order(video)).isTrue();
    assertThat(steps.begin(order).what()).isEqualTo("it lies in no library that is in use");
    assertThat(file).hasSize(1000);
    assertThat(blocked()).isEmpty();
  }

  @Test
  void aFileThatARunHasTakenMeanwhileIsNotTakenAwayUnderIt() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    steps.begin(order);
    database.client().sql("update videos set state = 'encoding'").update();

    assertThat(steps.setAside(order).phase()).isEqualTo(Phase.NOT_YET);
    assertThat(file).exists();
  }

  @Test
  void whatWasKeptAndHasGoneOrWasPutBackByHandIsNotWaitedForForEver() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    Path kept = Path.of(source().kept().orElseThrow().value());
    Files.move(kept, file);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(7)));

    assertThat(steps.look(order).phase()).isEqualTo(Phase.WAITING);
    RedownloadStanding now = steps.putBack(order, "no other copy was found in 14 days");

    assertThat(now.phase()).isEqualTo(Phase.OVER);
    assertThat(now.what()).contains("what was kept is not there any more");
    assertThat(source().kept()).isEmpty();
    assertThat(file).hasSize(1000);
  }

  @Test
  void aConnectionThatIsRemovedInTheMiddleHasTheFileBack() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    new ConnectionRepository(database).remove(sonarr.connection());

    steps.markFailed(order);
    assertThat(steps.search(order)).isEqualTo(CommandEnd.NOT_NEEDED);
    assertThat(steps.look(order).what()).isEqualTo("the connection was removed");
    assertThat(file).hasSize(1000);
  }

  @Test
  void aConnectionThatIsRemovedBeforeAnythingWasDoneLeavesTheFileAlone() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    steps.begin(order);
    new ConnectionRepository(database).remove(sonarr.connection());

    steps.markFailed(order);
    assertThat(steps.setAside(order).what()).isEqualTo("the connection was removed");
    assertThat(source().detail()).isEqualTo("the connection was removed");
    assertThat(file).hasSize(1000);
  }

  @Test
  void whatIsOnItsWayOrNotSeenHereIsWaitedForFurtherOn() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    QueueItem item = sonarr.fake().downloads().grab(dark.id(), OTHER);

    assertThat(steps.look(order).what()).isEqualTo("Sonarr is downloading another copy");
    assertThat(steps.look(order).phase()).isEqualTo(Phase.COMING);

    Path other = sonarr.write(dark, "Season 01/Dark.S01E01.other.mkv", 1200);
    sonarr.fake().downloads().imported(item, other);
    Files.move(other, folder.resolve("elsewhere"));
    assertThat(steps.look(order).phase()).isEqualTo(Phase.COMING);
    assertThat(steps.look(order).what()).contains("which is not seen here: " + other);
  }

  @Test
  void aFileThatSomebodyHasPutInThePlaceOfADownloadIsNotBlamedOnItsRelease() throws Exception {
    downloaded(RELEASE, file);
    Files.write(file, new byte[1500]);
    sonarr.clients().at(sonarr.connection()).rescan(dark.id());
    sonarr.fake().commands().awaitIdle();
    RedownloadOrder order = ordered();

    RedownloadStanding now = asked(order);

    assertThat(now.what()).contains("no grab of the broken one is known");
    assertThat(blocked()).isEmpty();
  }

  @Test
  void whatSomebodyHasUnmonitoredMeanwhileStaysSoWhenTheFileComesBack() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    sonarr
        .fake()
        .library()
        .parts(dark.id())
        .forEach(part -> sonarr.fake().library().changePart(part.id(), it -> it.monitored(false)));

    steps.putBack(order, "no other copy was found in 14 days");

    assertThat(sonarr.fake().library().parts(dark.id())).noneMatch(Part::monitored);
  }

  @Test
  void aFileOfWhichAnotherCopyIsBeingGotIsNoWorkForAnybody() throws Exception {
    downloaded(RELEASE, file);
    ordered();

    assertThat(sources.isBeingGot(video)).isTrue();
    assertThat(
            new VideoClaims(database)
                .claim(
                    new VideoOrder(video, VideoOrder.Purpose.ENCODE, Wishes.none()),
                    new RunKey("video/" + video, "run"),
                    run -> false))
        .isEqualTo(new Claimed.Settled("it is broken, and another copy of it is being got"));
  }

  @Test
  void aFileThatIsStillBrokenIsListedWhateverHasBecomeOfItsOrder() throws Exception {
    ordered();
    sources.enter(source().id(), BrokenState.STOPPED, "neither Sonarr nor Radarr manages it");

    assertThat(sources.open())
        .extracting(BrokenSource::detail)
        .containsExactly("neither Sonarr nor Radarr manages it");

    sources.enter(source().id(), BrokenState.ACQUITTED, "it is sound");
    assertThat(sources.open()).isEmpty();
  }

  @Test
  void ordersOfAZoneThatNobodyServesHoldUpNoOther() throws Exception {
    RedownloadOrder order = ordered();
    LibraryRepository libraries = new LibraryRepository(database);
    Library cellar =
        libraries.add(
            "cellar", new MediaPath(folder.resolve("cellar").toString()), "cellar", false);
    for (int number = 0; number < 60; number++) {
      Video other = Rows.video(database, cellar, cellar.root() + "/" + number + ".mkv");
      sources.found(other.id(), FoundBy.WORK, "it ends early");
      assertThat(sources.order(other.id())).isTrue();
    }
    database
        .client()
        .sql("update broken_sources set ordered_at = now() - interval '1 day' where id <> :id")
        .param("id", order.source())
        .update();

    assertThat(sources.toBeStarted("attic")).containsExactly(order);
    assertThat(sources.toBeStarted("attic")).as("not at once again").isEmpty();
    assertThat(sources.toBeStarted("cellar")).as("so many at a time").hasSize(50);
  }

  @Test
  void aFileThatWasTakenForTheBrokenOneIsNotForgottenWhereItCannotGoBack() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    Path kept = Path.of(source().kept().orElseThrow().value());
    Files.write(kept, new byte[7]);
    sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1200);

    RedownloadStanding now = steps.putBack(order, "an operator has put it back");

    assertThat(now.what()).contains("it is kept at " + kept);
    assertThat(source().kept()).isPresent();
    assertThat(kept).hasSize(7);
  }

  @Test
  void anOrderIsToldOnceOfEachFileThatHasCome() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    assertThat(sources.perhapsArrived("attic")).isEmpty();
    file = sonarr.write(dark, "Season 01/Dark.S01E01.mkv", 1200);
    downloaded(OTHER, file);
    known();

    assertThat(sources.perhapsArrived("attic")).containsExactly(order);
    assertThat(sources.perhapsArrived("attic")).isEmpty();
  }

  @Test
  void whatNobodyManagesIsSaidToBeSo() throws Exception {
    RedownloadOrder order = ordered();

    assertThat(steps.begin(order).what()).isEqualTo("neither Sonarr nor Radarr manages it");
    assertThat(file).exists();
  }

  @Test
  void aTitleThatWasRemovedMeanwhileHasItsFileBack() throws Exception {
    downloaded(RELEASE, file);
    RedownloadOrder order = ordered();
    asked(order);
    sonarr.fake().removeTitle(dark.id());

    RedownloadStanding now = steps.look(order);

    assertThat(now.what()).contains("does not manage the title any more");
    assertThat(file).hasSize(1000);
  }

  @Test
  void aRuleOrdersAnotherCopyOnceForEachFile() throws Exception {
    downloaded(RELEASE, file);
    known();
    BrokenSources broken = new BrokenSources(database, new RulesInForce(database, List.of()));
    broken.found(video, FoundBy.WORK, "it ends after 3 s of 40");
    assertThat(source().state()).isEqualTo(BrokenState.FOUND);

    new RuleSetRepository(database)
        .set("rules: [{when: service == 'sonarr', set: {broken_source: redownload}}]", "box");
    broken.found(video, FoundBy.WORK, "it ends after 3 s of 40");

    assertThat(source().state()).isEqualTo(BrokenState.ORDERED);
    assertThat(source().automatic()).isTrue();
    long first = source().id();
    sources.enter(first, BrokenState.STOPPED, "no other copy was found in 14 days");
    broken.found(video, FoundBy.WORK, "it ends after 3 s of 40");
    assertThat(source().id()).as("the same file is not ordered again by itself").isEqualTo(first);
    assertThat(source().state()).isEqualTo(BrokenState.STOPPED);
    assertThat(sources.order(video)).as("but by people").isTrue();
  }

  @Test
  void radarrGetsAnotherCopyOfAMovieToo() throws Exception {
    close();
    environment = TestActivityEnvironment.newInstance();
    begin(ConnectedArr.radarr(Files.createDirectories(folder.resolve("movies"))));
    dark = sonarr.title("Dark City");
    file = sonarr.write(dark, "Dark.City.mkv", 1000);
    downloaded("Dark.City.1998.1080p.BluRay.x264-BAD", file);
    RedownloadOrder order = ordered();

    assertThat(asked(order).phase()).isEqualTo(Phase.WAITING);

    assertThat(blocked()).containsExactly("Dark.City.1998.1080p.BluRay.x264-BAD");
    downloaded(
        "Dark.City.1998.1080p.BluRay.x264-GOOD", sonarr.write(dark, "Dark.City.1998.mkv", 1200));
    assertThat(steps.look(order).what()).contains("x264-GOOD");
  }
}
