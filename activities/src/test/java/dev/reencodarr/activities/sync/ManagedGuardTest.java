package dev.reencodarr.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownFile;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownTitle;
import dev.reencodarr.activities.store.sync.OpenFileTelling;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.fakearr.download.QueueItem;
import dev.reencodarr.fakearr.fault.Fault;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.ManagedStanding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked before work on a file that Sonarr manages. */
class ManagedGuardTest {

  private static final ManagedStanding FREE = new ManagedStanding.Free();

  private final Database database = TestDatabase.fresh();
  private final ManagedRepository managed = new ManagedRepository(database);
  private final FileTellingRepository tellings = new FileTellingRepository(database);
  @TempDir private Path folder;
  private KeptKeyClients clients;
  private ManagedGuard guard;
  private ArrAtHome sonarr;
  private Connection connection;
  private Title dark;
  private VideoId first;
  private VideoId second;

  @BeforeEach
  void prepare() throws Exception {
    clients = new KeptKeyClients(database, folder.resolve("home"));
    guard = new ManagedGuard(database, clients);
    sonarr = ArrAtHome.sonarr(folder.resolve("tv"));
    Library library = sonarr.library(database);
    connection = sonarr.connection(database, folder.resolve("home"));
    dark = sonarr.title("Dark");
    MediaFile one = sonarr.episode(dark, 1, 1000);
    MediaFile two = sonarr.episode(dark, 2, 1000);
    first = Rows.video(database, library, dark.pathOf(one)).id();
    second = Rows.video(database, library, dark.pathOf(two)).id();
    ArrClient client = clients.at(connection);
    List<Long> ids = new ArrayList<>();
    client.titles(title -> {
      ids.add(title.id());
      managed.putTitles(
          connection.id(), List.of(new KnownTitle(new MediaPath(title.path()), title)));
    });
    managed.putFiles(
        connection.id(),
        client.files(ids).stream()
            .map(file -> new KnownFile(new MediaPath(file.path()), file))
            .toList());
  }

  @AfterEach
  void close() {
    clients.close();
    sonarr.close();
  }

  @Test
  void aFileForWhichNothingIsDownloadedIsFree() {
    assertThat(guard.standing(first)).isEqualTo(FREE);
  }

  @Test
  void aFileForWhichAnotherIsDownloadedIsForLaterUntilThatIsOver() {
    QueueItem upgrade = sonarr.arr().downloads().grab(dark.id(), "Dark.S01E01.2160p.WEB-DL-BETTER");

    assertThat(guard.standing(first))
        .isEqualTo(new ManagedStanding.Later("Sonarr is downloading another file for it"));
    assertThat(guard.standing(second)).as("another episode").isEqualTo(FREE);

    sonarr.arr().downloads().abandon(upgrade);

    assertThat(guard.standing(first)).isEqualTo(FREE);
  }

  @Test
  void whoDoesNotAnswerHasNothingAgainstIt() throws Exception {
    sonarr.arr().downloads().grab(dark.id(), "Dark.S01E01.2160p.WEB-DL-BETTER");
    sonarr.arr().faults().always(".*", Fault.status(500));

    assertThat(guard.standing(first)).isEqualTo(FREE);

    sonarr.arr().stop();

    assertThat(guard.standing(first)).isEqualTo(FREE);
  }

  @Test
  void whatNobodyManagesIsFree() {
    managed.removeTitles(connection.id(), List.of(dark.id()));

    assertThat(guard.standing(first)).isEqualTo(FREE);
    assertThat(sonarr.arr().requests().matching("GET .*/queue.*")).isEmpty();
  }

  private void resultWasTold(VideoId video) throws Exception {
    tellings.note(video, pathOf(video), true);
    OpenFileTelling open = tellings.open(video).getFirst();
    ArrClient client = clients.at(connection);
    tellings.record(
        open.id(),
        client.file(open.file()).orElseThrow(),
        client.monitored(client.file(open.file()).orElseThrow()));
    tellings.told(open.id(), open.noted(), "");
  }

  private String pathOf(VideoId video) {
    return database
        .client()
        .sql("select path from videos where id = :id")
        .param("id", video.value())
        .query(String.class)
        .single();
  }

  @Test
  void anEpisodeThatIsImportedAgainAfterEachOfThreeResultsIsLeftAloneUntilSomebodySaysOtherwise()
      throws Exception {
    resultWasTold(first);
    resultWasTold(first);
    assertThat(guard.standing(first)).isEqualTo(FREE);
    resultWasTold(first);

    assertThat(guard.standing(first))
        .isInstanceOfSatisfying(
            ManagedStanding.LeftAlone.class,
            alone -> {
              assertThat(alone.reason()).isEqualTo(SkipReason.IMPORTED_AGAIN);
              assertThat(alone.detail()).contains("Sonarr has imported it again", "retry");
            });
    assertThat(guard.standing(second)).as("another episode of the series").isEqualTo(FREE);

    tellings.forgive(first);

    assertThat(guard.standing(first)).isEqualTo(FREE);
  }
}
