package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.reencodarr.activities.replace.CrashPoints.Moment;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.replace.MountAbility;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.replace.UndoOutcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files of all sorts, and of files that somebody else changes meanwhile. */
class SwapperTest {

  private static final byte[] THEIRS = "somebody else's file".getBytes(StandardCharsets.UTF_8);

  private static Database database;

  @TempDir private Path folder;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  private ReplaceBench samePath() {
    return ReplaceBench.in(database, folder, "movie.mkv", "movie.mkv");
  }

  private ReplaceBench newPath() {
    return ReplaceBench.in(database, folder, "movie.avi", "movie.mkv");
  }

  private static Swapper swapper(ReplaceBench bench) {
    return bench.swapper(SwapWay.EXCHANGE, CrashPoints.none());
  }

  static List<String> awfulNames() {
    return List.of(
        "new\nline.mkv",
        "'quotes' and \"quotes\".mkv",
        "-leading dash.mkv",
        "emoji 🎬 映画.mkv",
        "$(touch x) `y` %s %d * ? [a] \\.mkv",
        "x".repeat(251) + ".mkv",
        " .mkv");
  }

  @ParameterizedTest
  @MethodSource("awfulNames")
  void anyNameIsSwappedAndUndone(String name) {
    for (SwapWay way : SwapWay.values()) {
      ReplaceBench bench = ReplaceBench.in(database, folder, name, name);
      Swapper swapper = bench.swapper(way, CrashPoints.none());

      assertThat(swapper.swap(bench.staged("swap"))).isInstanceOf(SwapOutcome.Replaced.class);
      assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
      assertThat(swapper.undo(bench.video(), "undo#" + bench.video()))
          .isInstanceOf(UndoOutcome.Undone.class);
      assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    }
  }

  @Test
  void aMountInMemoryOffersTheAtomicExchangeToo() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeThat(memory).isWritable();
    Path there = Files.createTempDirectory(memory, "reencodarr-test");
    try {
      ReplaceBench bench = ReplaceBench.in(database, there, "movie.mkv", "movie.mkv");
      SwapRequest request = bench.staged("swap");
      assertThat(bench.triedSwapper(database, TestMount.EVERYTHING).swap(request))
          .isInstanceOf(SwapOutcome.Replaced.class);
      assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
      assertThat(bench.rows().byAttempt(request.attempt()).orElseThrow().way())
          .isEqualTo(SwapWay.EXCHANGE);
    } finally {
      removeTree(there);
    }
  }

  @Test
  void aMountThatRefusesWhatItsTrialOfferedIsServedByTheNextWay() {
    for (TestMount refusing : TestMount.values()) {
      ReplaceBench bench = samePath();
      SwapRequest request = bench.staged("swap");
      Swapper swapper =
          new Swapper(
              ReplaceBench.machine(),
              bench.rows(),
              (folder, owner) -> TestMount.EVERYTHING.ability(),
              refusing.means(),
              CrashPoints.none(),
              () -> progress -> {});

      assertThat(swapper.swap(request)).isInstanceOf(SwapOutcome.Replaced.class);

      assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
      assertThat(bench.rows().byAttempt(request.attempt()).orElseThrow().way())
          .as("the row tells the way that was taken")
          .isEqualTo(refusing.ability().bestWay(refusing.gap()));
      assertThat(swapper.undo(bench.video(), "undo#" + bench.video()))
          .isInstanceOf(UndoOutcome.Undone.class);
      assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    }
  }

  /** As where the disk under a union mount that takes the copy has no finer times. */
  private static CrashPoints cuttingTheTimeOfCopiesOf(ReplaceBench bench) {
    return (step, moment) -> {
      if (step == Step.COPY_DISPLACED && moment == CrashPoints.Moment.TAKEN) {
        try (Stream<Path> kept = Files.list(bench.quarantineFolder())) {
          Path copy =
              kept.filter(file -> file.getFileName().toString().startsWith("copy-"))
                  .findFirst()
                  .orElseThrow();
          Files.setLastModifiedTime(
              copy, FileTime.from(ReplaceBench.MODIFIED.truncatedTo(ChronoUnit.SECONDS)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  @Test
  void aMountThatCannotKeepTheTimeOfTheOriginalIsNotTakenForAFileThatChanged() {
    ReplaceBench bench = samePath();
    SwapRequest request = bench.staged("swap");
    Swapper swapper = bench.swapper(SwapWay.COPY, cuttingTheTimeOfCopiesOf(bench));

    assertThat(swapper.swap(request))
        .isInstanceOfSatisfying(
            SwapOutcome.NotPossible.class,
            refused -> assertThat(refused.why()).contains("modification time"));

    assertThat(swapper.swap(request)).as("asked again").isInstanceOf(SwapOutcome.NotPossible.class);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.files()).as("nothing else is left").hasSize(1);
    assertThat(bench.rows().byAttempt(request.attempt()).orElseThrow().quarantined()).isFalse();
  }

  @Test
  void anUndoTakesWhateverWayTheMountOffersByThen() {
    for (TestMount then : TestMount.values()) {
      for (TestMount now : TestMount.values()) {
        ReplaceBench bench = samePath();
        bench.swapper(then, CrashPoints.none()).swap(bench.staged("swap"));
        Swapper swapper = bench.swapper(now, CrashPoints.none());

        swapper.undo(bench.video(), "undo#" + bench.video());
        assertThat(bench.source()).as(then + " " + now).hasBinaryContent(ReplaceBench.ORIGINAL);
        swapper.undo(bench.video(), "redo#" + bench.video());
        assertThat(bench.source()).as(then + " " + now).hasBinaryContent(ReplaceBench.RESULT);
        assertThat(bench.files()).as(then + " " + now).hasSize(2);
      }
    }
  }

  @Test
  void withoutRoomForACopyTheOriginalStays() {
    ReplaceBench bench = samePath();
    SwapRequest request = bench.staged("swap");
    Swapper swapper =
        new Swapper(
            ReplaceBench.machine(),
            bench.rows(),
            (folder, owner) -> TestMount.NOTHING.ability(),
            new SwapMeans(Long.MAX_VALUE / 2, false, false, root -> {}, TestMount.NOTHING.calls()),
            CrashPoints.none(),
            () -> progress -> {});

    assertThatThrownBy(() -> swapper.swap(request))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, fault -> assertThat(fault.getType()).isEqualTo("DISK_FULL"));
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.swapper(SwapWay.COPY, CrashPoints.none()).swap(request))
        .as("once there is room")
        .isInstanceOf(SwapOutcome.Replaced.class);
  }

  private static CrashPoints powerFailsAfter(Step step) {
    return (at, moment) -> {
      if (at == step && moment == Moment.TAKEN) {
        throw new StoppedDead.PowerFailure(step.name());
      }
    };
  }

  /** The newcomer is shown with the very number of the original, and with as many links. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereInodesTellNothingANewcomerAtThePathIsNotTakenForTheOriginal(boolean settled)
      throws IOException {
    ReplaceBench bench = newPath();
    SwapRequest request = bench.staged("swap");
    Swapper stopped = bench.swapper(TestMount.EVERYTHING, powerFailsAfter(Step.MOVE_ORIGINAL));
    assertThatThrownBy(() -> stopped.swap(request)).isInstanceOf(StoppedDead.PowerFailure.class);
    Path kept = bench.quarantineFolder().resolve("movie.avi");
    Files.createLink(bench.source(), kept);
    MountAbility all = TestMount.EVERYTHING.ability();
    MountAbility tellsNothing =
        new MountAbility(
            all.atomicExchange(),
            all.hardLinks(),
            all.renameNoReplace(),
            false,
            all.mtimeGrain(),
            all.chown(),
            all.caseSensitive());
    Swapper swapper =
        new Swapper(
            ReplaceBench.machine(),
            bench.rows(),
            (folder, owner) -> tellsNothing,
            TestMount.EVERYTHING.means(),
            CrashPoints.none(),
            () -> progress -> {});

    if (settled) {
      swapper.undo(bench.video(), "undo#" + bench.video());
    } else {
      swapper.swap(request);
    }

    assertThat(kept).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.source()).exists();
    assertThat(bench.rows().quarantined())
        .anySatisfy(file -> assertThat(file.video()).contains(bench.video()));
  }

  @Test
  void aCopyInQuarantineIsTheOriginalInAllThatALibrarySees() throws IOException {
    ReplaceBench bench = samePath();
    Files.setPosixFilePermissions(bench.source(), PosixFilePermissions.fromString("rw-r-----"));
    Object uid = Files.getAttribute(bench.source(), "unix:uid");
    SwapOutcome.Replaced replaced =
        (SwapOutcome.Replaced)
            bench.swapper(SwapWay.COPY, CrashPoints.none()).swap(bench.staged("swap"));

    Path kept = Path.of(replaced.quarantine().value(), "movie.mkv");

    assertThat(kept).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(Files.getAttribute(kept, "unix:uid")).isEqualTo(uid);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-r-----");
    assertThat(Files.getLastModifiedTime(kept).toInstant()).isEqualTo(ReplaceBench.MODIFIED);
  }

  @ParameterizedTest
  @EnumSource(SwapWay.class)
  void theResultWearsOwnerModeAndTimeOfItsOriginal(SwapWay way) throws IOException {
    ReplaceBench bench = samePath();
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(bench.source(), "unix:uid"));
    if (root) {
      Files.setAttribute(bench.source(), "unix:uid", 4242);
      Files.setAttribute(bench.source(), "unix:gid", 4343);
    }
    Files.setPosixFilePermissions(bench.source(), PosixFilePermissions.fromString("rw-r-----"));
    Object uid = Files.getAttribute(bench.source(), "unix:uid");
    Object gid = Files.getAttribute(bench.source(), "unix:gid");

    bench.swapper(way, CrashPoints.none()).swap(bench.staged("swap"));

    assertThat(Files.getAttribute(bench.target(), "unix:uid")).isEqualTo(uid);
    assertThat(Files.getAttribute(bench.target(), "unix:gid")).isEqualTo(gid);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.target())))
        .isEqualTo("rw-r-----");
    assertThat(Files.getLastModifiedTime(bench.target()).toInstant())
        .isEqualTo(ReplaceBench.MODIFIED);
  }

  @Test
  void theManifestTellsWhatLiesBesideIt() throws IOException {
    ReplaceBench bench = newPath();
    SwapOutcome.Replaced replaced =
        (SwapOutcome.Replaced) swapper(bench).swap(bench.staged("swap"));

    String manifest = Files.readString(Path.of(replaced.quarantine().value(), "manifest.json"));

    assertThat(manifest)
        .contains(bench.source().toString())
        .contains(bench.target().toString())
        .contains(replaced.replacement().toString())
        .contains(Sha256.of(bench.target(), bytes -> {}));
    assertThat(bench.rows().quarantined())
        .filteredOn(entry -> entry.replacement().equals(replaced.replacement()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.bytes()).isEqualTo(ReplaceBench.ORIGINAL.length));
  }

  @Test
  void ourFoldersAreForOurEyesOnly() throws IOException {
    ReplaceBench bench = samePath();
    swapper(bench).swap(bench.staged("swap"));

    Path quarantine = bench.root().resolve(".reencodarr/quarantine");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(quarantine)))
        .isEqualTo("rwx------");
  }

  @Test
  void aFileWithTheNewNameIsNeverReplaced() throws IOException {
    ReplaceBench bench = newPath();
    SwapRequest request = bench.staged("swap");
    Files.write(bench.target(), THEIRS);

    SwapOutcome outcome = swapper(bench).swap(request);

    assertThat(outcome).isEqualTo(new SwapOutcome.TargetExists(request.targetPath()));
    assertThat(bench.target()).hasBinaryContent(THEIRS);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.files()).hasSize(2);
    assertThat(swapper(bench).swap(request)).isEqualTo(outcome);
  }

  @Test
  void aFolderBehindASymbolicLinkIsNotEntered() throws IOException {
    ReplaceBench bench = samePath();
    SwapRequest request = bench.staged("swap");
    Path show = InsideLibrary.folderOf(bench.source());
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(show, elsewhere);
    Files.createSymbolicLink(show, elsewhere);

    assertThatThrownBy(() -> swapper(bench).swap(request)).isInstanceOf(ApplicationFailure.class);
    assertThat(elsewhere.resolve("movie.mkv")).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void aLaterAttemptRevokesAnEarlierOne() {
    ReplaceBench bench = samePath();
    SwapRequest early = bench.staged("early");
    CrashPoints overtaken =
        (step, moment) -> {
          if (step == Step.EXCHANGE && moment == Moment.INTENDED) {
            bench.rows().begin(bench.video(), "late#" + bench.video());
          }
        };

    assertThat(bench.swapper(SwapWay.EXCHANGE, overtaken).swap(early))
        .isEqualTo(new SwapOutcome.Superseded());
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  private static void removeTree(Path tree) throws IOException {
    try (java.util.stream.Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
