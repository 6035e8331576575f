package dev.reencodarr.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.fakearr.FakeArr;
import dev.reencodarr.fakearr.fault.Fault;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.MediaInfo;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.sync.SyncOrder;
import dev.reencodarr.workflows.sync.SyncStep;
import dev.reencodarr.workflows.sync.SyncTally;
import dev.reencodarr.workflows.sync.SyncTitles;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.SearchAttributes;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with real folders, a real database, and a Temporal server whose orders nobody does. */
class LibrarySyncTest {

  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
              .registerSearchAttribute(
                  SearchAttributes.LIBRARY.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .build());
  private final Database database = TestDatabase.fresh();
  private final RequestRepository requests = new RequestRepository(database);
  private final ManagedRepository managed = new ManagedRepository(database);
  @TempDir private Path folder;
  private KeptKeyClients clients;
  private LibrarySync sync;
  private ArrAtHome sonarr;
  private Library library;
  private Connection connection;

  @BeforeEach
  void prepare() throws Exception {
    clients = new KeptKeyClients(database, folder.resolve("home"));
    sync = new LibrarySync(database, temporal.getWorkflowClient(), clients);
    sonarr = ArrAtHome.sonarr(folder.resolve("tv"));
    library = sonarr.library(database);
    connection = sonarr.connection(database, folder.resolve("home"));
  }

  @AfterEach
  void close() {
    temporal.close();
    clients.close();
    sonarr.close();
  }

  /** What a sync came to. */
  private record Synced(SyncTally tally, int titles, List<SyncStep> steps) {}

  private SyncTally sync() {
    return sync(connection).tally();
  }

  /** A whole one, as its workflow does it. */
  private Synced sync(Connection of) {
    SyncTitles titles = sync.titles(of.wholeSync(), _ -> {});
    SyncTally tally = titles.tally();
    List<SyncStep> steps = new ArrayList<>();
    SyncStep step = sync.files(after(of, 0), _ -> {});
    while (step.titles() > 0) {
      steps.add(step);
      tally = tally.plus(step.tally());
      step = sync.files(after(of, step.lastTitle()), _ -> {});
    }
    return new Synced(tally, titles.total(), steps);
  }

  private static SyncOrder after(Connection of, long title) {
    return new SyncOrder(
        of.id(),
        of.name(),
        of.kind(),
        of.zone(),
        new SyncOrder.Resume(1, title, 0, SyncTally.NOTHING));
  }

  /** The folders of each order so far, oldest first. */
  private List<List<String>> orders(Library of) {
    return requests.open(of.id()).stream()
        .map(request -> request.scopes().stream().map(MediaPath::value).toList())
        .toList();
  }

  private String below(String name) {
    return sonarr.media().resolve(name).toString();
  }

  /** Every row and the transaction that wrote it last. */
  private List<String> rows() {
    return database
        .client()
        .sql(
            """
            select t.xmin::text || ' ' || t::text from managed_titles t
            union all select f.xmin::text || ' ' || f::text from managed_files f order by 1
            """)
        .query((row, number) -> row.getString(1))
        .list();
  }

  private int files() {
    return managed.fileCount(connection.id());
  }

  private void change(MediaFile file, long size) {
    sonarr.arr().library().changeFile(file.id(), it -> it.looked(size, MediaInfo.of("AV1")));
  }

  @Test
  void theFirstSyncWritesAllAndOrdersALookAtEachFolder() throws IOException {
    Title dark = sonarr.title("Dark");
    Title lost = sonarr.title("Lost 'n' \"Found\" Ünder 🎬");
    sonarr.title("Nothing yet");
    sonarr.episode(dark, 1, 10);
    sonarr.episode(dark, 2, 20);
    sonarr.file(lost, "Season 01/Ü.S01E01-E02.mkv", 30);

    Synced synced = sync(connection);

    assertThat(synced.titles()).isEqualTo(3);
    assertThat(synced.tally()).isEqualTo(new SyncTally(3, 3, 0, 0, 0, 0, List.of()));
    assertThat(orders(library)).containsExactly(List.of(dark.path(), lost.path()));
    assertThat(managed.titleIds(connection.id())).hasSize(3);
    assertThat(files()).isEqualTo(3);
    assertThat(
            temporal
                .getWorkflowClient()
                .newUntypedWorkflowStub(WorkflowIds.library(library.id()))
                .describe()
                .getStatus()
                .name())
        .as("its library was told")
        .endsWith("RUNNING");
  }

  @Test
  void theSecondSyncWithoutChangesOrdersNothingAndWritesNoRow() throws IOException {
    Title dark = sonarr.title("Dark");
    sonarr.episode(dark, 1, 10);
    long tag = sonarr.arr().library().addTag("keep");
    sonarr.arr().library().changeTitle(dark.id(), it -> it.withTags(Set.of(tag)));
    sync();
    List<String> before = rows();

    assertThat(sync()).isEqualTo(new SyncTally(1, 0, 0, 0, 0, 0, List.of()));

    assertThat(orders(library)).hasSize(1);
    assertThat(rows()).hasSize(2).isEqualTo(before);
  }

  /** The order of a set differs from one start of the program to the next. */
  @Test
  void aTitleWithManyTagsReadsTheSameInEveryProcess() {
    Title dark = sonarr.title("Dark");
    List<Long> tags = new ArrayList<>();
    for (long number = 1; number <= 20; number++) {
      tags.add(number * number * number);
    }
    sonarr.arr().library().changeTitle(dark.id(), it -> it.withTags(Set.copyOf(tags)));
    sync();

    assertThat(
            database
                .client()
                .sql("select replace(record ->> 'tags', ' ', '') from managed_titles")
                .query(String.class)
                .single())
        .isEqualTo(tags.toString().replace(" ", ""));
  }

  @Test
  void whatIsSaidOfAFileIsWrittenWithoutALookAtIt() throws IOException {
    Title dark = sonarr.title("Dark");
    MediaFile file = sonarr.episode(dark, 1, 10);
    sync();
    sonarr.arr().library().changeFile(file.id(), it -> it.withReleaseGroup("OTHER"));

    assertThat(sync()).isEqualTo(new SyncTally(1, 0, 0, 0, 0, 0, List.of()));

    assertThat(orders(library)).hasSize(1);
    assertThat(rows()).anyMatch(row -> row.contains("OTHER"));
  }

  @Test
  void aChangedSizeHasItsFolderLookedAt() throws IOException {
    Title dark = sonarr.title("Dark");
    Title lost = sonarr.title("Lost");
    MediaFile file = sonarr.episode(dark, 1, 10);
    sonarr.episode(lost, 1, 10);
    sync();
    change(file, 7);

    assertThat(sync()).isEqualTo(new SyncTally(2, 0, 1, 0, 0, 0, List.of()));

    assertThat(orders(library)).hasSize(2).last().isEqualTo(List.of(dark.path()));
    assertThat(sync()).isEqualTo(new SyncTally(2, 0, 0, 0, 0, 0, List.of()));
    assertThat(orders(library)).hasSize(2);
  }

  @Test
  void aRenamedFileHasItsFolderLookedAtAndKeepsItsRow() throws IOException {
    Title dark = sonarr.title("Dark");
    MediaFile file = sonarr.episode(dark, 1, 10);
    sync();
    sonarr.arr().library().changeFile(file.id(), it -> it.at("Season 01/Dark - S01E01.mkv"));

    assertThat(sync()).isEqualTo(new SyncTally(1, 0, 1, 0, 0, 0, List.of()));

    assertThat(orders(library)).hasSize(2).last().isEqualTo(List.of(dark.path()));
    assertThat(files()).isEqualTo(1);
    assertThat(rows()).anyMatch(row -> row.contains("Dark - S01E01.mkv"));
  }

  @Test
  void aVanishedFileIsLetGoAndItsFolderLookedAt() throws IOException {
    Title dark = sonarr.title("Dark");
    MediaFile file = sonarr.episode(dark, 1, 10);
    sonarr.episode(dark, 2, 10);
    sync();
    sonarr.arr().library().remove(file);

    assertThat(sync()).isEqualTo(new SyncTally(1, 0, 0, 1, 0, 0, List.of()));

    assertThat(orders(library)).hasSize(2).last().isEqualTo(List.of(dark.path()));
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void aVanishedTitleIsLetGoWithItsFilesAndItsFolderLookedAtALastTime() throws IOException {
    Title dark = sonarr.title("Dark");
    sonarr.title("Nothing yet");
    sonarr.episode(dark, 1, 10);
    sonarr.episode(dark, 2, 10);
    sync();
    sonarr.arr().removeTitle(dark.id());

    assertThat(sync()).isEqualTo(new SyncTally(0, 0, 0, 2, 0, 0, List.of()));

    assertThat(orders(library)).hasSize(2).last().isEqualTo(List.of(dark.path()));
    assertThat(managed.titleIds(connection.id())).hasSize(1);
    assertThat(files()).isZero();
  }

  @Test
  void aTitleThatWasMovedHasItsOldAndItsNewFolderLookedAt() throws IOException {
    Title dark = sonarr.title("Dark");
    sonarr.episode(dark, 1, 10);
    sonarr.episode(dark, 2, 10);
    sync();
    sonarr.arr().library().changeTitle(dark.id(), it -> at(it, below("Dark (2017)")));

    assertThat(sync()).isEqualTo(new SyncTally(2, 0, 2, 0, 0, 0, List.of()));

    assertThat(orders(library)).hasSize(2);
    assertThat(orders(library).getLast())
        .contains(below("Dark (2017)"))
        .as("what did not go along is found gone")
        .contains(below("Dark/Season 01"));
    assertThat(sync()).isEqualTo(new SyncTally(2, 0, 0, 0, 0, 0, List.of()));
    assertThat(orders(library)).hasSize(2);
  }

  private static Title at(Title title, String path) {
    return new Title(
        title.id(),
        title.name(),
        title.year(),
        path,
        title.onDisk(),
        title.monitored(),
        title.ended(),
        title.profile(),
        title.tags(),
        title.original());
  }

  @Test
  void whatLiesOutsideOfEveryLibraryIsToldOfAndLeftAlone() throws IOException {
    Title inside = sonarr.title("Dark");
    sonarr.episode(inside, 1, 10);
    Title outside = sonarr.arr().library().addTitleInMemory("Away", 2000, "/elsewhere/Away");
    sonarr.arr().library().addFileInMemory(outside.id(), "Away.S01E01.mkv", 99);

    SyncTally tally = sync();

    assertThat(tally.outside()).isEqualTo(1);
    assertThat(tally.problems()).singleElement().asString().contains("/elsewhere/Away");
    assertThat(orders(library)).containsExactly(List.of(inside.path()));
    assertThat(files()).isEqualTo(1);
    List<String> before = rows();
    assertThat(sync().outside()).isEqualTo(1);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void aReadOnlyLibraryIsNeverOrdered() throws IOException {
    Library readOnly =
        new LibraryRepository(database)
            .add("shown", new MediaPath(below("Shown")), "default", true);
    Title shown = sonarr.title("Shown");
    sonarr.episode(shown, 1, 10);
    Title dark = sonarr.title("Dark");
    sonarr.episode(dark, 1, 10);

    assertThat(sync().outside()).isEqualTo(1);

    assertThat(orders(readOnly)).isEmpty();
    assertThat(orders(library)).containsExactly(List.of(dark.path()));
  }

  @Test
  void aPathThatCannotBeUsedStopsNothing() throws IOException {
    Title dark = sonarr.title("Dark");
    sonarr.episode(dark, 1, 10);
    for (String path : List.of(below("x") + "/../y", "tv/Relative", "D:\\TV\\Windows")) {
      long title = sonarr.arr().library().addTitleInMemory("Odd", 2000, path).id();
      sonarr.arr().library().addFileInMemory(title, "Odd.S01E01.mkv", 99);
    }
    sonarr.arr().library().addFileInMemory(dark.id(), "../../up.S01E07.mkv", 99);

    SyncTally tally = sync();

    assertThat(tally.added()).isEqualTo(1);
    assertThat(tally.problems()).contains("a folder whose name cannot be used: D:\\TV\\Windows");
    assertThat(orders(library)).containsExactly(List.of(dark.path()));
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void aServerUnderWindowsIsUnderstoodByItsMapping() throws Exception {
    Connection windows =
        ArrAtHome.connection(
            database,
            folder.resolve("home"),
            "windows",
            sonarr.kind(),
            URI.create(sonarr.arr().url().toString().replace("127.0.0.1", "localhost") + "/"),
            FakeArr.KEY,
            new PathMap(List.of(new PathMap.Rule(sonarr.media().toString(), "D:\\TV"))));
    long dark = sonarr.arr().library().addTitleInMemory("Dark", 2017, "D:\\TV\\Dark").id();
    sonarr.arr().library().addFileInMemory(dark, "Season 01\\Dark.S01E01.mkv", 99);

    assertThat(sync(windows).tally()).isEqualTo(new SyncTally(1, 1, 0, 0, 0, 0, List.of()));

    assertThat(orders(library)).containsExactly(List.of(below("Dark")));
    assertThat(managed.files(windows.id(), List.of(dark)).get(dark))
        .singleElement()
        .satisfies(file ->
            assertThat(file.path().value()).isEqualTo(below("Dark/Season 01/Dark.S01E01.mkv")));
  }

  @Test
  void aSeriesThatIsBrokenThereStopsNoOtherAndKeepsWhatIsKnownOfIt() throws IOException {
    Title broken = sonarr.title("Broken");
    Title dark = sonarr.title("Dark");
    sonarr.episode(broken, 1, 10);
    MediaFile file = sonarr.episode(dark, 1, 10);
    sync();
    change(file, 7);
    sonarr.arr().faults().always("episodefile\\?seriesId=" + broken.id() + "$", Fault.status(500));

    SyncTally tally = sync();

    assertThat(tally.changed()).isEqualTo(1);
    assertThat(tally.failed()).isEqualTo(1);
    assertThat(tally.gone()).isZero();
    assertThat(tally.problems()).singleElement().asString().startsWith("Broken: it answers 500");
    assertThat(files()).isEqualTo(2);
    assertThat(orders(library)).hasSize(2).last().isEqualTo(List.of(dark.path()));
  }

  @Test
  void aSeriesThatIsRemovedWhileItIsReadHasNoFiles() throws IOException {
    Title removed = sonarr.title("Removed");
    Title dark = sonarr.title("Dark");
    sonarr.episode(removed, 1, 10);
    sonarr.episode(dark, 1, 10);
    sync();
    sonarr
        .arr()
        .faults()
        .next(
            1,
            "episodefile\\?seriesId=" + removed.id() + "$",
            Fault.notFound("Series with ID 1 does not exist"));

    assertThat(sync()).isEqualTo(new SyncTally(1, 0, 0, 1, 0, 0, List.of()));
  }

  @Test
  void whereNoSeriesAtAllCanBeReadTheSyncFails() throws IOException {
    sonarr.episode(sonarr.title("Dark"), 1, 10);
    sonarr.episode(sonarr.title("Lost"), 1, 10);
    sync();
    List<String> before = rows();
    sonarr.arr().faults().always("episodefile", Fault.status(500));

    assertFails("500");

    assertThat(rows()).isEqualTo(before);
    assertThat(orders(library)).hasSize(1);
  }

  @Test
  void aMovieThatIsBrokenThereStopsNoOther() throws Exception {
    try (ArrAtHome radarr = ArrAtHome.radarr(folder.resolve("films"))) {
      Library films = radarr.library(database);
      Connection to = radarr.connection(database, folder.resolve("home"));
      Title broken = radarr.title("Broken");
      Title good = radarr.title("Good");
      radarr.file(broken, "Broken.2017.mkv", 10);
      radarr.file(good, "Good.2017.mkv", 10);
      radarr
          .arr()
          .faults()
          .always("moviefile\\?.*movieId=" + broken.id() + "\\b", Fault.status(500));

      SyncTally tally = sync(to).tally();

      assertThat(tally.added()).isEqualTo(1);
      assertThat(tally.failed()).isEqualTo(1);
      assertThat(orders(films)).containsExactly(List.of(good.path()));
    }
  }

  private void assertFails(String words) {
    assertThatThrownBy(this::sync)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(connection.kind().evidence().name());
              assertThat(failure.getOriginalMessage()).contains(words);
            });
  }

  @Test
  void aListThatIsCutShortLetsNothingGo() throws IOException {
    sonarr.episode(sonarr.title("Dark"), 1, 10);
    sonarr.episode(sonarr.title("Lost"), 1, 10);
    sync();
    List<String> before = rows();
    sonarr.arr().faults().next(1, "GET /api/v3/series", Fault.cutShort());
    assertThat(sync())
        .as("is asked for again")
        .isEqualTo(new SyncTally(2, 0, 0, 0, 0, 0, List.of()));
    sonarr.arr().faults().always("GET /api/v3/series", Fault.cutShort());

    assertFails("");

    assertThat(rows()).isEqualTo(before);
    assertThat(orders(library)).hasSize(1);
  }

  @Test
  void filesThatAreCutShortLetNothingGo() throws IOException {
    Title dark = sonarr.title("Dark");
    sonarr.episode(dark, 1, 10);
    sonarr.episode(dark, 2, 10);
    sonarr.episode(sonarr.title("Lost"), 1, 10);
    sync();
    List<String> before = rows();
    sonarr.arr().faults().always("episodefile\\?seriesId=" + dark.id() + "$", Fault.cutShort());

    assertThat(sync().failed()).isEqualTo(1);

    assertThat(rows()).isEqualTo(before);
    assertThat(orders(library)).hasSize(1);
  }

  @Test
  void aKeyThatIsRefusedFailsTheSync() throws IOException {
    sonarr.episode(sonarr.title("Dark"), 1, 10);
    sync();
    List<String> before = rows();
    sonarr.arr().faults().always("episodefile", Fault.status(401));
    assertFails("refuses the key");
    sonarr.arr().faults().always("series", Fault.status(401));
    assertFails("refuses the key");

    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void whoIsStartingOrAwayLosesNothing() throws IOException {
    sonarr.episode(sonarr.title("Dark"), 1, 10);
    sync();
    List<String> before = rows();
    sonarr.arr().startingUp(true);
    assertFails("not ready");
    sonarr.arr().startingUp(false);
    sonarr.arr().stop();
    assertFails("");
    sonarr.arr().start();

    assertThat(sync()).isEqualTo(new SyncTally(1, 0, 0, 0, 0, 0, List.of()));
    assertThat(rows()).isEqualTo(before);
    assertThat(orders(library)).hasSize(1);
  }

  @Test
  void anIdThatIsUsedAgainForAFileOfAnotherTitleIsSeenInBoth() throws IOException {
    Title dark = sonarr.title("Dark");
    Title lost = sonarr.title("Lost");
    MediaFile file = sonarr.episode(dark, 1, 10);
    MediaFile other = sonarr.episode(lost, 1, 20);
    sync();
    sonarr.arr().library().remove(file);
    sonarr.arr().library().remove(other);
    sonarr.arr().library().put(withId(other, file.id()));

    SyncTally tally = sync();

    assertThat(tally.added()).isEqualTo(1);
    assertThat(tally.gone()).isEqualTo(2);
    assertThat(orders(library)).hasSize(2).last().isEqualTo(List.of(dark.path(), lost.path()));
    assertThat(managed.files(connection.id(), List.of(lost.id())).get(lost.id()))
        .singleElement()
        .satisfies(it -> assertThat(it.record().size()).isEqualTo(20));
    assertThat(files()).isEqualTo(1);
  }

  private static MediaFile withId(MediaFile file, long id) {
    return new MediaFile(
        id,
        file.title(),
        file.season(),
        file.relativePath(),
        file.size(),
        file.added(),
        file.sceneName(),
        file.releaseGroup(),
        file.edition(),
        file.originalPath(),
        file.quality(),
        file.languages(),
        file.indexerFlags(),
        file.releaseType(),
        file.mediaInfo());
  }

  @Test
  void twoThatManageTheSameFolderDoNotDisturbEachOther() throws Exception {
    try (ArrAtHome second = ArrAtHome.sonarr(sonarr.media())) {
      Connection to = second.connection(database, folder.resolve("home"), "second", PathMap.NONE);
      Title dark = sonarr.title("Dark");
      sonarr.episode(dark, 1, 10);
      Title there = second.title("Dark");
      second.episode(there, 1, 10);
      sync();
      List<String> before = rows();

      assertThat(sync(to).tally().added()).isEqualTo(1);

      assertThat(rows()).hasSize(4).containsAll(before);
      second.arr().removeTitle(there.id());
      assertThat(sync(to).tally().gone()).isEqualTo(1);
      assertThat(rows()).isEqualTo(before);
      assertThat(orders(library)).hasSize(3);
    }
  }

  @Test
  void fifteenHundredTitlesAreReadAHundredAtATimeAndEachOnce() throws Exception {
    try (ArrAtHome radarr = ArrAtHome.radarr(folder.resolve("films"))) {
      Library films = radarr.library(database);
      Connection to = radarr.connection(database, folder.resolve("home"));
      for (int number = 1; number <= 1500; number++) {
        String path = radarr.media().resolve("Film " + number).toString();
        long movie = radarr.arr().library().addTitleInMemory("Film " + number, 2000, path).id();
        radarr.arr().library().addFileInMemory(movie, "Film.mkv", number);
      }

      Synced synced = sync(to);

      assertThat(synced.titles()).isEqualTo(1500);
      assertThat(synced.tally().added()).isEqualTo(1500);
      assertThat(synced.steps()).hasSize(15).allMatch(step -> step.titles() == 100);
      assertThat(radarr.arr().requests().matching("GET .+moviefile")).hasSize(15);
      assertThat(orders(films).stream().flatMap(List::stream))
          .doesNotHaveDuplicates()
          .hasSize(1500);
      List<String> before = rows();
      assertThat(sync(to).tally().added()).isZero();
      assertThat(rows()).hasSize(3000).isEqualTo(before);
    }
  }

  /** What was written down without its order would never be looked at. */
  @Test
  void whatDiffersIsOrderedAndWrittenDownOrNeither() throws IOException {
    Title dark = sonarr.title("Dark");
    sonarr.episode(dark, 1, 10);
    breakWrites("managed_files", "insert");
    assertThatThrownBy(this::sync).hasMessageContaining("the plug was pulled");
    assertThat(orders(library)).isEmpty();
    assertThat(files()).isZero();
    mendWrites("managed_files");

    assertThat(sync().added()).isEqualTo(1);

    assertThat(orders(library)).containsExactly(List.of(dark.path()));
    assertThat(files()).isEqualTo(1);
    sonarr.arr().removeTitle(dark.id());
    breakWrites("managed_titles", "delete");
    assertThatThrownBy(this::sync).hasMessageContaining("the plug was pulled");
    mendWrites("managed_titles");
    assertThat(sync().gone()).isEqualTo(1);
    assertThat(orders(library)).hasSize(2);
    assertThat(sync().gone()).isZero();
    assertThat(orders(library)).hasSize(2);
  }

  private void breakWrites(String table, String what) {
    database
        .client()
        .sql(
            """
            create or replace function pull() returns trigger language plpgsql as
            'begin raise exception ''the plug was pulled''; end'
            """)
        .update();
    database
        .client()
        .sql(
            "create trigger pull before "
                + what
                + " on "
                + table
                + " for each row execute function pull()")
        .update();
  }

  private void mendWrites(String table) {
    database.client().sql("drop trigger pull on " + table).update();
  }

  @Test
  void aFolderThatIsNotThereIsNoReasonToForgetWhatIsManaged() throws IOException {
    Title dark = sonarr.title("Dark");
    MediaFile file = sonarr.episode(dark, 1, 10);
    sync();
    Files.delete(Path.of(dark.pathOf(file)));

    assertThat(sync()).isEqualTo(new SyncTally(1, 0, 0, 0, 0, 0, List.of()));
  }
}
