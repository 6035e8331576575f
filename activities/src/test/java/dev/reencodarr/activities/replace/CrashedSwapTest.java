package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Stops swap and undo dead before and after every step and begins them again. The number of points
 * is counted from an undisturbed run, so that a new step cannot be forgotten.
 */
class CrashedSwapTest {

  private static final Proof PROOF = new Proof("crash-points");

  private static Database database;

  @TempDir(factory = InMemory.class)
  private Path folder;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  private ReplaceBench bench(SwapCase way) {
    return way.bench(database, folder);
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void aSwapThatIsStoppedAnywhereIsFinishedByBeginningItAgain(SwapCase way) throws IOException {
    List<String> points = pointsOfSwap(way);
    assertThat(points).hasSizeGreaterThan(25);
    for (int point : stops(way + ": swap, begun again", points)) {
      ReplaceBench bench = bench(way);
      SwapRequest request = bench.staged("swap");
      StoppedDead stop = new StoppedDead(point);

      assertThatThrownBy(() -> way.swapper(bench, stop).swap(request))
          .as(points.get(point))
          .isInstanceOf(StoppedDead.PowerFailure.class);
      assertNothingIsLost(way, bench, points.get(point));

      SwapOutcome outcome = way.swapper(bench, StoppedDead.never()).swap(request);
      assertReplaced(way, bench, request, outcome, points.get(point));
    }
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void aSwapThatIsStoppedAnywhereIsSettledByTheNextAttempt(SwapCase way) throws IOException {
    List<String> points = pointsOfSwap(way);
    // an attempt that has not raised the epoch yet is simply a new one
    for (int point : stops(way + ": swap, settled by the next attempt", points)) {
      if (point == 0) {
        continue;
      }
      ReplaceBench bench = bench(way);
      SwapRequest request = bench.staged("swap");
      StoppedDead stop = new StoppedDead(point);
      assertThatThrownBy(() -> way.swapper(bench, stop).swap(request))
          .isInstanceOf(StoppedDead.PowerFailure.class);

      UndoOutcome undone =
          way.swapper(bench, StoppedDead.never()).undo(bench.video(), "undo#" + bench.video());

      // whether the swap had taken place or not: the original is back where it was
      assertThat(bench.source()).as(points.get(point)).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.rows().unfinished(bench.video())).as(points.get(point)).isEmpty();
      if (undone instanceof UndoOutcome.Refused) {
        assertThat(bench.ours().stream().filter(name -> name.contains("quarantine/")))
            .as(points.get(point))
            .isEmpty();
      }
      if (undone instanceof UndoOutcome.Refused) {
        assertThat(way.swapper(bench, StoppedDead.never()).swap(request))
            .as("the stopped attempt is revoked: " + points.get(point))
            .isEqualTo(new SwapOutcome.Superseded());
      }
      assertThat(bench.source()).as(points.get(point)).hasBinaryContent(ReplaceBench.ORIGINAL);
    }
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void anUndoThatIsStoppedAnywhereIsFinishedByBeginningItAgain(SwapCase way) throws IOException {
    List<String> points = pointsOfUndo(way, "undo");
    assertThat(points).hasSizeGreaterThan(10);
    for (int point : stops(way + ": undo, begun again", points)) {
      ReplaceBench bench = bench(way);
      way.swapper(bench, StoppedDead.never()).swap(bench.staged("swap"));
      String undo = "undo#" + bench.video();
      StoppedDead stop = new StoppedDead(point);
      assertThatThrownBy(() -> way.swapper(bench, stop).undo(bench.video(), undo))
          .isInstanceOf(StoppedDead.PowerFailure.class);
      assertNothingIsLost(way, bench, points.get(point));

      UndoOutcome outcome = way.swapper(bench, StoppedDead.never()).undo(bench.video(), undo);

      assertUndone(bench, outcome, points.get(point));
    }
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void anUndoThatIsStoppedAnywhereIsFinishedByAnother(SwapCase way) throws IOException {
    List<String> points = pointsOfUndo(way, "undo");
    for (int point : stops(way + ": undo, finished by another", points)) {
      ReplaceBench bench = bench(way);
      way.swapper(bench, StoppedDead.never()).swap(bench.staged("swap"));
      StoppedDead stop = new StoppedDead(point);
      assertThatThrownBy(() -> way.swapper(bench, stop).undo(bench.video(), "1#" + bench.video()))
          .isInstanceOf(StoppedDead.PowerFailure.class);
      boolean finished = bench.rows().latestDone(bench.video()).isEmpty();

      UndoOutcome outcome =
          way.swapper(bench, StoppedDead.never()).undo(bench.video(), "2#" + bench.video());

      if (finished) {
        assertThat(((UndoOutcome.Undone) outcome).redone()).isTrue();
      } else {
        assertUndone(bench, outcome, points.get(point));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void undoingAnUndoThatIsStoppedAnywhereIsFinishedByBeginningItAgain(SwapCase way)
      throws IOException {
    List<String> points = pointsOfUndo(way, "redo");
    for (int point : stops(way + ": undo of an undo, begun again", points)) {
      ReplaceBench bench = bench(way);
      way.swapper(bench, StoppedDead.never()).swap(bench.staged("swap"));
      way.swapper(bench, StoppedDead.never()).undo(bench.video(), "undo#" + bench.video());
      String redo = "redo#" + bench.video();
      StoppedDead stop = new StoppedDead(point);
      assertThatThrownBy(() -> way.swapper(bench, stop).undo(bench.video(), redo))
          .isInstanceOf(StoppedDead.PowerFailure.class);
      assertNothingIsLost(way, bench, points.get(point));

      UndoOutcome outcome = way.swapper(bench, StoppedDead.never()).undo(bench.video(), redo);

      assertThat(outcome).as(points.get(point)).isInstanceOf(UndoOutcome.Undone.class);
      assertThat(((UndoOutcome.Undone) outcome).redone()).as(points.get(point)).isTrue();
      assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
      assertThat(row(bench).state()).isEqualTo(ReplacementState.DONE);
      assertThat(row(bench).undoIntent()).isEmpty();
      assertThat(bench.files()).as(points.get(point)).hasSize(2);
    }
  }

  /** Nothing lies between the end of a step and the beginning of the next: it is one point. */
  private static List<Integer> stops(String what, List<String> points) {
    List<Integer> stops =
        IntStream.range(0, points.size())
            .filter(point -> point == points.size() - 1 || !points.get(point).endsWith(" AFTER"))
            .boxed()
            .toList();
    PROOF.count(what, stops.size());
    return stops;
  }

  @AfterAll
  static void writeDown() throws IOException {
    PROOF.write();
  }

  private List<String> pointsOfSwap(SwapCase way) {
    ReplaceBench bench = bench(way);
    StoppedDead counting = StoppedDead.never();
    way.swapper(bench, counting).swap(bench.staged("swap"));
    return counting.passed();
  }

  private List<String> pointsOfUndo(SwapCase way, String what) {
    ReplaceBench bench = bench(way);
    way.swapper(bench, StoppedDead.never()).swap(bench.staged("swap"));
    if (what.equals("redo")) {
      way.swapper(bench, StoppedDead.never()).undo(bench.video(), "undo#" + bench.video());
    }
    StoppedDead counting = StoppedDead.never();
    way.swapper(bench, counting).undo(bench.video(), what + "#" + bench.video());
    return counting.passed();
  }

  /** Whatever lies at either path is whole, and the original is somewhere. */
  private static void assertNothingIsLost(SwapCase way, ReplaceBench bench, String point)
      throws IOException {
    if (!way.leavesGap()) {
      assertThat(Files.readAllBytes(bench.source()))
          .as(point)
          .isIn(ReplaceBench.ORIGINAL, ReplaceBench.RESULT);
    }
    List<String> whole = bench.files().stream().filter(name -> holdsOriginal(bench, name)).toList();
    assertThat(whole).as("the original after " + point).isNotEmpty();
  }

  private static boolean holdsOriginal(ReplaceBench bench, String name) {
    return java.util.Arrays.equals(bytes(bench.root().resolve(name)), ReplaceBench.ORIGINAL);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Replacement row(ReplaceBench bench) {
    return bench.rows().latestCommitted(bench.video()).orElseThrow();
  }

  private static void assertReplaced(
      SwapCase way, ReplaceBench bench, SwapRequest request, SwapOutcome outcome, String point)
      throws IOException {
    assertThat(outcome).as(point).isInstanceOf(SwapOutcome.Replaced.class);
    SwapOutcome.Replaced replaced = (SwapOutcome.Replaced) outcome;
    assertThat(bench.target()).as(point).hasBinaryContent(ReplaceBench.RESULT);
    assertThat(replaced.identity()).isEqualTo(FileIdentity.of(bench.target()));
    assertThat(replaced.identity().mtime()).isEqualTo(ReplaceBench.MODIFIED);
    Path kept = Path.of(replaced.quarantine().value()).resolve(bench.source().getFileName());
    assertThat(kept).as(point).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(Files.getLastModifiedTime(kept).toInstant()).isEqualTo(ReplaceBench.MODIFIED);
    assertThat(bench.files())
        .as("no litter after " + point)
        .containsExactlyInAnyOrder(
            bench.root().relativize(bench.target()).toString(),
            bench.root().relativize(kept).toString());
    assertThat(bench.ours()).as("no litter after " + point).hasSize(5);
    Replacement row = row(bench);
    assertThat(row.attempt()).isEqualTo(request.attempt());
    assertThat(row.state()).as(point).isEqualTo(ReplacementState.DONE);
    assertThat(row.quarantined()).isTrue();
    assertThat(row.warnings()).isEmpty();
    assertThat(way.swapper(bench, StoppedDead.never()).swap(request)).isEqualTo(outcome);
  }

  private static void assertUndone(ReplaceBench bench, UndoOutcome outcome, String point)
      throws IOException {
    assertThat(outcome)
        .as(point)
        .isEqualTo(
            new UndoOutcome.Undone(
                ReplaceBench.media(bench.source()), FileIdentity.of(bench.source())));
    assertThat(bench.source()).as(point).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(Files.getLastModifiedTime(bench.source()).toInstant())
        .isEqualTo(ReplaceBench.MODIFIED);
    assertThat(bench.files()).as("no litter after " + point).hasSize(2);
    assertThat(row(bench).state()).as(point).isEqualTo(ReplacementState.UNDONE);
    assertThat(row(bench).undoIntent()).isEmpty();
  }
}
