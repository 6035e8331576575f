package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.reencodarr.activities.replace.CrashPoints.Moment;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.replace.UndoOutcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of files of all sorts, and of files that somebody else changes meanwhile. */
class SwapperTest {

  private static final byte[] THEIRS = "somebody else's file".getBytes(StandardCharsets.UTF_8);

  private static Database database;

  @TempDir private Path folder;

  @TempDir(factory = InMemory.class)
  private Path memory;

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
      assertThat(MountTrial.byDoing().bestWay(there)).contains(SwapWay.EXCHANGE);
      assertThat(there).isEmptyDirectory();
      ReplaceBench bench = ReplaceBench.in(database, there, "movie.mkv", "movie.mkv");
      assertThat(swapper(bench).swap(bench.staged("swap")))
          .isInstanceOf(SwapOutcome.Replaced.class);
      assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
    } finally {
      removeTree(there);
    }
  }

  @Test
  void aMountThatOffersNoSafeWayIsRefusedAndNothingIsTouched() {
    ReplaceBench bench = samePath();
    SwapRequest request = bench.staged("swap");
    Swapper swapper =
        new Swapper(
            ReplaceBench.machine(),
            bench.rows(),
            root -> {},
            0,
            none -> Optional.empty(),
            CrashPoints.none(),
            () -> progress -> {});

    assertThatThrownBy(() -> swapper.swap(request))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            fault -> assertThat(fault.getType()).isEqualTo("FILE_OPERATION"))
        .hasMessageContaining("neither an atomic exchange nor hard links");
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
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
            bench.rows().raiseEpoch(bench.video(), "late#" + bench.video());
          }
        };

    assertThat(bench.swapper(SwapWay.EXCHANGE, overtaken).swap(early))
        .isEqualTo(new SwapOutcome.Superseded());
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  /** What somebody else does to a file. */
  enum Deed {
    REPLACE {
      @Override
      void to(Path file) throws IOException {
        Path upgrade = file.resolveSibling("upgrade.tmp");
        Files.write(upgrade, THEIRS);
        Files.move(upgrade, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      }
    },
    RENAME {
      @Override
      void to(Path file) throws IOException {
        if (Files.exists(file)) {
          Files.move(file, file.resolveSibling("renamed by Sonarr.mkv"));
        }
      }
    },
    DELETE {
      @Override
      void to(Path file) throws IOException {
        Files.deleteIfExists(file);
      }
    },
    TOUCH {
      @Override
      void to(Path file) throws IOException {
        if (Files.exists(file)) {
          Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
        }
      }
    },
    LINK {
      @Override
      void to(Path file) throws IOException {
        if (Files.exists(file)) {
          Files.createLink(file.resolveSibling("linked.mkv"), file);
        }
      }
    };

    abstract void to(Path file) throws IOException;
  }

  /** Does a deed to a file once, at the n-th crash point. */
  private record Meddler(StoppedDead counter, int at, Deed deed, Path file) implements CrashPoints {
    @Override
    public void at(Step step, Moment moment) {
      if (counter.passed().size() == at) {
        try {
          deed.to(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      counter.at(step, moment);
    }
  }

  @ParameterizedTest
  @EnumSource(Deed.class)
  void nobodysFileIsLostWhateverIsDoneToThePathAtTheSamePath(Deed deed) throws IOException {
    for (SwapWay way : SwapWay.values()) {
      meddle(way, deed, false);
    }
  }

  @ParameterizedTest
  @EnumSource(Deed.class)
  void nobodysFileIsLostWhateverIsDoneToThePathAtANewPath(Deed deed) throws IOException {
    meddle(SwapWay.EXCHANGE, deed, true);
  }

  private void meddle(SwapWay way, Deed deed, boolean toNewPath) throws IOException {
    StoppedDead counting = StoppedDead.never();
    ReplaceBench counted = meddled(toNewPath);
    counted.swapper(way, counting).swap(counted.staged("swap"));
    for (int point = 0; point < counting.passed().size(); point++) {
      ReplaceBench bench = meddled(toNewPath);
      SwapRequest request = bench.staged("swap");
      Meddler meddler = new Meddler(StoppedDead.never(), point, deed, bench.source());
      String when = way + " " + deed + " at " + counting.passed().get(point);

      SwapOutcome outcome = bench.swapper(way, meddler).swap(request);

      assertNothingOfTheirsIsLost(bench, deed, when);
      assertRowIsTrue(bench, request, outcome, when);
      assertThat(bench.swapper(way, CrashPoints.none()).swap(request)).as(when).isEqualTo(outcome);
    }
  }

  private ReplaceBench meddled(boolean toNewPath) {
    return ReplaceBench.in(database, memory, toNewPath ? "movie.avi" : "movie.mkv", "movie.mkv");
  }

  private static void assertNothingOfTheirsIsLost(ReplaceBench bench, Deed deed, String when)
      throws IOException {
    if (deed == Deed.REPLACE) {
      assertThat(anywhere(bench, THEIRS)).as("theirs: " + when).isTrue();
    } else if (deed != Deed.DELETE) {
      assertThat(anywhere(bench, ReplaceBench.ORIGINAL)).as("the original: " + when).isTrue();
    }
    if (Files.exists(bench.source(), LinkOption.NOFOLLOW_LINKS)) {
      assertThat(Files.readAllBytes(bench.source()))
          .as(when)
          .isIn(ReplaceBench.ORIGINAL, ReplaceBench.RESULT, THEIRS);
    }
  }

  private static boolean anywhere(ReplaceBench bench, byte[] content) throws IOException {
    for (String name : bench.files()) {
      if (Arrays.equals(Files.readAllBytes(bench.root().resolve(name)), content)) {
        return true;
      }
    }
    return false;
  }

  private static void assertRowIsTrue(
      ReplaceBench bench, SwapRequest request, SwapOutcome outcome, String when)
      throws IOException {
    Optional<Replacement> found = bench.rows().byAttempt(request.attempt());
    if (found.isEmpty()) {
      return;
    }
    Replacement row = found.get();
    Quarantine quarantine = Quarantine.of(row);
    assertThat(row.quarantined()).as(when).isEqualTo(quarantine.holdsFile());
    if (outcome instanceof SwapOutcome.Replaced) {
      assertThat(row.state()).as(when).isEqualTo(ReplacementState.DONE);
      assertThat(quarantine.original()).as(when).hasBinaryContent(ReplaceBench.ORIGINAL);
    } else if (row.state() == ReplacementState.ABANDONED) {
      assertThat(anywhere(bench, ReplaceBench.RESULT)).as("no litter: " + when).isFalse();
    } else {
      assertThat(quarantine.original()).as(when).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(row.warnings()).as(when).isNotEmpty();
    }
  }

  private static void removeTree(Path tree) throws IOException {
    try (java.util.stream.Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
