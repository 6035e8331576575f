package dev.reencodarr.activities.store.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownFile;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownTitle;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.rules.Managed;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Monitored;
import dev.reencodarr.workflows.sync.Title;
import dev.reencodarr.workflows.temporal.FairShare;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedFactsTest {

  private static final MediaPath EPISODE = new MediaPath("/tv/Dark/Season 01/1 'x' \"y\".mkv");
  private static final long TITLE = 12;
  private static final long FILE = 880;

  private final Database database = TestDatabase.fresh();
  private final ManagedFacts facts = new ManagedFacts(database);
  private final FileTellingRepository tellings = new FileTellingRepository(database);
  private final VideoId video = new VideoId(UUID.randomUUID());
  private long connection;

  @TempDir private Path home;

  @BeforeEach
  void sonarr() throws Exception {
    connection = connection("tv", ArrKind.SONARR, "http://nas:8989/");
    manage(connection, Set.of(1L, 3L, 99L));
    new ConnectionRepository(database)
        .label(connection, Map.of(1L, "Keep", 3L, "kids"), Map.of(4L, "HD-1080p"));
    LibraryId library = new LibraryId(UUID.randomUUID());
    database
        .client()
        .sql("insert into libraries (id, name, root) values (:id, 'tv', '/tv')")
        .param("id", library.value())
        .update();
    database
        .client()
        .sql(
            """
            insert into videos (id, library_id, path, size, mtime)
            values (:id, :library, :path, 100, now())
            """)
        .param("id", video.value())
        .param("library", library.value())
        .param("path", EPISODE.value())
        .update();
  }

  private long connection(String name, ArrKind kind, String url) throws Exception {
    return new ConnectionRepository(database)
        .add(
            new Connection(
                0, name, kind, URI.create(url), 0, "default", PathMap.NONE, Duration.ofHours(6)),
            SecretKey.inOrNew(home),
            "key")
        .id();
  }

  private void manage(long by, Set<Long> tags) {
    ManagedRepository managed = new ManagedRepository(database);
    managed.putTitles(
        by,
        List.of(
            new KnownTitle(
                new MediaPath("/tv/Dark"),
                new Title(TITLE, "Dark", "/tv/Dark", true, true, 4, tags, 1))));
    managed.putFiles(
        by,
        List.of(
            new KnownFile(
                EPISODE,
                new ManagedFile(
                    FILE, TITLE, 1, EPISODE.value(), 100, "h264", 0, false, "", "", "", "", ""))));
  }

  @Test
  void rulesSeeTheLabelsAndNotTheIds() {
    assertThat(facts.of(EPISODE))
        .isEqualTo(new Managed("sonarr", true, true, List.of("keep", "kids"), "HD-1080p"));
  }

  @Test
  void whatNobodyManagesHasNoFacts() {
    MediaPath other = new MediaPath("/tv/Dark/Season 01/2.mkv");

    assertThat(facts.of(other)).isEqualTo(Managed.NOBODY);
    assertThat(facts.of(List.of(EPISODE, other))).containsOnlyKeys(EPISODE);
  }

  @Test
  void sonarrHasFiveTurnsForEachOneOfRadarr() throws Exception {
    LibraryId library = new LibraryId(UUID.randomUUID());

    assertThat(facts.shareOf(EPISODE, library)).isEqualTo(new FairShare("sonarr", 5));
    assertThat(ArrKind.RADARR.share().weight()).isEqualTo(1);
    assertThat(facts.shareOf(new MediaPath("/tv/x.mkv"), library)).isEqualTo(FairShare.of(library));
  }

  private void told(boolean encoded, long... episodes) {
    tellings.note(video, EPISODE.value(), encoded);
    OpenFileTelling open = tellings.open(video).getFirst();
    TreeSet<Long> on = new TreeSet<>();
    for (long episode : episodes) {
      on.add(episode);
    }
    tellings.record(open.id(), open.before().orElseThrow(), new Monitored(on, new TreeSet<>()));
    tellings.told(open.id(), open.noted(), "");
  }

  private int resultsFor(Long... episodes) {
    return tellings.resultsFor(connection, TITLE, List.of(episodes));
  }

  @Test
  void resultsForTheSameEpisodesAreCountedUntilAnOperatorSaysThatItMayGoOn() {
    told(true, 7, 8);
    told(true, 8);
    told(true, 9);
    told(false, 8);
    tellings.note(video, EPISODE.value(), true);

    assertThat(resultsFor(8L)).as("an undo counts for nothing, nor what was not told").isEqualTo(2);
    assertThat(resultsFor(7L, 9L)).isEqualTo(2);
    assertThat(resultsFor(10L)).isZero();
    assertThat(tellings.resultsFor(connection, TITLE + 1, List.of(8L))).isZero();

    tellings.forgive(video);

    assertThat(resultsFor(8L)).isZero();
  }

  @Test
  void whatHappensAgainBeforeItWasToldIsToldOnceWithWhatWasThereBefore() {
    tellings.note(video, EPISODE.value(), true);
    tellings.note(video, "/tv/Dark/Season 01/1.mp4", true);

    assertThat(tellings.open(video))
        .singleElement()
        .satisfies(open -> {
          assertThat(open.path()).isEqualTo(new MediaPath("/tv/Dark/Season 01/1.mp4"));
          assertThat(open.before().orElseThrow().id()).isEqualTo(FILE);
        });
    assertThat(tellings.toBeCalled("default")).hasSize(1);
    assertThat(tellings.toBeCalled("default")).as("once").isEmpty();
  }

  @Test
  void twoConnectionsThatManageTheSameFileAreBothTold() throws Exception {
    long second = connection("tv-4k", ArrKind.SONARR, "http://nas:8990/");
    manage(second, Set.of());

    tellings.note(video, EPISODE.value(), true);

    assertThat(tellings.open(video)).hasSize(2);
    assertThat(tellings.untold(second)).isEqualTo(1);
  }
}
