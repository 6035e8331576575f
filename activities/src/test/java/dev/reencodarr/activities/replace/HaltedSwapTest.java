package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@link CrashedSwapTest} does to every point inside one JVM is done here, since a JVM takes
 * its time, to a swap of each way where files have just changed places: another JVM is halted dead,
 * its transaction breaks off, and this one goes on from what it left.
 */
class HaltedSwapTest {

  private static final Proof PROOF = new Proof("halted-jvms");
  private static final Set<String> CHANGES_PLACES =
      Set.of(
          "EXCHANGE",
          "LINK_DISPLACED",
          "COPY_DISPLACED",
          "RENAME_AWAY",
          "ENTER_GAP",
          "RENAME_OVER",
          "KEEP_DISPLACED",
          "MOVE_ORIGINAL",
          "PLACE_RESULT",
          "PLACE_ORIGINAL",
          "MOVE_RESULT",
          "LINK_FREE_NAME",
          "HOLD_FREE_NAME");

  private static Database database;
  private static String url;

  @TempDir(factory = InMemory.class)
  private Path folder;

  @BeforeAll
  static void oneDatabase() {
    url = ReplaceBench.freshUrl();
    database = ReplaceBench.database(url);
  }

  @AfterAll
  static void writeDown() throws IOException {
    PROOF.write();
  }

  private static List<Integer> whereFilesHaveMoved(List<String> points) {
    return IntStream.range(0, points.size())
        .filter(point -> points.get(point).endsWith(" TAKEN"))
        .filter(point -> CHANGES_PLACES.contains(points.get(point).split(" ", -1)[0]))
        .boxed()
        .toList();
  }

  private void haltAt(SwapCase way, ReplaceBench bench, String what, Path staged, int point)
      throws IOException {
    SwapJvm.Ending ending =
        SwapJvm.run(
            new SwapJvm.Order(bench, url, what, staged, way.mount().name(), false, point),
            SwapJvm.ownClassPath(),
            List.of());
    assertThat(ending.exit()).as(ending.said()).isEqualTo(SwapJvm.HALTED);
    PROOF.count(way + ": " + what, 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = SwapCase.class,
      names = {"EXCHANGE", "HARD_LINK", "COPY", "RENAME_AWAY_OVER_PLACEHOLDER", "NEW_PATH"})
  void aSwapThatDiesWithItsJvmIsFinishedByAnother(SwapCase way) throws IOException {
    StoppedDead counting = StoppedDead.never();
    ReplaceBench counted = way.bench(database, folder);
    way.swapper(counted, counting).swap(counted.staged("swap"));
    for (int point : whereFilesHaveMoved(counting.passed())) {
      ReplaceBench bench = way.bench(database, folder);
      SwapRequest request = bench.staged("swap");
      haltAt(way, bench, "swap", Path.of(request.staged().path().value()), point);

      SwapOutcome outcome = way.swapper(bench, CrashPoints.none()).swap(request);

      String when = counting.passed().get(point);
      assertThat(outcome).as(when).isInstanceOf(SwapOutcome.Replaced.class);
      assertThat(bench.target()).as(when).hasBinaryContent(ReplaceBench.RESULT);
      Replacement row = bench.rows().byAttempt(request.attempt()).orElseThrow();
      assertThat(row.state()).isEqualTo(ReplacementState.DONE);
      assertThat(Quarantine.of(row).original()).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.files()).as("no litter: " + when).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SwapCase.class,
      names = {"EXCHANGE", "NEW_PATH"})
  void anUndoThatDiesWithItsJvmIsFinishedByAnother(SwapCase way) throws IOException {
    StoppedDead counting = StoppedDead.never();
    ReplaceBench counted = way.bench(database, folder);
    way.swapper(counted, CrashPoints.none()).swap(counted.staged("swap"));
    way.swapper(counted, counting).undo(counted.video(), "undo#" + counted.video());
    for (int point : whereFilesHaveMoved(counting.passed())) {
      ReplaceBench bench = way.bench(database, folder);
      way.swapper(bench, CrashPoints.none()).swap(bench.staged("swap"));
      haltAt(way, bench, "undo", folder, point);

      UndoOutcome outcome =
          way.swapper(bench, CrashPoints.none()).undo(bench.video(), "undo#" + bench.video());

      String when = counting.passed().get(point);
      assertThat(outcome).as(when).isInstanceOf(UndoOutcome.Undone.class);
      assertThat(bench.source()).as(when).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.rows().latestCommitted(bench.video()).orElseThrow().state())
          .isEqualTo(ReplacementState.UNDONE);
      assertThat(bench.files()).as("no litter: " + when).hasSize(2);
    }
  }
}
