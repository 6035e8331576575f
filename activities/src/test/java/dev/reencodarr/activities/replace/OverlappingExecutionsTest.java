package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two executions of one attempt: the first is believed lost and stands still before or after any of
 * its steps, the second runs to its end, then the first goes on. Each has a connection of its own.
 * The first changes nothing any more: not a file, not a row. Once more with a file of somebody
 * else's that has come to the old name by then.
 */
class OverlappingExecutionsTest {

  private static final Proof PROOF = new Proof("overlapping-executions");
  private static final String REVOKED = "a later attempt has taken over";

  /** Points inside a step: the first execution holds the fence there. */
  private static final Set<Step> INSIDE =
      Set.of(Step.LINK_FREE_NAME, Step.HOLD_FREE_NAME, Step.FILL_FREE_NAME);

  private static Database first;
  private static Database second;
  private static Database onlooker;
  private static int secondBackend;

  @TempDir(factory = InMemory.class)
  private Path folder;

  @TempDir private Path otherMount;

  @BeforeAll
  static void twoConnections() {
    String url = ReplaceBench.freshUrl();
    first = ReplaceBench.database(url);
    second = ReplaceBench.database(url);
    onlooker = ReplaceBench.database(url);
    secondBackend = second.client().sql("select pg_backend_pid()").query(Integer.class).single();
  }

  @AfterAll
  static void writeDown() throws IOException {
    PROOF.write();
  }

  /** Stands still at the n-th point while the other execution runs to its end. */
  private static final class StandsStill implements CrashPoints {
    private final int at;
    private final Runnable other;
    private int passed;
    private CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);

    StandsStill(int at, Runnable other) {
      this.at = at;
      this.other = other;
    }

    @Override
    public void at(Step step, Moment moment) {
      if (passed++ != at) {
        return;
      }
      if (moment == Moment.LAST_LOOK || INSIDE.contains(step)) {
        ended = CompletableFuture.runAsync(other);
        awaitTheFence();
      } else {
        other.run();
      }
    }

    /** The other one cannot begin before this step is over. */
    private void awaitTheFence() {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!waits()) {
        assertThat(ended.isDone()).as("it has begun in the middle of a step").isFalse();
        assertThat(System.nanoTime()).isLessThan(deadline);
        LockSupport.parkNanos(100_000);
      }
    }

    private static boolean waits() {
      return onlooker
          .client()
          .sql("select coalesce(wait_event_type, '') from pg_stat_activity where pid = ?")
          .param(secondBackend)
          .query(String.class)
          .single()
          .equals("Lock");
    }
  }

  /** What the two have answered. */
  private record Answers<T>(T first, T second) {}

  /**
   * All that may change: the files by content and inode, and the rows.
   *
   * @param begunAnew it had not begun yet: it finds all done, and notes that it has swept up
   */
  private Map<String, String> everything(ReplaceBench bench, boolean begunAnew) {
    Map<String, String> seen = new TreeMap<>();
    for (Path root : List.of(bench.root(), otherMount)) {
      try (Stream<Path> walk = Files.walk(root)) {
        for (Path path : walk.toList()) {
          seen.put(
              path.toString(),
              Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS)
                  + (Files.isRegularFile(path)
                      ? " " + Arrays.hashCode(Files.readAllBytes(path))
                      : ""));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    onlooker
        .client()
        .sql(
            "select id::text, (to_jsonb(replacements) - cast(? as text[]))::text from replacements"
                + " where video_id = ?")
        .params(begunAnew ? "{updated_at,step,step_done}" : "{}", bench.video().value())
        .query(row -> {
          seen.put(row.getString(1), row.getString(2));
        });
    return seen;
  }

  /**
   * Runs the two, the first standing still at this point, and sees that it changes nothing then.
   */
  private <T> Answers<T> overlapping(
      String when,
      ReplaceBench bench,
      int point,
      boolean newcomer,
      Function<CrashPoints, T> one,
      Function<CrashPoints, T> other) {
    List<T> answered = new ArrayList<>();
    Map<String, String> left = new TreeMap<>();
    StandsStill still =
        new StandsStill(
            point,
            () -> {
              answered.add(other.apply(CrashPoints.none()));
              if (newcomer) {
                put(bench.source());
              }
              left.putAll(everything(bench, point == 0));
            });
    T late = one.apply(still);
    still.ended.join();
    assertThat(answered).as(when).hasSize(1);
    assertThat(everything(bench, point == 0))
        .as("what was left by the second execution: " + when)
        .isEqualTo(left);
    return new Answers<>(late, answered.getFirst());
  }

  private static void put(Path file) {
    try {
      Deed.REPLACE.to(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing lies between the end of a step and the beginning of the next: it is one point. */
  private static List<Integer> stops(List<String> points) {
    return IntStream.range(0, points.size())
        .filter(point -> point == points.size() - 1 || !points.get(point).endsWith(" AFTER"))
        .boxed()
        .toList();
  }

  private ReplaceBench replaced(SwapCase way) {
    ReplaceBench bench = way.bench(first, folder);
    way.swapper(bench, CrashPoints.none()).swap(bench.staged("swap"));
    return bench;
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void twoExecutionsOfASwapMakeOne(SwapCase way) throws IOException {
    StoppedDead counting = StoppedDead.never();
    ReplaceBench counted = way.bench(first, folder);
    way.swapper(counted, counting).swap(counted.staged("swap"));
    for (boolean newcomer : List.of(false, true)) {
      for (int point : stops(counting.passed())) {
        ReplaceBench bench = way.bench(first, folder);
        SwapRequest request = bench.staged("swap");
        String when = way + ": swap, " + counting.passed().get(point) + ", newcomer " + newcomer;

        Answers<SwapOutcome> answers =
            overlapping(
                when,
                bench,
                point,
                newcomer,
                points -> way.swapper(bench, points).swap(request),
                points -> way.swapper(bench.over(second), points).swap(request));

        assertThat(answers.second()).as(when).isInstanceOf(SwapOutcome.Replaced.class);
        assertThat(answers.first()).as(when).isIn(answers.second(), new SwapOutcome.Superseded());
        Replacement row = bench.rows().byAttempt(request.attempt()).orElseThrow();
        assertThat(row.state()).as(when).isEqualTo(ReplacementState.DONE);
        assertThat(row.warnings()).as(when).isEmpty();
        assertThat(Quarantine.of(row).original()).as(when).hasBinaryContent(ReplaceBench.ORIGINAL);
        if (newcomer) {
          assertThat(bench.source()).as(when).hasBinaryContent(Deed.THEIRS);
        }
        if (!newcomer || !way.samePath()) {
          assertThat(bench.target()).as(when).hasBinaryContent(ReplaceBench.RESULT);
        }
        assertThat(bench.files()).as(when).hasSize(newcomer && !way.samePath() ? 3 : 2);
        PROOF.count(way + ": swap", 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void aSwapThatAnUndoHasOvertakenChangesNothing(SwapCase way) throws IOException {
    StoppedDead counting = StoppedDead.never();
    ReplaceBench counted = way.bench(first, folder);
    way.swapper(counted, counting).swap(counted.staged("swap"));
    for (int point : stops(counting.passed())) {
      if (point == 0) {
        // nothing has begun: the swap is the later one
        continue;
      }
      ReplaceBench bench = way.bench(first, folder);
      SwapRequest request = bench.staged("swap");
      String when = way + ": overtaken by an undo, " + counting.passed().get(point);

      Answers<Object> answers =
          overlapping(
              when,
              bench,
              point,
              false,
              points -> way.swapper(bench, points).swap(request),
              points ->
                  way.swapper(bench.over(second), points)
                      .undo(bench.video(), "undo#" + bench.video()));

      assertThat(bench.source()).as(when).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.rows().unfinished(bench.video())).as(when).isEmpty();
      // as long as the undo is at work, or where it had nothing to undo
      if (!answers.first().equals(new SwapOutcome.Superseded())) {
        assertThat(answers.first()).as(when).isInstanceOf(SwapOutcome.Replaced.class);
        assertThat(answers.second()).as(when).isInstanceOf(UndoOutcome.Undone.class);
      }
      PROOF.count(way + ": swap overtaken by an undo", 1);
    }
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void twoExecutionsOfAnUndoMakeOne(SwapCase way) throws IOException {
    undone(way, false);
  }

  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void twoExecutionsOfTheUndoOfAnUndoMakeOne(SwapCase way) throws IOException {
    undone(way, true);
  }

  private void undone(SwapCase way, boolean redo) throws IOException {
    StoppedDead counting = StoppedDead.never();
    undo(way, redo ? undone(way) : replaced(way), counting);
    for (boolean newcomer : redo ? List.of(false) : List.of(false, true)) {
      for (int point : stops(counting.passed())) {
        ReplaceBench bench = redo ? undone(way) : replaced(way);
        String when =
            way + (redo ? ": redo, " : ": undo, ") + counting.passed().get(point) + newcomer;

        Answers<UndoOutcome> answers =
            overlapping(
                when,
                bench,
                point,
                newcomer,
                points -> undo(way, bench, points),
                points -> undo(way, bench.over(second), points));

        assertThat(answers.second()).as(when).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(((UndoOutcome.Undone) answers.second()).redone()).as(when).isEqualTo(redo);
        assertThat(answers.first())
            .as(when)
            .isIn(answers.second(), new UndoOutcome.Refused(REVOKED));
        Replacement row = bench.rows().latestCommitted(bench.video()).orElseThrow();
        assertThat(row.state())
            .as(when)
            .isEqualTo(redo ? ReplacementState.DONE : ReplacementState.UNDONE);
        assertThat(row.undoIntent()).as(when).isEmpty();
        if (newcomer) {
          assertThat(bench.source()).as(when).hasBinaryContent(Deed.THEIRS);
        } else {
          Path back = redo ? bench.target() : bench.source();
          assertThat(back)
              .as(when)
              .hasBinaryContent(redo ? ReplaceBench.RESULT : ReplaceBench.ORIGINAL);
          assertThat(bench.files()).as(when).hasSize(2);
        }
        PROOF.count(way + (redo ? ": undo of an undo" : ": undo"), 1);
      }
    }
  }

  private ReplaceBench undone(SwapCase way) {
    ReplaceBench bench = replaced(way);
    way.swapper(bench, CrashPoints.none()).undo(bench.video(), "earlier#" + bench.video());
    return bench;
  }

  private static UndoOutcome undo(SwapCase way, ReplaceBench bench, CrashPoints points) {
    return way.swapper(bench, points).undo(bench.video(), "undo#" + bench.video());
  }

  @ParameterizedTest
  @EnumSource(
      value = SwapCase.class,
      names = {"EXCHANGE", "NEW_PATH"})
  void twoExecutionsOfAnAcceptanceMakeOne(SwapCase way) throws IOException {
    StoppedDead counting = StoppedDead.never();
    accept(way, replaced(way), counting);
    for (int point : stops(counting.passed())) {
      ReplaceBench bench = replaced(way);
      String when = way + ": acceptance, " + counting.passed().get(point);

      overlapping(
          when,
          bench,
          point,
          false,
          points -> accept(way, bench, points),
          points -> accept(way, bench.over(second), points));

      assertThat(bench.files()).as(when).containsExactly(bench.relative(bench.target()));
      assertThat(bench.target()).as(when).hasBinaryContent(ReplaceBench.RESULT);
      Replacement row = bench.rows().latestCommitted(bench.video()).orElseThrow();
      assertThat(row.quarantined()).as(when).isFalse();
      assertThat(row.acceptedAt()).as(when).isPresent();
      PROOF.count(way + ": acceptance", 1);
    }
  }

  private static Accepted accept(SwapCase way, ReplaceBench bench, CrashPoints points) {
    Acceptance all = new Acceptance(Instant.now().plus(Duration.ofMinutes(1)), false);
    return way.swapper(bench, points).accept(bench.video(), "accept#" + bench.video(), all);
  }

  @ParameterizedTest
  @CsvSource({"EXCHANGE,false", "NEW_PATH,false", "EXCHANGE,true", "NEW_PATH,true"})
  void twoExecutionsOfAnUndoToAnotherPlaceMakeOne(SwapCase way, boolean toOtherMount)
      throws IOException {
    StoppedDead counting = StoppedDead.never();
    restore(way, replaced(way), toOtherMount, counting);
    for (int point : stops(counting.passed())) {
      ReplaceBench bench = replaced(way);
      String when = way + ": undo to another place, " + counting.passed().get(point);

      Answers<RestoreOutcome> answers =
          overlapping(
              when,
              bench,
              point,
              false,
              points -> restore(way, bench, toOtherMount, points),
              points -> restore(way, bench.over(second), toOtherMount, points));

      Path place = place(bench, toOtherMount);
      RestoreOutcome restored = new RestoreOutcome.Restored(ReplaceBench.media(place));
      assertThat(answers.second()).as(when).isEqualTo(restored);
      assertThat(answers.first()).as(when).isIn(restored, new RestoreOutcome.Refused(REVOKED));
      assertThat(place).as(when).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.target()).as(when).hasBinaryContent(ReplaceBench.RESULT);
      assertThat(bench.rows().latestCommitted(bench.video()).orElseThrow().quarantined())
          .as(when)
          .isFalse();
      assertThat(otherMount).as(when).isDirectoryNotContaining("glob:**.part");
      PROOF.count(way + ": undo to another place" + (toOtherMount ? ", on another mount" : ""), 1);
    }
  }

  private Path place(ReplaceBench bench, boolean toOtherMount) {
    return toOtherMount
        ? otherMount.resolve("back-" + bench.video())
        : bench.root().resolve("back.mkv");
  }

  private RestoreOutcome restore(
      SwapCase way, ReplaceBench bench, boolean toOtherMount, CrashPoints points) {
    return way.swapper(bench, points)
        .restore(
            bench.video(),
            "restore#" + bench.video(),
            new MediaPath(place(bench, toOtherMount).toString()));
  }
}
