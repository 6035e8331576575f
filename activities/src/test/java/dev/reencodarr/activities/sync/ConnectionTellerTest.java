package dev.reencodarr.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownFile;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownTitle;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.fakearr.command.Command;
import dev.reencodarr.fakearr.command.CommandStatus;
import dev.reencodarr.fakearr.download.QueueItem;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Quality;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.CommandEnd;
import dev.reencodarr.workflows.sync.FileStanding;
import dev.reencodarr.workflows.sync.FileTellActivities;
import dev.reencodarr.workflows.sync.FileTelling;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers with real folders are told of real files, step by step as their workflow does it. */
class ConnectionTellerTest {

  private static final int SCANS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BEFORE = 1000;
  private static final int AFTER = 400;

  private final Database database = TestDatabase.fresh();
  private final VideoRepository videos = new VideoRepository(database);
  private final ManagedRepository managed = new ManagedRepository(database);
  private final FileTellingRepository tellings = new FileTellingRepository(database);
  private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
  private final ExecutorService aside = Executors.newSingleThreadExecutor();
  @TempDir private Path folder;
  private KeptKeyClients clients;
  private ConnectionTeller real;
  private FileTellActivities teller;
  private ArrAtHome sonarr;
  private volatile boolean mountIsGone = false;
  private Library library;
  private Connection connection;
  private Title dark;

  @BeforeEach
  void prepare() throws Exception {
    clients = new KeptKeyClients(database, folder.resolve("home"));
    real =
        new ConnectionTeller(
            database,
            clients,
            root -> {
              if (mountIsGone) {
                throw Faults.of(EvidenceKind.MOUNT_GONE, root + " is not mounted");
              }
            });
    environment.registerActivitiesImplementations(real);
    teller = environment.newActivityStub(FileTellActivities.class);
    sonarr = ArrAtHome.sonarr(folder.resolve("tv"));
    library = sonarr.library(database);
    connection = sonarr.connection(database, folder.resolve("home"));
    dark = sonarr.title("Dark");
    codecsBySize(sonarr);
  }

  @AfterEach
  void close() {
    aside.shutdownNow();
    environment.close();
    clients.close();
    sonarr.close();
  }

  private static void codecsBySize(ArrAtHome home) {
    home.arr()
        .library()
        .codecs(path -> {
          try {
            return Files.size(path) == BEFORE ? "x264" : "AV1";
          } catch (IOException e) {
            return "";
          }
        });
  }

  /** Writes down what a connection manages, as a sync does. */
  private void synced(Connection of) throws Exception {
    ArrClient client = clients.at(of);
    List<Long> ids = new ArrayList<>();
    client.titles(title -> {
      ids.add(title.id());
      managed.putTitles(of.id(), List.of(new KnownTitle(new MediaPath(title.path()), title)));
    });
    managed.putFiles(
        of.id(),
        client.files(ids).stream()
            .map(file -> new KnownFile(new MediaPath(file.path()), file))
            .toList());
  }

  private VideoId video(Title title, MediaFile file) {
    return Rows.video(database, library, title.pathOf(file)).id();
  }

  /** As a run does it that has replaced a file: the telling is noted with the row of its video. */
  private void replaced(VideoId video, Path by, int bytes) throws IOException {
    Path was = Path.of(pathOf(video));
    Files.delete(was);
    ArrAtHome.write(by, bytes);
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          tellings.note(video, by.toString(), true);
          database
              .client()
              .sql("update videos set path = :path, size = :size, codec = 'av1' where id = :id")
              .param("path", by.toString())
              .param("size", bytes)
              .param("id", video.value())
              .update();
        });
  }

  private void replaced(VideoId video) throws IOException {
    replaced(video, Path.of(pathOf(video)), AFTER);
  }

  private String pathOf(VideoId video) {
    return videos.find(video).map(Video::path).map(MediaPath::value).orElseThrow();
  }

  private FileTelling open(VideoId video) {
    List<FileTelling> open = teller.open(video);
    assertThat(open).hasSize(1);
    return open.getFirst();
  }

  /** An episode that is known to everybody, and was replaced since. */
  private VideoId replacedEpisode(int number) throws Exception {
    VideoId video = video(dark, sonarr.episode(dark, number, BEFORE));
    synced(connection);
    replaced(video);
    return video;
  }

  private FileStanding tell(FileTelling telling) {
    FileStanding standing = teller.record(telling);
    for (int scan = 0;
        scan < SCANS && (standing == FileStanding.OUTDATED || standing == FileStanding.UNKNOWN);
        scan++) {
      assertThat(teller.rescan(telling)).isEqualTo(CommandEnd.OVER);
      standing = teller.look(telling);
    }
    switch (standing) {
      case AS_IT_IS -> {
        assertThat(teller.rename(telling)).isNotEqualTo(CommandEnd.BUSY);
        teller.settle(telling);
      }
      case NOT_MANAGED -> teller.drop(telling);
      case OUTDATED, UNKNOWN -> {}
    }
    return standing;
  }

  private FileStanding tell(VideoId video) {
    return tell(open(video));
  }

  private String warning(VideoId video) {
    FileTellingRepository.Latest latest = tellings.latest(video).getFirst();
    assertThat(latest.told()).isTrue();
    return latest.warning();
  }

  private <T> Future<T> aside(Callable<T> work) {
    return aside.submit(work);
  }

  private static <T> T soon(Future<T> work) throws Exception {
    return work.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private MediaFile onlyFile(ArrAtHome home, Title title) {
    assertThat(home.arr().library().files(title.id())).hasSize(1);
    return home.arr().library().files(title.id()).getFirst();
  }

  private KnownFile onlyManaged(Connection of, Title title) {
    List<KnownFile> files = managed.files(of.id(), List.of(title.id())).get(title.id());
    assertThat(files).hasSize(1);
    return Objects.requireNonNull(files).getFirst();
  }

  private List<String> orders(ArrAtHome home) {
    return home.arr().requests().all().stream()
        .filter(request -> !request.method().equals("GET"))
        .map(request -> request.line() + " " + request.body())
        .toList();
  }

  @Test
  void theTitleAloneIsScannedAndTheFileKeepsWhatIsKnownOfIt() throws Exception {
    Title other = sonarr.title("Other");
    MediaFile untouched = sonarr.episode(other, 1, BEFORE);
    MediaFile before = sonarr.episode(dark, 1, BEFORE);
    VideoId video = video(dark, before);
    synced(connection);
    replaced(video);
    ArrAtHome.write(Path.of(other.pathOf(untouched)), 77);

    assertThat(tell(video)).isEqualTo(FileStanding.AS_IT_IS);

    MediaFile after = onlyFile(sonarr, dark);
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.size()).isEqualTo(AFTER);
    assertThat(after.sceneName()).isEqualTo(before.sceneName()).isNotEmpty();
    assertThat(after.quality()).isEqualTo(before.quality());
    assertThat(onlyFile(sonarr, other).size()).as("is not looked at").isEqualTo(BEFORE);
    assertThat(orders(sonarr))
        .singleElement()
        .asString()
        .contains("RescanSeries", "\"seriesId\":" + dark.id());
    assertThat(onlyManaged(connection, dark).record().size()).isEqualTo(AFTER);
    assertThat(warning(video)).isEmpty();
    assertThat(teller.open(video)).isEmpty();
  }

  @Test
  void whatIsKnownAsItIsNeedsNoScan() throws Exception {
    VideoId video = replacedEpisode(1);
    sonarr.arr().library().changeFile(1, it -> it.looked(AFTER, it.mediaInfo()));

    assertThat(tell(video)).isEqualTo(FileStanding.AS_IT_IS);

    assertThat(orders(sonarr)).isEmpty();
  }

  /** The scan that answers had come past the file before it was replaced. */
  @Test
  void anOlderScanThatAnswersInPlaceOfOursIsNotBelieved() throws Exception {
    VideoId video = video(dark, sonarr.episode(dark, 1, BEFORE));
    synced(connection);
    sonarr.arr().commands().holdStarted();
    assertThat(clients.at(connection).rescan(dark.id()).state().isOver()).isFalse();
    sonarr.arr().commands().awaitWorkDone();
    replaced(video);
    FileTelling telling = open(video);

    assertThat(teller.record(telling)).isEqualTo(FileStanding.OUTDATED);
    Future<CommandEnd> scan = aside(() -> teller.rescan(telling));
    await(() -> sonarr.arr().commands().merged() > 0);
    sonarr.arr().commands().release();
    assertThat(soon(scan)).isEqualTo(CommandEnd.OVER);
    assertThat(teller.look(telling)).isEqualTo(FileStanding.OUTDATED);

    assertThat(tell(telling)).isEqualTo(FileStanding.AS_IT_IS);
    assertThat(sonarr.arr().commands().commands("RescanSeries")).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "ABORTED", "CANCELLED", "ORPHANED"})
  void aScanThatCameToNothingIsGivenOnceMore(CommandStatus end) throws Exception {
    VideoId video = replacedEpisode(1);
    sonarr.arr().commands().endNext(end);

    assertThat(tell(video)).isEqualTo(FileStanding.AS_IT_IS);

    assertThat(sonarr.arr().commands().commands("RescanSeries"))
        .extracting(Command::status)
        .containsExactly(end, CommandStatus.COMPLETED);
  }

  @Test
  void aCommandThatIsForgottenThereIsOver() throws Exception {
    FileTelling telling = open(replacedEpisode(1));
    sonarr.arr().commands().hold();
    Future<CommandEnd> scan = aside(() -> teller.rescan(telling));
    Command given = awaitCommand();
    assertThat(sonarr.arr().commands().cancel(given.id())).isTrue();
    sonarr.arr().commands().forgetFinished();

    assertThat(soon(scan)).isEqualTo(CommandEnd.OVER);

    assertThat(sonarr.arr().requests().matching("GET .+command/" + given.id())).isNotEmpty();
    assertThat(teller.look(telling)).isEqualTo(FileStanding.OUTDATED);
  }

  private static void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private Command awaitCommand() {
    await(() -> !sonarr.arr().commands().commands().isEmpty());
    return sonarr.arr().commands().commands().getFirst();
  }

  @Test
  void aConnectionIsGivenOneCommandAtATime() throws Exception {
    FileTelling first = open(replacedEpisode(1));
    Title lost = sonarr.title("Lost");
    VideoId other = video(lost, sonarr.episode(lost, 1, BEFORE));
    synced(connection);
    replaced(other);
    FileTelling second = open(other);
    sonarr.arr().commands().hold();
    Future<CommandEnd> scan = aside(() -> teller.rescan(first));
    awaitCommand();

    assertThat(real.rescan(second)).isEqualTo(CommandEnd.BUSY);

    assertThat(sonarr.arr().commands().commands()).hasSize(1);
    sonarr.arr().commands().release();
    assertThat(soon(scan)).isEqualTo(CommandEnd.OVER);
    assertThat(tell(second)).isEqualTo(FileStanding.AS_IT_IS);
    assertThat(tell(first)).isEqualTo(FileStanding.AS_IT_IS);
  }

  @Test
  void aServerThatRestartsInTheMiddleIsToldWhenItIsBack() throws Exception {
    FileTelling telling = open(replacedEpisode(1));
    assertThat(teller.record(telling)).isEqualTo(FileStanding.OUTDATED);
    sonarr.arr().commands().hold();
    Future<CommandEnd> scan = aside(() -> teller.rescan(telling));
    awaitCommand();
    sonarr.arr().stop();
    assertThatThrownBy(() -> soon(scan)).hasCauseInstanceOf(ActivityFailure.class);
    assertThatThrownBy(() -> teller.look(telling)).isInstanceOf(ActivityFailure.class);
    teller.failed(telling, "nobody listens there");
    assertThat(tellings.latest(open(telling)).getFirst().problem()).contains("nobody");
    sonarr.arr().start();
    sonarr.arr().commands().release();

    assertThat(tell(telling))
        .as("no command is held by the one that failed")
        .isEqualTo(FileStanding.AS_IT_IS);
    assertThat(tellings.latest(open(telling)).getFirst().problem()).isEmpty();
  }

  private VideoId open(FileTelling telling) {
    return new VideoId(
        Objects.requireNonNull(
            database
                .client()
                .sql("select video_id from file_tellings where id = :id")
                .param("id", telling.id())
                .query(UUID.class)
                .single()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMovieByAnotherNameKeepsWhatWasRecordedOfIt(boolean monitored) throws Exception {
    try (ArrAtHome radarr = ArrAtHome.radarr(folder.resolve("films"))) {
      library = radarr.library(database);
      Connection to = radarr.connection(database, folder.resolve("home"));
      codecsBySize(radarr);
      radarr.arr().library().change(settings -> settings.unmonitoringDeleted(true));
      Title film = radarr.title("Ünter");
      MediaFile before = rated(radarr, radarr.file(film, "Ünter.1999.avi", BEFORE));
      radarr.arr().library().monitor(List.of(film.id()), monitored);
      VideoId video = video(film, before);
      synced(to);
      Path result = film.folder().resolve("Ünter.1999.mkv");
      replaced(video, result, AFTER);

      assertThat(tell(video)).isEqualTo(FileStanding.AS_IT_IS);

      MediaFile after = onlyFile(radarr, film);
      assertThat(after.id()).isNotEqualTo(before.id());
      assertThat(after.quality()).isEqualTo(before.quality());
      assertThat(after.sceneName()).isEqualTo(before.sceneName());
      assertThat(after.releaseGroup()).isEqualTo("XYZ");
      assertThat(after.edition()).isEqualTo("Director's Cut");
      assertThat(after.languages()).isEqualTo(before.languages());
      assertThat(radarr.arr().library().parts(film.id()))
          .extracting(Part::monitored)
          .containsExactly(monitored);
      assertThat(radarr.arr().requests().matching("PUT .+movie/editor"))
          .as("nothing is set that is so already")
          .hasSize(monitored ? 1 : 0);
      KnownFile known = onlyManaged(to, film);
      assertThat(known.path().value()).isEqualTo(result.toString());
      assertThat(known.record().id()).isEqualTo(after.id());
      assertThat(warning(video)).isEmpty();
    }
  }

  private static MediaFile rated(ArrAtHome home, MediaFile file) {
    home.arr()
        .library()
        .changeFile(
            file.id(),
            it ->
                it.withQuality(bluray(home.arr().kind()))
                    .withReleaseGroup("XYZ")
                    .withEdition(home.arr().kind().isSonarr() ? "" : "Director's Cut"));
    return home.arr().library().file(file.id()).orElseThrow();
  }

  private static Quality bluray(ArrKind kind) {
    return Quality.all(kind).stream()
        .filter(quality -> quality.name().equals("Bluray-1080p"))
        .findFirst()
        .orElseThrow();
  }

  /** Sonarr lets go of what it monitors where a scan finds the old file gone and no new one. */
  @Test
  void episodesByAnotherNameAreMonitoredExactlyAsRecorded() throws Exception {
    sonarr.arr().library().change(settings -> settings.unmonitoringDeleted(true));
    MediaFile before = sonarr.file(dark, "Season 01/Dark.S01E01-E02.avi", BEFORE);
    List<Part> parts = sonarr.arr().library().parts(before);
    assertThat(parts).hasSize(2);
    sonarr.arr().library().monitor(List.of(parts.getLast().id()), false);
    VideoId video = video(dark, before);
    synced(connection);
    Path result = dark.folder().resolve("Season 01/Dark.S01E01-E02.mkv");
    replaced(video, result, AFTER);
    FileTelling telling = open(video);
    assertThat(teller.record(telling)).isEqualTo(FileStanding.UNKNOWN);
    assertThat(teller.rescan(telling)).isEqualTo(CommandEnd.OVER);
    sonarr.arr().library().monitor(List.of(parts.getFirst().id()), false);
    sonarr.arr().library().monitor(List.of(parts.getLast().id()), true);

    assertThat(tell(telling)).isEqualTo(FileStanding.AS_IT_IS);

    assertThat(sonarr.arr().library().parts(onlyFile(sonarr, dark)))
        .extracting(Part::monitored)
        .containsExactly(true, false);
    assertThat(onlyFile(sonarr, dark).sceneName()).isEqualTo(before.sceneName());
  }

  @Test
  void onlyOurFileIsRenamedAndTheVideoFollowsIt() throws Exception {
    sonarr
        .arr()
        .library()
        .change(settings ->
            settings.renamingBy(
                "{Series Title} - S{season:00}E{episode:00} [{MediaInfo VideoCodec}]"));
    MediaFile other = sonarr.episode(dark, 2, BEFORE);
    VideoId video = replacedEpisode(1);
    Path renamed = dark.folder().resolve("Season 01/Dark - S01E01 [AV1].mkv");
    // A scan came upon the new name before the row was told of it.
    VideoId newcomer = Rows.video(database, library, renamed.toString()).id();
    database
        .client()
        .sql("update videos set size = :size where id = :id")
        .param("size", AFTER)
        .param("id", newcomer.value())
        .update();

    assertThat(tell(video)).isEqualTo(FileStanding.AS_IT_IS);

    assertThat(renamed).hasSize(AFTER);
    assertThat(pathOf(video)).isEqualTo(renamed.toString());
    assertThat(videos.find(newcomer)).isEmpty();
    assertThat(Path.of(dark.pathOf(other))).exists();
    assertThat(sonarr.arr().library().file(other.id()).orElseThrow().relativePath())
        .isEqualTo(other.relativePath());
    assertThat(managed.files(connection.id(), List.of(dark.id())).get(dark.id()))
        .extracting(file -> file.path().value())
        .containsExactlyInAnyOrder(renamed.toString(), dark.pathOf(other));
    assertThat(sonarr.arr().commands().commands("RenameFiles")).hasSize(1);
    assertThat(teller.open(video)).isEmpty();
  }

  @Test
  void aRenameThatIsRefusedChangesNothing() throws Exception {
    sonarr
        .arr()
        .library()
        .change(settings -> settings.renamingBy("{Series Title} - S{season:00}E{episode:00}"));
    VideoId video = replacedEpisode(1);
    String path = pathOf(video);
    sonarr.arr().failNextRenames(1);

    assertThat(tell(video)).isEqualTo(FileStanding.AS_IT_IS);

    assertThat(pathOf(video)).isEqualTo(path);
    assertThat(Path.of(path)).hasSize(AFTER);
    assertThat(onlyManaged(connection, dark).path().value()).isEqualTo(path);
    assertThat(warning(video)).isEmpty();
  }

  /** What a name is made of is lost with the old record, and has to be back before it is made. */
  @Test
  void aNewNameIsMadeOfWhatWasRecorded() throws Exception {
    sonarr
        .arr()
        .library()
        .change(settings ->
            settings.renamingBy("{Series Title} S{season:00}E{episode:00} {Quality Full}"));
    VideoId video = video(dark, rated(sonarr, sonarr.file(dark, "Dark.S01E01.avi", BEFORE)));
    synced(connection);
    replaced(video, dark.folder().resolve("Dark.S01E01.mkv"), AFTER);

    assertThat(tell(video)).isEqualTo(FileStanding.AS_IT_IS);

    assertThat(pathOf(video)).endsWith("/Dark S01E01 Bluray-1080p.mkv");
    assertThat(Path.of(pathOf(video))).hasSize(AFTER);
  }

  @Test
  void whatIsWorseThanBeforeIsWarnedOf() throws Exception {
    sonarr.arr().library().addFormat("of the group", "GRP", 10);
    sonarr.arr().library().codecs(path -> "x264");
    MediaFile file = rated(sonarr, sonarr.episode(dark, 1, BEFORE));
    VideoId video = video(dark, file);
    synced(connection);
    replaced(video);
    FileTelling telling = open(video);
    assertThat(teller.record(telling)).isEqualTo(FileStanding.OUTDATED);
    assertThat(teller.rescan(telling)).isEqualTo(CommandEnd.OVER);
    Quality poor = Quality.all(ArrKind.SONARR).get(1);
    sonarr
        .arr()
        .library()
        .changeFile(file.id(), it -> it.withSceneName("Dark.S01E01").withQuality(poor));

    assertThat(teller.settle(telling))
        .contains("score fell from 10 to 0", "below the cutoff", "codec is still shown as x264");

    assertThat(warning(video)).contains("score fell");
  }

  @Test
  void aFileThatAnUpgradeHasTakenThePlaceOfIsNobodysBusiness() throws Exception {
    VideoId video = replacedEpisode(1);
    FileTelling telling = open(video);
    QueueItem download = sonarr.arr().downloads().grab(dark.id(), "Dark.S01E01.2160p.BluRay-NEW");
    Path better =
        ArrAtHome.write(dark.folder().resolve("Season 01/Dark.S01E01.2160p.BluRay-NEW.mkv"), 5000);
    sonarr.arr().downloads().imported(download, better);

    assertThat(tell(telling)).isEqualTo(FileStanding.NOT_MANAGED);

    assertThat(orders(sonarr)).isEmpty();
    assertThat(onlyFile(sonarr, dark).quality().name()).isEqualTo("Bluray-2160p");
    assertThat(teller.open(video)).isEmpty();
  }

  @Test
  void anUpgradeOfTheSameNameIsNotRatedAsWhatItHasReplaced() throws Exception {
    VideoId video = replacedEpisode(1);
    sonarr.arr().library().change(settings -> settings.renamingBy("{Series Title}"));
    FileTelling telling = open(video);
    assertThat(teller.record(telling)).isEqualTo(FileStanding.OUTDATED);
    QueueItem download = sonarr.arr().downloads().grab(dark.id(), "Dark.S01E01.PROPER.1080p-NEW");
    Path same = ArrAtHome.write(Path.of(pathOf(video)), 5000);
    long id = sonarr.arr().downloads().imported(download, same).id();
    sonarr.arr().library().changeFile(id, it -> it.withQuality(bluray(ArrKind.SONARR)));

    assertThat(tell(telling)).isEqualTo(FileStanding.AS_IT_IS);

    MediaFile after = onlyFile(sonarr, dark);
    assertThat(after.quality()).isEqualTo(bluray(ArrKind.SONARR));
    assertThat(after.sceneName()).isEqualTo("Dark.S01E01.PROPER.1080p-NEW");
    assertThat(orders(sonarr)).isEmpty();
    assertThat(teller.open(video)).isEmpty();
  }

  @Test
  void aTitleThatWasRemovedIsNotToldOf() throws Exception {
    VideoId video = replacedEpisode(1);
    FileTelling telling = open(video);
    sonarr.arr().removeTitle(dark.id());

    assertThat(tell(telling)).isEqualTo(FileStanding.NOT_MANAGED);

    assertThat(orders(sonarr)).isEmpty();
    assertThat(teller.open(video)).isEmpty();
  }

  @Test
  void anUndoAfterItWasToldIsToldAnew() throws Exception {
    MediaFile before = rated(sonarr, sonarr.file(dark, "Dark.S01E01.avi", BEFORE));
    VideoId video = video(dark, before);
    Path original = Path.of(pathOf(video));
    synced(connection);
    replaced(video, dark.folder().resolve("Dark.S01E01.mkv"), AFTER);
    assertThat(tell(video)).isEqualTo(FileStanding.AS_IT_IS);

    replaced(video, original, BEFORE);
    assertThat(tell(video)).isEqualTo(FileStanding.AS_IT_IS);

    assertRestored(before, original);
  }

  /** The server has seen the result, and the telling has not come to its end. */
  @Test
  void anUndoInTheMiddleOfTheTellingIsTold() throws Exception {
    MediaFile before = rated(sonarr, sonarr.file(dark, "Dark.S01E01.avi", BEFORE));
    VideoId video = video(dark, before);
    Path original = Path.of(pathOf(video));
    synced(connection);
    replaced(video, dark.folder().resolve("Dark.S01E01.mkv"), AFTER);
    FileTelling telling = open(video);
    assertThat(teller.record(telling)).isEqualTo(FileStanding.UNKNOWN);
    assertThat(teller.rescan(telling)).isEqualTo(CommandEnd.OVER);

    replaced(video, original, BEFORE);
    assertThat(open(video)).isEqualTo(telling);
    assertThat(tell(telling)).isEqualTo(FileStanding.AS_IT_IS);

    assertRestored(before, original);
  }

  private void assertRestored(MediaFile before, Path original) {
    MediaFile after = onlyFile(sonarr, dark);
    assertThat(dark.pathOf(after)).isEqualTo(original.toString());
    assertThat(after.size()).isEqualTo(BEFORE);
    assertThat(after.quality()).isEqualTo(before.quality());
    assertThat(after.sceneName()).isEqualTo(before.sceneName());
    assertThat(onlyManaged(connection, dark).path().value()).isEqualTo(original.toString());
  }

  @Test
  void aFileThatIsRenamedThereBeforeItIsToldIsFollowed() throws Exception {
    VideoId video = replacedEpisode(1);
    sonarr
        .arr()
        .library()
        .change(settings -> settings.renamingBy("{Series Title} - S{season:00}E{episode:00}"));
    long file = onlyFile(sonarr, dark).id();
    assertThat(clients.at(connection).rename(dark.id(), file).id()).isPositive();
    sonarr.arr().commands().awaitIdle();

    assertThat(tell(video)).isEqualTo(FileStanding.AS_IT_IS);

    assertThat(onlyFile(sonarr, dark).size()).isEqualTo(AFTER);
    assertThat(pathOf(video)).endsWith("/Dark - S01E01.mkv");
    assertThat(onlyManaged(connection, dark).path().value()).isEqualTo(pathOf(video));
  }

  @Test
  void twoThatManageTheSameFileAreBothToldThoughOneRenamesIt() throws Exception {
    try (ArrAtHome second = ArrAtHome.sonarr(sonarr.media())) {
      codecsBySize(second);
      Connection to = second.connection(database, folder.resolve("home"), "second", PathMap.NONE);
      MediaFile file = sonarr.episode(dark, 1, BEFORE);
      Title there = second.title("Dark");
      MediaFile known = second.episode(there, 1, BEFORE);
      VideoId video = video(dark, file);
      synced(connection);
      synced(to);
      replaced(video);
      sonarr
          .arr()
          .library()
          .change(settings -> settings.renamingBy("{Series Title} - S{season:00}E{episode:00}"));
      List<FileTelling> open = teller.open(video);
      assertThat(open).hasSize(2);

      for (FileTelling telling : open) {
        assertThat(tell(telling)).isEqualTo(FileStanding.AS_IT_IS);
      }

      assertThat(pathOf(video)).endsWith("/Dark - S01E01.mkv");
      assertThat(there.pathOf(onlyFile(second, there))).isEqualTo(pathOf(video));
      assertThat(onlyFile(second, there).sceneName()).isEqualTo(known.sceneName());
      assertThat(teller.open(video)).isEmpty();
    }
  }

  @Test
  void aTellingIsNotDroppedWhileTheMountOfItsFileIsGone() throws Exception {
    MediaFile file = sonarr.episode(dark, 1, BEFORE);
    synced(connection);
    VideoId video = video(dark, file);
    Path path = Path.of(dark.pathOf(file));
    replaced(video, path, AFTER);
    FileTelling telling = teller.open(video).getFirst();
    Files.delete(path);
    mountIsGone = true;

    assertThatThrownBy(() -> teller.look(telling)).hasMessageContaining("is not mounted");
    assertThat(tellings.open(video)).isNotEmpty();

    mountIsGone = false;
    ArrAtHome.write(path, AFTER);

    assertThat(teller.look(telling)).isEqualTo(FileStanding.OUTDATED);
  }
}
