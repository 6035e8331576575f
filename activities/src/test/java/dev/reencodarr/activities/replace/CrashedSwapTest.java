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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

  /** Why a swap is given up, and whose file stands in its way. */
  enum Obstacle {
    ANOTHER_SOURCE(SwapOutcome.SourceChanged.class, false),
    ANOTHER_SOURCE_MEANWHILE(SwapOutcome.SourceChanged.class, true),
    TAKEN_NAME(SwapOutcome.TargetExists.class, false),
    TAKEN_NAME_MEANWHILE(SwapOutcome.TargetExists.class, true);

    private final Class<? extends SwapOutcome> outcome;
    private final boolean meanwhile;

    Obstacle(Class<? extends SwapOutcome> outcome, boolean meanwhile) {
      this.outcome = outcome;
      this.meanwhile = meanwhile;
    }

    boolean canBeMetBy(SwapCase way) {
      return !way.samePath() || outcome == SwapOutcome.SourceChanged.class;
    }

    Path place(ReplaceBench bench) {
      return outcome == SwapOutcome.SourceChanged.class ? bench.source() : bench.target();
    }

    /** Theirs comes before the swap, or after everything was looked at and made ready. */
    SwapRequest staged(ReplaceBench bench) {
      SwapRequest request = bench.staged("swap");
      if (!meanwhile) {
        put(bench);
      }
      return request;
    }

    CrashPoints before(ReplaceBench bench, CrashPoints stop) {
      return (step, moment) -> {
        if (meanwhile && step == Step.DRESS_RESULT && moment == CrashPoints.Moment.AFTER) {
          put(bench);
        }
        stop.at(step, moment);
      };
    }

    /** The first point at which theirs is there. */
    int from(List<String> points) {
      return meanwhile ? points.indexOf("DRESS_RESULT AFTER") : 0;
    }

    private void put(ReplaceBench bench) {
      try {
        Deed.REPLACE.to(place(bench));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Stream<Arguments> obstacles() {
    return Arrays.stream(SwapCase.values())
        .flatMap(way ->
            Arrays.stream(Obstacle.values())
                .filter(obstacle -> obstacle.canBeMetBy(way))
                .map(obstacle -> Arguments.of(way, obstacle)));
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void aSwapThatIsStoppedWhereItIsGivenUpIsGivenUpByBeginningItAgain(
      SwapCase way, Obstacle obstacle) {
    ReplaceBench undisturbed = bench(way);
    List<String> points = pointsOfGivingUp(way, obstacle, undisturbed);
    for (int point : givingUp(way, obstacle, "begun again", points)) {
      ReplaceBench bench = bench(way);
      SwapRequest request = obstacle.staged(bench);
      CrashPoints stop = obstacle.before(bench, new StoppedDead(point));
      assertThatThrownBy(() -> way.swapper(bench, stop).swap(request))
          .isInstanceOf(StoppedDead.PowerFailure.class);

      SwapOutcome outcome = way.swapper(bench, StoppedDead.never()).swap(request);

      assertThat(outcome).as(points.get(point)).isInstanceOf(obstacle.outcome);
      assertGivenUp(obstacle, bench, undisturbed, points.get(point));
      assertThat(way.swapper(bench, StoppedDead.never()).swap(request)).isEqualTo(outcome);
    }
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void aSwapThatIsStoppedWhereItIsGivenUpIsSettledByTheNextAttempt(
      SwapCase way, Obstacle obstacle) {
    ReplaceBench undisturbed = bench(way);
    List<String> points = pointsOfGivingUp(way, obstacle, undisturbed);
    for (int point : givingUp(way, obstacle, "settled by the next attempt", points)) {
      ReplaceBench bench = bench(way);
      SwapRequest request = obstacle.staged(bench);
      CrashPoints stop = obstacle.before(bench, new StoppedDead(point));
      assertThatThrownBy(() -> way.swapper(bench, stop).swap(request))
          .isInstanceOf(StoppedDead.PowerFailure.class);

      assertThat(
              way.swapper(bench, StoppedDead.never()).undo(bench.video(), "undo#" + bench.video()))
          .as(points.get(point))
          .isInstanceOf(UndoOutcome.Refused.class);

      assertThat(obstacle.place(bench)).hasBinaryContent(Deed.THEIRS);
      assertThat(bench.rows().unfinished(bench.video())).as(points.get(point)).isEmpty();
      assertThat(bench.ours().stream().filter(name -> name.contains("quarantine/")))
          .as(points.get(point))
          .isEmpty();
    }
  }

  private static void assertGivenUp(
      Obstacle obstacle, ReplaceBench bench, ReplaceBench undisturbed, String point) {
    assertThat(obstacle.place(bench)).as(point).hasBinaryContent(Deed.THEIRS);
    assertThat(bench.files()).as("no litter after " + point).isEqualTo(undisturbed.files());
    assertThat(bench.ours()).as("no litter after " + point).isEqualTo(undisturbed.ours());
    assertThat(bench.ours()).noneMatch(name -> name.matches(".*/(stage|quarantine)/.+"));
    if (obstacle.outcome == SwapOutcome.TargetExists.class) {
      assertThat(bench.source()).as(point).hasBinaryContent(ReplaceBench.ORIGINAL);
    }
    assertThat(bench.rows().unfinished(bench.video())).as(point).isEmpty();
    assertThat(bench.rows().latestCommitted(bench.video())).as(point).isEmpty();
  }

  private static List<String> pointsOfGivingUp(
      SwapCase way, Obstacle obstacle, ReplaceBench bench) {
    StoppedDead counting = StoppedDead.never();
    SwapRequest request = obstacle.staged(bench);
    assertThat(way.swapper(bench, obstacle.before(bench, counting)).swap(request))
        .isInstanceOf(obstacle.outcome);
    assertThat(counting.passed()).contains("CLEAR_QUARANTINE TAKEN", "DROP_STAGED TAKEN");
    return counting.passed();
  }

  /** The stops at which the obstacle is there; before the epoch is raised nothing has begun. */
  private static List<Integer> givingUp(
      SwapCase way, Obstacle obstacle, String then, List<String> points) {
    int from = Math.max(1, obstacle.from(points));
    List<Integer> stops = stops(points).stream().filter(point -> point >= from).toList();
    PROOF.count(way + ": swap given up, " + obstacle + ", " + then, stops.size());
    return stops;
  }

  /** The files are as the swap has left them, the row is as it was when it passed a point. */
  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void aSwapThatABackupHasSeenInItsMiddleIsFoundDone(SwapCase way) throws IOException {
    List<String> points = pointsOfSwap(way);
    int opened = points.indexOf("WRITE_INTENT AFTER");
    int committed = points.indexOf("COMMIT AFTER");
    for (int point : stops(points)) {
      if (point <= opened || point >= committed) {
        continue;
      }
      ReplaceBench bench = bench(way);
      SwapRequest request = bench.staged("swap");
      RowBackup backup = new RowBackup(database, request.attempt(), point);
      SwapOutcome done = way.swapper(bench, backup).swap(request);
      backup.restore();
      PROOF.count(way + ": swap, its row restored", 1);

      SwapOutcome outcome = way.swapper(bench, StoppedDead.never()).swap(request);

      assertThat(outcome).isEqualTo(done);
      assertReplaced(way, bench, request, outcome, points.get(point));
    }
  }

  /** Keeps a row as it is at a point, and writes it back. */
  private static final class RowBackup implements CrashPoints {
    private final Database database;
    private final String attempt;
    private final StoppedDead counter = StoppedDead.never();
    private final int at;

    RowBackup(Database database, String attempt, int at) {
      this.database = database;
      this.attempt = attempt;
      this.at = at;
    }

    @Override
    public void at(Step step, Moment moment) {
      if (counter.passed().size() == at) {
        database.client().sql("drop table if exists pg_temp.backup").update();
        database
            .client()
            .sql(
                "create temporary table backup as select * from replacements where attempt = '%s'"
                    .formatted(attempt))
            .update();
      }
      counter.at(step, moment);
    }

    void restore() {
      database.client().sql("delete from replacements where attempt = ?").param(attempt).update();
      assertThat(
              database
                  .client()
                  .sql("insert into replacements select * from pg_temp.backup")
                  .update())
          .isOne();
    }
  }

  /** Nothing lies between the end of a step and the beginning of the next: it is one point. */
  private static List<Integer> stops(List<String> points) {
    return IntStream.range(0, points.size())
        .filter(point -> point == points.size() - 1 || !points.get(point).endsWith(" AFTER"))
        .boxed()
        .toList();
  }

  private static List<Integer> stops(String what, List<String> points) {
    List<Integer> stops = stops(points);
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
    return Arrays.equals(bytes(bench.root().resolve(name)), ReplaceBench.ORIGINAL);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
