package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stops acceptance, expiry, undo of a renamed file and undo to another place dead before and after
 * every step, and begins them again. The points are counted from an undisturbed run.
 */
class CrashedQuarantineTest {

  private static Database database;

  @TempDir(factory = InMemory.class)
  private Path folder;

  @TempDir private Path otherMount;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  /** What is done to a replaced file, with the same key each time it is begun. */
  @FunctionalInterface
  private interface Deed {
    Object on(ReplaceBench bench, Swapper swapper);
  }

  private ReplaceBench replaced(String source) {
    ReplaceBench bench = ReplaceBench.in(database, folder, source, "movie.mkv");
    bench.swapper(SwapWay.EXCHANGE, CrashPoints.none()).swap(bench.staged("swap"));
    return bench;
  }

  private static List<String> points(ReplaceBench bench, Deed deed) {
    StoppedDead counting = StoppedDead.never();
    deed.on(bench, bench.swapper(SwapWay.EXCHANGE, counting));
    return counting.passed();
  }

  private static void stopAt(int point, ReplaceBench bench, Deed deed) {
    assertThatThrownBy(
            () -> deed.on(bench, bench.swapper(SwapWay.EXCHANGE, new StoppedDead(point))))
        .isInstanceOf(StoppedDead.PowerFailure.class);
  }

  private static Object again(ReplaceBench bench, Deed deed) {
    return deed.on(bench, bench.swapper(SwapWay.EXCHANGE, CrashPoints.none()));
  }

  private static Accepted accept(ReplaceBench bench, Swapper swapper) {
    Acceptance all = new Acceptance(Instant.now().plus(Duration.ofMinutes(1)), false);
    return swapper.accept(bench.video(), "accept#" + bench.video(), all);
  }

  private static Replacement row(ReplaceBench bench) {
    return bench.rows().latestCommitted(bench.video()).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void anAcceptanceThatIsStoppedAnywhereIsFinishedByBeginningItAgain(String source)
      throws IOException {
    Deed deed = CrashedQuarantineTest::accept;
    List<String> points = points(replaced(source), deed);
    assertThat(points).hasSizeGreaterThan(10);
    for (int point = 0; point < points.size(); point++) {
      ReplaceBench bench = replaced(source);
      stopAt(point, bench, deed);
      assertThat(bench.target()).as(points.get(point)).hasBinaryContent(ReplaceBench.RESULT);

      again(bench, deed);

      assertThat(bench.files())
          .as(points.get(point))
          .containsExactly(bench.relative(bench.target()));
      assertThat(row(bench).quarantined()).as(points.get(point)).isFalse();
      assertThat(Path.of(row(bench).quarantine().value())).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void anUndoAfterAnAcceptanceThatWasStoppedAnywhereLosesNothing(String source) throws IOException {
    Deed deed = CrashedQuarantineTest::accept;
    List<String> points = points(replaced(source), deed);
    for (int point = 0; point < points.size(); point++) {
      ReplaceBench bench = replaced(source);
      stopAt(point, bench, deed);
      boolean kept = Files.exists(bench.kept());

      UndoOutcome outcome =
          bench
              .swapper(SwapWay.EXCHANGE, CrashPoints.none())
              .undo(bench.video(), "undo#" + bench.video());

      if (kept) {
        assertThat(bench.source()).as(points.get(point)).hasBinaryContent(ReplaceBench.ORIGINAL);
      } else {
        assertThat(outcome).isInstanceOf(UndoOutcome.Refused.class);
        assertThat(bench.target()).as(points.get(point)).hasBinaryContent(ReplaceBench.RESULT);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"movie.mkv,false", "movie.avi,false", "movie.mkv,true", "movie.avi,true"})
  void anUndoToAnotherPlaceThatIsStoppedAnywhereIsFinishedByBeginningItAgain(
      String source, boolean toOtherMount) throws IOException {
    Path parent = toOtherMount ? otherMount : folder;
    Deed deed =
        (bench, swapper) ->
            swapper.restore(
                bench.video(),
                "restore#" + bench.video(),
                new MediaPath(parent.resolve("back-" + bench.video()).toString()));
    List<String> points = points(replaced(source), deed);
    assertThat(points).hasSizeGreaterThan(15);
    for (int point = 0; point < points.size(); point++) {
      ReplaceBench bench = replaced(source);
      Path place = parent.resolve("back-" + bench.video());
      stopAt(point, bench, deed);
      assertThat(Files.exists(place) || Files.exists(bench.kept())).as(points.get(point)).isTrue();

      Object outcome = again(bench, deed);

      assertThat(outcome)
          .as(points.get(point))
          .isEqualTo(new RestoreOutcome.Restored(ReplaceBench.media(place)));
      assertThat(place).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
      assertThat(bench.files()).as("no litter after " + points.get(point)).hasSize(1);
      assertThat(row(bench).quarantined()).isFalse();
    }
    assertThat(parent).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void anUndoOfARenamedResultThatIsStoppedAnywhereIsFinishedByBeginningItAgain(String source)
      throws IOException {
    Deed deed = (bench, swapper) -> swapper.undo(bench.video(), "undo#" + bench.video());
    List<String> points = points(renamed(source), deed);
    for (int point = 0; point < points.size(); point++) {
      ReplaceBench bench = renamed(source);
      stopAt(point, bench, deed);

      Object outcome = again(bench, deed);

      assertThat(outcome).as(points.get(point)).isInstanceOf(UndoOutcome.Undone.class);
      assertThat(bench.root().resolve("renamed" + source.substring(5)))
          .as(points.get(point))
          .hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.files()).as("no litter after " + points.get(point)).hasSize(2);
      assertThat(row(bench).undoIntent()).isEmpty();
    }
  }

  private ReplaceBench renamed(String source) throws IOException {
    ReplaceBench bench = replaced(source);
    Files.move(bench.target(), bench.root().resolve("renamed.mkv"));
    return bench;
  }
}
