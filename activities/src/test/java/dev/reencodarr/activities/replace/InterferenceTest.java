package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.UndoOutcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Between any two steps somebody else does something to the file, or the mount goes away. Nobody's
 * file is lost, but in the windows that docs/file-safety.md names: these are listed here, and a
 * loss anywhere else fails as much as one that does not happen where it is listed.
 */
class InterferenceTest {

  private static final Proof PROOF = new Proof("interference");
  private static final String OVER = "RENAME_OVER LAST_LOOK";
  private static final String OVER_PLACEHOLDER = "FILL_FREE_NAME LAST_LOOK";

  private static Database database;

  @TempDir(factory = InMemory.class)
  private Path folder;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  @AfterAll
  static void writeDown() throws IOException {
    PROOF.write();
  }

  /** What somebody wrote to the path after the last look at it is lost. */
  private static Set<String> windows(SwapCase way) {
    return switch (way) {
      // their edit of the original itself is kept with it: the link is the same file
      case HARD_LINK -> Set.of("REPLACE at " + OVER);
      case COPY -> Set.of("REPLACE at " + OVER, "EDIT at " + OVER);
      case RENAME_AWAY_OVER_PLACEHOLDER, NEW_PATH_OVER_PLACEHOLDER ->
          Set.of("REPLACE at " + OVER_PLACEHOLDER, "EDIT at " + OVER_PLACEHOLDER);
      case EXCHANGE, RENAME_AWAY, NEW_PATH, NEW_PATH_BY_LINK -> Set.of();
    };
  }

  /** Does a deed to a file once, at the n-th point. */
  private static final class Meddler implements CrashPoints {
    private final StoppedDead counter = StoppedDead.never();
    private final int at;
    private final Deed deed;
    private final Path file;
    private byte[] before = new byte[0];
    private byte[] after = new byte[0];

    Meddler(int at, Deed deed, Path file) {
      this.at = at;
      this.deed = deed;
      this.file = file;
    }

    @Override
    public void at(Step step, Moment moment) {
      if (counter.passed().size() == at) {
        try {
          before = content(file);
          deed.to(file);
          after = content(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      counter.at(step, moment);
    }

    boolean destroyed(byte[] content) {
      return deed.destroys() && Arrays.equals(before, content);
    }

    boolean hitPlaceholder() {
      return new String(before, StandardCharsets.UTF_8).startsWith("Reencodarr is about");
    }
  }

  private static byte[] content(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Files.readAllBytes(file)
        : new byte[0];
  }

  /** The points between which something is done to files. */
  private static List<Integer> betweenSteps(List<String> points) {
    return IntStream.range(0, points.size())
        .filter(point ->
            point == points.size() - 1
                || points.get(point).endsWith(" BEFORE")
                || points.get(point).endsWith(" LAST_LOOK")
                || points.get(point).endsWith("_FREE_NAME TAKEN"))
        .boxed()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void nobodysFileIsLostWhateverIsDoneBetweenTwoStepsOfASwap(SwapCase way) throws IOException {
    StoppedDead counting = StoppedDead.never();
    ReplaceBench counted = way.bench(database, folder);
    way.swapper(counted, counting).swap(counted.staged("swap"));
    Set<String> lost = new TreeSet<>();
    for (boolean atSource : way.samePath() ? List.of(true) : List.of(true, false)) {
      for (Deed deed : Deed.values()) {
        for (int point : betweenSteps(counting.passed())) {
          ReplaceBench bench = way.bench(database, folder);
          SwapRequest request = bench.staged("swap");
          Path file = atSource ? bench.source() : bench.target();
          Meddler meddler = new Meddler(point, deed, file);
          String what = deed + " at " + counting.passed().get(point);
          String when = way + " " + what + (atSource ? "" : " at the new path");

          SwapOutcome outcome = way.swapper(bench, meddler).swap(request);

          noteLosses(lost, bench, meddler, what, when);
          assertRowIsTrue(bench, request, outcome, meddler, when);
          assertThat(way.swapper(bench, CrashPoints.none()).swap(request))
              .as(when)
              .isEqualTo(outcome);
          PROOF.count(way + ": swap", 1);
        }
      }
    }
    assertThat(lost).as("lost in the windows that are documented").isEqualTo(windows(way));
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void nobodysFileIsLostWhateverIsDoneBetweenTwoStepsOfAnUndo(SwapCase way) throws IOException {
    StoppedDead counting = StoppedDead.never();
    ReplaceBench counted = replaced(way);
    way.swapper(counted, counting).undo(counted.video(), "undo#" + counted.video());
    Set<String> lost = new TreeSet<>();
    for (boolean atSource : way.samePath() ? List.of(true) : List.of(true, false)) {
      for (Deed deed : Deed.values()) {
        for (int point : betweenSteps(counting.passed())) {
          ReplaceBench bench = replaced(way);
          Path file = atSource ? bench.source() : bench.target();
          Meddler meddler = new Meddler(point, deed, file);
          String what = deed + " at " + counting.passed().get(point);
          String when = way + " undo " + what + (atSource ? "" : " at the new path");

          undo(way, bench, meddler, when);

          noteLosses(lost, bench, meddler, what, when);
          if (!meddler.destroyed(ReplaceBench.RESULT)) {
            assertThat(anywhere(bench, ReplaceBench.RESULT)).as("the result: " + when).isTrue();
          }
          UndoOutcome again = undo(way, bench, CrashPoints.none(), when);
          noteLosses(lost, bench, meddler, what, when);
          assertUndoRowIsTrue(bench, again, meddler, when);
          PROOF.count(way + ": undo", 1);
        }
      }
    }
    assertThat(lost).as("lost in the windows that are documented").isEqualTo(windows(way));
  }

  private ReplaceBench replaced(SwapCase way) {
    ReplaceBench bench = way.bench(database, folder);
    way.swapper(bench, CrashPoints.none()).swap(bench.staged("swap"));
    return bench;
  }

  /** A fault says that nothing is known yet; the row is open then, for the next run. */
  private static UndoOutcome undo(
      SwapCase way, ReplaceBench bench, CrashPoints points, String when) {
    try {
      return way.swapper(bench, points).undo(bench.video(), "undo#" + bench.video());
    } catch (ApplicationFailure fault) {
      assertThat(fault.getType()).as(when).isEqualTo("FILE_OPERATION");
      Replacement row = bench.rows().latestCommitted(bench.video()).orElseThrow();
      assertThat(row.undoIntent()).as(when + ": " + fault.getMessage()).isPresent();
      return new UndoOutcome.Refused("a fault");
    }
  }

  private static void noteLosses(
      Set<String> lost, ReplaceBench bench, Meddler meddler, String what, String when)
      throws IOException {
    if (!meddler.destroyed(ReplaceBench.ORIGINAL)) {
      assertThat(anywhere(bench, ReplaceBench.ORIGINAL)).as("the original: " + when).isTrue();
    }
    if (meddler.deed.writes() && meddler.after.length > 0 && !anywhere(bench, meddler.after)) {
      lost.add(what);
    }
    if (!meddler.hitPlaceholder()) {
      for (String name : bench.files()) {
        assertThat(Files.readString(bench.root().resolve(name)))
            .as("no placeholder is left: " + when)
            .doesNotStartWith("Reencodarr is about");
      }
    }
  }

  private static void assertRowIsTrue(
      ReplaceBench bench, SwapRequest request, SwapOutcome outcome, Meddler meddler, String when)
      throws IOException {
    Optional<Replacement> found = bench.rows().byAttempt(request.attempt());
    if (found.isEmpty()) {
      return;
    }
    Replacement row = found.get();
    Quarantine quarantine = Quarantine.of(row);
    assertThat(row.quarantined()).as(when).isEqualTo(quarantine.holdsFile());
    if (row.state() == ReplacementState.ABANDONED) {
      assertThat(anywhere(bench, ReplaceBench.RESULT)).as("no litter: " + when).isFalse();
      return;
    }
    assertThat(row.state()).as(when).isEqualTo(ReplacementState.DONE);
    if (meddler.destroyed(ReplaceBench.ORIGINAL)) {
      assertThat(when).as("they wrote to the original after the last look").contains(OVER);
    } else {
      assertThat(quarantine.original()).as(when).hasBinaryContent(ReplaceBench.ORIGINAL);
    }
    if (!(outcome instanceof SwapOutcome.Replaced)) {
      assertThat(row.warnings()).as(when).isNotEmpty();
    }
  }

  private static void assertUndoRowIsTrue(
      ReplaceBench bench, UndoOutcome outcome, Meddler meddler, String when) throws IOException {
    Replacement row = bench.rows().latestCommitted(bench.video()).orElseThrow();
    assertThat(row.undoIntent()).as(when).isEmpty();
    Quarantine quarantine = Quarantine.of(row);
    if (outcome instanceof UndoOutcome.Undone) {
      assertThat(row.state()).as(when).isEqualTo(ReplacementState.UNDONE);
    } else if (!meddler.destroyed(ReplaceBench.ORIGINAL) && row.state() == ReplacementState.DONE) {
      assertThat(quarantine.holdsFile()).as(when).isTrue();
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

  /** The library is renamed away at the n-th point, and an empty folder lies in its place. */
  private record MountAway(StoppedDead counter, int at, ReplaceBench bench) implements CrashPoints {
    @Override
    public void at(Step step, Moment moment) {
      if (counter.passed().size() == at) {
        try {
          Files.move(bench.root(), away());
          Files.createDirectories(InsideLibrary.folderOf(bench.source()));
          Files.write(bench.source(), Deed.THEIRS);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      counter.at(step, moment);
    }

    private Path away() {
      return bench.root().resolveSibling(bench.root().getFileName() + ".away");
    }

    /** It is back, and what was done meanwhile is seen. */
    void back(String when) throws IOException {
      assertThat(bench.files())
          .as("nothing is written where the mount was: " + when)
          .containsExactly(bench.root().relativize(bench.source()).toString());
      assertThat(bench.ours()).as(when).isEmpty();
      assertThat(bench.source()).as(when).hasBinaryContent(Deed.THEIRS);
      Path alien = bench.root().resolveSibling(bench.root().getFileName() + ".alien");
      Files.move(bench.root(), alien);
      Files.move(away(), bench.root());
    }
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void aSwapWhoseMountGoesAwayIsFinishedWhenItIsBack(SwapCase way) throws IOException {
    StoppedDead counting = StoppedDead.never();
    ReplaceBench counted = way.bench(database, folder);
    way.swapper(counted, counting).swap(counted.staged("swap"));
    for (int point : betweenSteps(counting.passed())) {
      ReplaceBench bench = way.bench(database, folder);
      SwapRequest request = bench.staged("swap");
      MountAway away = new MountAway(StoppedDead.never(), point, bench);
      String when = way + " away at " + counting.passed().get(point);

      boolean failed = faults(() -> way.swapper(bench, away).swap(request));
      Optional<Replacement> row = bench.rows().byAttempt(request.attempt());
      if (failed && row.isPresent()) {
        assertThat(row.get().state()).as(when).isEqualTo(ReplacementState.INTENDED);
      }
      away.back(when);

      SwapOutcome outcome = way.swapper(bench, CrashPoints.none()).swap(request);

      assertThat(outcome).as(when).isInstanceOf(SwapOutcome.Replaced.class);
      assertThat(bench.target()).as(when).hasBinaryContent(ReplaceBench.RESULT);
      Replacement done = bench.rows().byAttempt(request.attempt()).orElseThrow();
      assertThat(Quarantine.of(done).original()).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.files()).as(when).hasSize(2);
      PROOF.count(way + ": mount away during a swap", 1);
    }
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void anUndoWhoseMountGoesAwayIsFinishedWhenItIsBack(SwapCase way) throws IOException {
    StoppedDead counting = StoppedDead.never();
    ReplaceBench counted = replaced(way);
    way.swapper(counted, counting).undo(counted.video(), "undo#" + counted.video());
    for (int point : betweenSteps(counting.passed())) {
      ReplaceBench bench = replaced(way);
      MountAway away = new MountAway(StoppedDead.never(), point, bench);
      String when = way + " away at " + counting.passed().get(point);
      String undo = "undo#" + bench.video();

      faults(() -> way.swapper(bench, away).undo(bench.video(), undo));
      away.back(when);
      UndoOutcome outcome = way.swapper(bench, CrashPoints.none()).undo(bench.video(), undo);

      assertThat(outcome).as(when).isInstanceOf(UndoOutcome.Undone.class);
      assertThat(((UndoOutcome.Undone) outcome).redone()).as(when).isFalse();
      assertThat(bench.source()).as(when).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.files()).as(when).hasSize(2);
      PROOF.count(way + ": mount away during an undo", 1);
    }
  }

  private static boolean faults(Callable<?> run) {
    try {
      run.call();
      return false;
    } catch (ApplicationFailure fault) {
      assertThat(fault.getType()).isIn("MOUNT_GONE", "FILE_OPERATION");
      return true;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
