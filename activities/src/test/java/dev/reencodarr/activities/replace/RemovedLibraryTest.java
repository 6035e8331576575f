package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.janitor.SettleLedger;
import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.InstallationRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.UndoOutcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A library that was taken out of use keeps what undo and expiry need; nothing new begins in it.
 */
class RemovedLibraryTest {

  private static Database database;

  @TempDir private Path folder;
  private LibraryRepository libraries;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  @BeforeEach
  void open() {
    libraries = new LibraryRepository(database);
  }

  private ReplaceBench marked() throws IOException {
    ReplaceBench bench = ReplaceBench.in(database, folder, "movie.avi", "movie.mkv");
    new LibraryMarker(library(bench).id(), new InstallationRepository(database).id())
        .write(bench.root());
    return bench;
  }

  private Library library(ReplaceBench bench) {
    return libraries.byRootContaining(ReplaceBench.media(bench.root())).orElseThrow();
  }

  private void remove(ReplaceBench bench) {
    assertThat(libraries.remove(library(bench).id())).isTrue();
  }

  /** With the guard that a worker has. */
  private static Swapper swapper(ReplaceBench bench, CrashPoints points) {
    return new Swapper(
        ReplaceBench.machine(),
        bench.rows(),
        (folder, owner) -> TestMount.EVERYTHING.ability(),
        new SwapMeans(0, false, false, new MarkedLibraries(database), MountCalls.real()),
        points,
        () -> progress -> {});
  }

  private static Swapper swapper(ReplaceBench bench) {
    return swapper(bench, CrashPoints.none());
  }

  private ReplaceBench replacedAndRemoved() throws IOException {
    ReplaceBench bench = marked();
    swapper(bench).swap(bench.staged("swap"));
    remove(bench);
    return bench;
  }

  @Test
  void whatWasReplacedInItIsUndoneAndThatToo() throws IOException {
    ReplaceBench bench = replacedAndRemoved();

    assertThat(swapper(bench).undo(bench.video(), "undo#" + bench.video()))
        .isInstanceOf(UndoOutcome.Undone.class);

    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(swapper(bench).undo(bench.video(), "redo#" + bench.video()))
        .isInstanceOf(UndoOutcome.Undone.class);
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
  }

  @Test
  void anOriginalIsPutElsewhere() throws IOException {
    ReplaceBench bench = replacedAndRemoved();
    Path place = folder.resolve("back.avi");

    assertThat(
            swapper(bench)
                .restore(bench.video(), "restore#" + bench.video(), ReplaceBench.media(place)))
        .isInstanceOf(RestoreOutcome.Restored.class);

    assertThat(place).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void anOriginalExpires() throws IOException {
    ReplaceBench bench = replacedAndRemoved();

    assertThat(
            swapper(bench)
                .accept(
                    bench.video(),
                    "accept#" + bench.video(),
                    new Acceptance(Instant.now().plus(Duration.ofMinutes(1)), false))
                .files())
        .isOne();

    assertThat(bench.kept()).doesNotExist();
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
  }

  @Test
  void withoutItsMarkerItIsNotTouched() throws IOException {
    ReplaceBench bench = replacedAndRemoved();
    Path marker = bench.root().resolve(DotFolder.NAME).resolve("library.json");
    Files.delete(marker);

    assertThatThrownBy(() -> swapper(bench).undo(bench.video(), "undo#" + bench.video()))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, fault -> assertThat(fault.getType()).isEqualTo("MOUNT_GONE"));

    assertThat(bench.kept()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void aSwapThatWasBegunInItIsBroughtToItsEndOnTheQueueOfItsZone() throws IOException {
    ReplaceBench bench = marked();
    SwapRequest request = bench.staged("swap");
    CrashPoints stop =
        (step, moment) -> {
          if (step == Step.PLACE_RESULT) {
            throw new StoppedDead.PowerFailure(step.name());
          }
        };
    assertThatThrownBy(() -> swapper(bench, stop).swap(request))
        .isInstanceOf(StoppedDead.PowerFailure.class);
    remove(bench);

    assertThat(new SettleLedger(database).find(bench.video()).zone()).isEqualTo("default");
    assertThat(swapper(bench).swap(request)).isInstanceOf(SwapOutcome.Replaced.class);

    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
  }

  @Test
  void noSwapIsBegunInIt() throws IOException {
    ReplaceBench bench = marked();
    SwapRequest request = bench.staged("swap");
    remove(bench);

    assertSaysRemoved(() -> swapper(bench).swap(request));
    assertThat(Path.of(request.staged().path().value()).getParent())
        .as("nobody comes for it any more")
        .doesNotExist();
    assertSaysRemoved(() ->
        new Stager(ReplaceBench.machine(), new MarkedLibraries(database), 0, () -> progress -> {})
            .stage(bench.stageRequest()));

    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.rows().byAttempt(request.attempt())).isEmpty();
  }

  @Test
  void noSwapWaitsForTheMountOfALibraryThatWasTakenOutOfUse() throws IOException {
    ReplaceBench bench = marked();
    SwapRequest request = bench.staged("swap");
    Files.delete(bench.root().resolve(DotFolder.NAME).resolve("library.json"));
    assertThatThrownBy(() -> swapper(bench).swap(request))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, fault -> assertThat(fault.getType()).isEqualTo("MOUNT_GONE"));

    remove(bench);

    assertSaysRemoved(() -> swapper(bench).swap(request));
  }

  private static void assertSaysRemoved(ThrowingCallable begun) {
    assertThatThrownBy(begun)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            fault -> assertThat(fault.getType()).isEqualTo("LIBRARY_REMOVED"));
  }
}
