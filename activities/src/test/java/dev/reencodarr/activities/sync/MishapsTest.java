package dev.reencodarr.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.fakearr.fault.Fault;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.CommandEnd;
import dev.reencodarr.workflows.sync.FileStanding;
import dev.reencodarr.workflows.sync.FileTellActivities;
import dev.reencodarr.workflows.sync.FileTelling;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestWorkflowEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes between two programs that change the same files. */
@SuppressWarnings("NullAway.Init")
class MishapsTest {

  private static final String SCENE = "Dark.S01E01.1080p.BluRay.x264-GRP";

  private final TestWorkflowEnvironment temporal = SteppedEnvironment.open();
  private final TestActivityEnvironment activities = TestActivityEnvironment.newInstance();

  @TempDir private Path folder;
  private ConnectedArr arr;
  private Title title;
  private UUID video;
  private FileTellActivities tell;

  @AfterEach
  void close() {
    temporal.close();
    activities.close();
    arr.close();
  }

  private void open(ConnectedArr connected) {
    arr = connected;
    activities.registerActivitiesImplementations(
        new ConnectionTeller(arr.database(), arr.clients(), new MarkedLibraries(arr.database())));
    tell = activities.newActivityStub(FileTellActivities.class);
  }

  private void sync() {
    LibrarySync sync = new LibrarySync(arr.database(), temporal.getWorkflowClient(), arr.clients());
    var _ = sync.titles(arr.connection().wholeSync(), done -> {});
    var _ = sync.files(arr.connection().wholeSync(), done -> {});
  }

  private Path avi(String name) throws Exception {
    title = arr.title("Dark");
    Path path = arr.write(title, name, 1000);
    arr.fake().library().addFile(title.id(), path, SCENE);
    sync();
    video = UUID.randomUUID();
    arr.database()
        .client()
        .sql(
            """
            insert into videos (id, library_id, path, size, mtime)
            select :id, id, :path, 1000, now() from libraries
            """)
        .param("id", video)
        .param("path", path.toString())
        .update();
    return path;
  }

  /** As a swap does it. */
  private void swapped(Path from, Path to, int size) throws Exception {
    Files.delete(from);
    Files.write(to, new byte[size]);
    new FileTellingRepository(arr.database()).note(new VideoId(video), to.toString(), true);
    arr.database()
        .client()
        .sql("update videos set path = :path, size = :size")
        .param("path", to.toString())
        .param("size", size)
        .update();
  }

  private FileTelling telling() {
    return new FileTelling(
        arr.database().client().sql("select id from file_tellings").query(Long.class).single(),
        "tv",
        arr.connection().kind());
  }

  private int open() {
    return new FileTellingRepository(arr.database()).untold(arr.connection().id());
  }

  private MediaFile theirs() {
    List<MediaFile> files = arr.fake().library().files(title.id());
    assertThat(files).hasSize(1);
    return files.getFirst();
  }

  @Test
  void aSeriesWhoseFilesAnswer500StopsNoOther() throws Exception {
    open(ConnectedArr.sonarr(folder));
    title = arr.title("Dark");
    Title heat = arr.title("Heat");
    arr.file(title, "Season 01/Dark.S01E01.720p.WEB-DL.x264-GRP.mkv", 10);
    arr.file(heat, "Season 01/Heat.S01E01.720p.WEB-DL.x264-GRP.mkv", 20);
    arr.fake().faults().always("GET .*episodefile\\?seriesId=" + title.id(), Fault.status(500));
    sync();
    assertThat(arr.known()).hasSize(1);
  }

  @Test
  void aMountThatIsAwayIsNoFileThatSomebodyRemoved() throws Exception {
    open(ConnectedArr.sonarr(folder));
    Path path = avi("Season 01/Dark.S01E01.mkv");
    swapped(path, path, 400);
    Files.move(folder.resolve("media"), folder.resolve("unmounted"));
    assertThat(catchThrowable(() -> tell.record(telling()))).as("it cannot be said").isNotNull();
  }

  @Test
  void anUndoWhileATellingSettlesIsToldToo() throws Exception {
    open(ConnectedArr.sonarr(folder));
    Path path = avi("Season 01/Dark.S01E01.mkv");
    swapped(path, path, 400);
    assertThat(tell.record(telling())).isEqualTo(FileStanding.OUTDATED);
    assertThat(tell.rescan(telling())).isEqualTo(CommandEnd.OVER);
    assertThat(tell.look(telling())).isEqualTo(FileStanding.AS_IT_IS);
    // Up to half an hour may pass here: another command is at work.
    Files.write(path, new byte[1000]);
    new FileTellingRepository(arr.database()).note(new VideoId(video), path.toString(), false);
    String _ = tell.settle(telling());
    assertThat(theirs().size()).isEqualTo(400);
    assertThat(open()).as("it still has the file of before the undo").isEqualTo(1);
  }

  @Test
  void aRenameWhoseAnswerIsLostIsFollowedByTheNextRound() throws Exception {
    open(ConnectedArr.sonarr(folder));
    arr.fake()
        .library()
        .change(it -> it.renamingBy("{Series Title} - S{season:00}E{episode:00} {Quality Full}"));
    Path path = avi("Season 01/Dark.S01E01.avi");
    swapped(path, path.resolveSibling("Dark.S01E01.mkv"), 400);
    tell.record(telling());
    tell.rescan(telling());
    assertThat(tell.look(telling())).isEqualTo(FileStanding.AS_IT_IS);
    arr.fake().faults().always("GET .*/command/", Fault.status(401));
    assertThat(catchThrowable(() -> tell.rename(telling()))).isNotNull();
    arr.fake().faults().clear();
    Processes.await(
        "it is renamed there",
        Duration.ofSeconds(30),
        () -> !theirs().relativePath().equals("Season 01/Dark.S01E01.mkv"));
    FileStanding next = tell.record(telling());
    assertThat(next).isNotEqualTo(FileStanding.NOT_MANAGED);
  }

  @Test
  void theNewNameIsMadeOfWhatWasRecorded() throws Exception {
    open(ConnectedArr.sonarr(folder));
    arr.fake()
        .library()
        .change(it -> it.renamingBy("{Series Title} - S{season:00}E{episode:00} {Quality Full}"));
    Path path = avi("Season 01/Dark.S01E01.avi");
    swapped(path, path.resolveSibling("Dark.S01E01.mkv"), 400);
    tell.record(telling());
    tell.rescan(telling());
    tell.look(telling());
    tell.rename(telling());
    String _ = tell.settle(telling());
    // What was recorded is put back, but the name was made of what the scan took it for.
    assertThat(theirs().relativePath()).contains(theirs().quality().name());
  }

  @Test
  void aMovieThatAScanOfItsOwnHasUnmonitoredIsMonitoredAgain() throws Exception {
    open(ConnectedArr.radarr(folder));
    arr.fake().library().change(it -> it.unmonitoringDeleted(true));
    Path path = avi("Dark.2017.avi");
    boolean before = arr.fake().library().part(title.id()).orElseThrow().monitored();
    assertThat(before).isTrue();
    swapped(path, path.resolveSibling("Dark.2017.mkv"), 400);
    // Its own daily refresh comes before us.
    var _ = arr.clients().at(arr.connection()).rescan(title.id());
    Processes.await(
        "it has scanned", Duration.ofSeconds(30), () -> theirs().relativePath().endsWith(".mkv"));
    tell.record(telling());
    tell.rescan(telling());
    assertThat(tell.look(telling())).isEqualTo(FileStanding.AS_IT_IS);
    tell.rename(telling());
    String _ = tell.settle(telling());
    assertThat(open()).isZero();
    assertThat(arr.fake().library().part(title.id()).orElseThrow().monitored()).isTrue();
  }

  @Test
  void aRenameTakesNoOtherVideosRow() throws Exception {
    open(ConnectedArr.sonarr(folder));
    Path path = avi("Season 01/Dark.S01E01.mkv");
    UUID other = UUID.randomUUID();
    Path taken = arr.write(title, "Season 01/Dark.S01E02.mkv", 5000);
    arr.database()
        .client()
        .sql(
            """
            insert into videos (id, library_id, path, size, mtime, state)
            select :id, id, :path, 5000, now(), 'encoding' from libraries
            """)
        .param("id", other)
        .param("path", taken.toString())
        .update();
    VideoRepository videos = new VideoRepository(arr.database());
    boolean _ =
        videos.renamed(
            new VideoId(video), new MediaPath(path.toString()), new MediaPath(taken.toString()));
    assertThat(videos.find(new VideoId(other))).as("a run is at work on it").isPresent();
  }

  @Test
  void aPathThatNoIndexTakesStopsNoSync() throws Exception {
    open(ConnectedArr.sonarr(folder));
    title = arr.title("Dark");
    StringBuilder deep = new StringBuilder();
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 190; j++) {
        deep.append((char) ('a' + random.nextInt(26)));
      }
      deep.append('/');
    }
    arr.fake().library().addFileInMemory(title.id(), deep + "Dark.S01E01.mkv", 1000);
    sync();
  }
}
