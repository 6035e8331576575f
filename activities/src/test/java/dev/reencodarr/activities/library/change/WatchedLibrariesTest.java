package dev.reencodarr.activities.library.change;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reencodarr.activities.library.FolderWalk;
import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.Roots;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.library.ScanTally;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** From what happens on a real disk to what a library's workflow is asked for. */
class WatchedLibrariesTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration STILL = Duration.ofMillis(400);

  private final TestWorkflowEnvironment temporal = SteppedEnvironment.open();
  private final Database database = TestDatabase.fresh();
  private final RequestRepository requests = new RequestRepository(database);
  private final VideoRepository videos = new VideoRepository(database);

  @TempDir private Path temporary;
  private Path root;
  private Library library;
  private WatchedLibraries watches;

  @BeforeEach
  void watch() throws Exception {
    root = Files.createDirectories(temporary.toRealPath().resolve("films"));
    library = new Roots(database).add(root, "films", "default", false, false);
    watches = watches(Registration.real());
    awaitWatched();
  }

  @AfterEach
  void close() {
    watches.stop();
    temporal.close();
  }

  private WatchedLibraries watches(Registration registration) {
    return new WatchedLibraries(
        database,
        temporal.getWorkflowClient(),
        new MarkedLibraries(database),
        "default",
        new LibraryWatch.Terms(STILL, Duration.ofHours(1), Set.of("mkv"), registration),
        true);
  }

  private void awaitWatched() throws Exception {
    Processes.await(
        "it is watched",
        SOON,
        () -> {
          watches.look();
          return watches.isWatched(library);
        });
  }

  private Path film(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private Set<Path> ordered() {
    Set<Path> scopes = new HashSet<>();
    requests
        .open(library.id())
        .forEach(request -> request.scopes().forEach(scope -> scopes.add(Path.of(scope.value()))));
    return scopes;
  }

  /** As the library's workflow does it: what was ordered is walked, seen and written down. */
  private Set<Path> lookedAt() throws IOException {
    Set<Path> scopes = new HashSet<>();
    for (WorkRequest request : requests.open(library.id())) {
      for (MediaPath scope : request.scopes()) {
        scopes.add(Path.of(scope.value()));
        see(Path.of(scope.value()));
      }
      requests.scanned(request.id(), new ScanTally(0, 0, 0, 0, 0, 0, 0, 0));
    }
    return scopes;
  }

  private void see(Path scope) throws IOException {
    if (!Files.exists(scope)) {
      videos.findByPath(new MediaPath(scope.toString())).ifPresent(it -> videos.missing(it.id()));
      return;
    }
    try (Stream<Path> all = Files.walk(scope)) {
      videos.see(
          library.id(),
          all.filter(path -> path.toString().endsWith(".mkv"))
              .flatMap(path -> FolderWalk.seen(path).stream())
              .toList());
    }
  }

  private void awaitLookAt(Path... paths) throws Exception {
    Set<Path> seen = new HashSet<>();
    Processes.await(
        "looks are ordered",
        SOON,
        () -> {
          seen.addAll(lookedAt());
          return seen.containsAll(List.of(paths));
        });
    assertThat(seen).containsExactlyInAnyOrder(paths);
  }

  @Test
  void aNewFileIsLookedAtByItselfAndNobodyWaits() throws Exception {
    Path film = film("show/season/one.mkv");
    film("show/season/one.nfo");
    Processes.await("it is ordered", SOON, () -> !ordered().isEmpty());

    WorkRequest request = requests.open(library.id()).getFirst();
    assertThat(request.scopes()).containsExactly(new MediaPath(film.toString()));
    assertThat(request.dryRun()).isFalse();
    assertThat(requests.isUnattended(request.id())).isTrue();
    assertThat(requests.isScanDue(library.id())).as("the scan by schedule goes on").isFalse();
  }

  @Test
  void aFileThatIsStillWrittenToIsNotLookedAt() throws Exception {
    Path growing = root.resolve("growing.mkv");
    try (OutputStream writer = Files.newOutputStream(growing)) {
      writer.write(1);
      // Ordered after it, and still for as long.
      Path other = film("other.mkv");
      awaitLookAt(other);
      writer.write(2);
    }
    awaitLookAt(growing);
  }

  @Test
  void aFileThatIsKnownAsItIsIsNot() throws Exception {
    Path known = film("known.mkv");
    awaitLookAt(known);

    // As a swap of ours: the row knows the new file before it was still for long.
    Path result = Files.writeString(root.resolve(".result"), "a result");
    Files.move(result, known, StandardCopyOption.REPLACE_EXISTING);
    see(known);
    Path other = film("other.mkv");

    awaitLookAt(other);
  }

  @Test
  void renamedAndRemovedFilesAreLookedAt() throws Exception {
    Path one = film("one.mkv");
    awaitLookAt(one);
    Path two = root.resolve("two.mkv");

    Files.move(one, two);

    awaitLookAt(one, two);
    Files.delete(two);
    awaitLookAt(two);
  }

  @Test
  void aRemovedFolderIsLookedAtWhereFilesOfItAreKnown() throws Exception {
    Path one = film("show/one.mkv");
    Files.createDirectories(root.resolve("empty"));
    awaitLookAt(one);

    Files.delete(root.resolve("empty"));
    Files.delete(one);
    Files.delete(root.resolve("show"));

    Set<Path> seen = new HashSet<>();
    Processes.await(
        "it is looked at",
        SOON,
        () -> {
          seen.addAll(lookedAt());
          return !seen.isEmpty();
        });
    assertThat(seen).isSubsetOf(one, root.resolve("show"));
  }

  @Test
  void tenThousandFilesAreFewOrders() throws Exception {
    Collection<Path> films = new HashSet<>();
    for (int number = 0; number < 10_000; number++) {
      films.add(film("show " + number % 100 + "/season/film " + number + ".mkv"));
    }
    Set<Path> seen = new HashSet<>();
    Set<WorkRequest> orders = new HashSet<>();
    Processes.await(
        "all are looked at",
        Duration.ofMinutes(2),
        () -> {
          List<WorkRequest> open = requests.open(library.id());
          assertThat(open).as("one at a time").hasSizeLessThanOrEqualTo(1);
          orders.addAll(open);
          seen.addAll(lookedAt());
          return films.stream().allMatch(film -> seen.stream().anyMatch(film::startsWith));
        });

    assertThat(orders).hasSizeLessThan(50);
    assertThat(orders)
        .allSatisfy(order -> assertThat(order.scopes()).hasSizeLessThanOrEqualTo(LookOrders.MANY));
  }

  @Test
  void twoWorkersOfAZoneAskForTheSameOnceEachAtMost() throws Exception {
    WatchedLibraries other = watches(Registration.real());
    try {
      Processes.await(
          "both watch",
          SOON,
          () -> {
            other.look();
            return other.isWatched(library);
          });
      List<Path> seen = new ArrayList<>();
      for (Path film : List.of(root.resolve("one.mkv"), root.resolve("two.mkv"))) {
        Files.writeString(film, "a film");
        Processes.await(
            film + " is looked at",
            SOON,
            () -> {
              seen.addAll(lookedAt());
              return seen.contains(film);
            });
      }
      assertThat(seen).containsOnly(root.resolve("one.mkv"), root.resolve("two.mkv"));
      assertThat(seen).hasSizeLessThanOrEqualTo(4);
    } finally {
      other.stop();
    }
  }

  @Test
  void aRootThatWentAndCameAgainIsWatchedAgain() throws Exception {
    awaitLookAt(film("known.mkv"));
    Path away = root.resolveSibling("away");
    Files.move(root, away);
    Processes.await(
        "it is not watched any more",
        SOON,
        () -> {
          watches.look();
          return !watches.isWatched(library);
        });
    assertThat(ordered()).as("nothing was removed: it is not there").isEmpty();

    Files.move(away, root);
    awaitWatched();
    awaitLookAt(film("one.mkv"));
  }

  @Test
  void aLibraryThatIsTakenOutOfUseIsNotWatchedAnyMore() throws Exception {
    new LibraryRepository(database).remove(library.id());
    watches.look();

    Processes.await("it ends", SOON, () -> !watches.isWatched(library));
  }

  @Test
  void whyALibraryIsNotWatchedIsWarnedOfOnce() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(WatchedLibraries.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    Path away = root.resolveSibling("away");
    try {
      Files.move(root, away);
      watches.look();
      watches.look();

      assertThat(log.list)
          .filteredOn(event -> event.getLevel() == Level.WARN)
          .extracting(ILoggingEvent::getFormattedMessage)
          .singleElement()
          .asString()
          .startsWith("library films is not watched, and left to its scans: it has no marker");
      assertThat(watches.complaint(library)).isPresent();

      Files.move(away, root);
      awaitWatched();
      watches.look();
      assertThat(watches.complaint(library)).isEmpty();
    } finally {
      logger.detachAppender(log);
    }
  }

  @Test
  void whereTheSystemGrantsNoMoreWatchesItSaysSoAndGivesBackWhatItHad() throws Exception {
    film("a/b/one.mkv");
    watches.stop();
    watches =
        watches((folder, service) -> {
          if (folder.endsWith("b")) {
            throw new IOException("User limit of inotify watches reached");
          }
          return Registration.real().register(folder, service);
        });
    Processes.await(
        "it is said",
        SOON,
        () -> {
          watches.look();
          return watches.complaint(library).isPresent();
        });

    assertThat(watches.isWatched(library)).isFalse();
    assertThat(watches.complaint(library))
        .hasValueSatisfying(why -> assertThat(why).contains("max_user_watches"));
  }
}
