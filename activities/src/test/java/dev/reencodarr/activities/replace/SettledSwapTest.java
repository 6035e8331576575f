package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.janitor.SettleLedger;
import dev.reencodarr.activities.replace.CrashPoints.Moment;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.JanitorRepository;
import dev.reencodarr.activities.store.VideoClaims;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.janitor.Unsettled;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.StateChange;
import dev.reencodarr.workflows.video.VideoOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A swap whose workflow is lost: the janitor reads it out of the rows and brings it to its end. */
class SettledSwapTest {

  private static final Database database = ReplaceBench.database();

  @TempDir private Path folder;
  private final SettleLedger ledger = new SettleLedger(database);
  private final JanitorRepository janitor = new JanitorRepository(database);

  private static final class Lost extends RuntimeException {
    Lost() {
      super("the workflow is lost here");
    }
  }

  private static CrashPoints lostAt(Step step, Moment moment) {
    return (at, when) -> {
      if (at == step && when == moment) {
        throw new Lost();
      }
    };
  }

  private static RunKey run(ReplaceBench bench, String name) {
    return new RunKey(WorkflowIds.video(bench.video()), name + bench.video());
  }

  private static void claimed(ReplaceBench bench, RunKey run, VideoOrder.Purpose purpose) {
    VideoClaims claims = new VideoClaims(database);
    claims.claim(new VideoOrder(bench.video(), purpose, Wishes.none()), run, dead -> true);
    claims.enter(new StateChange(bench.video(), run, 1, VideoState.REPLACING, ""));
  }

  private static SwapRequest ofRun(ReplaceBench bench, RunKey run) {
    SwapRequest request = bench.staged("");
    return new SwapRequest(
        request.video(),
        run.line() + "#1",
        request.libraryRoot(),
        request.source(),
        request.identity(),
        request.targetPath(),
        request.staged());
  }

  private VideoState state(ReplaceBench bench) {
    return new VideoRepository(database).find(bench.video()).orElseThrow().state();
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"CREATE_QUARANTINE", "ENTER_QUARANTINE", "EXCHANGE", "SYNC_FOLDERS"})
  void aSwapThatWasBegunIsFinishedAndItsRowSaysSo(Step step) {
    ReplaceBench bench = ReplaceBench.in(database, folder, "a film.mkv", "a film.mkv");
    RunKey lost = run(bench, "lost");
    claimed(bench, lost, VideoOrder.Purpose.ENCODE);
    SwapRequest request = ofRun(bench, lost);
    assertThatThrownBy(
            () -> bench.swapper(SwapWay.EXCHANGE, lostAt(step, Moment.BEFORE)).swap(request))
        .isInstanceOf(Lost.class);

    assertThat(janitor.unsettledVideos()).contains(bench.video());
    Unsettled unsettled = ledger.find(bench.video());
    assertThat(unsettled.swaps()).containsExactly(request);
    RunKey settling = run(bench, "settling");
    claimed(bench, settling, VideoOrder.Purpose.UNDO);
    SwapOutcome outcome =
        bench.swapper(SwapWay.EXCHANGE, CrashPoints.none()).swap(unsettled.swaps().getFirst());
    String said = ledger.finish(bench.video(), settling, unsettled);

    assertThat(outcome).isInstanceOf(SwapOutcome.Replaced.class);
    assertThat(said).isEqualTo("the result lies at " + bench.target());
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
    assertThat(state(bench)).isEqualTo(VideoState.ENCODED);
    assertThat(janitor.unsettledVideos()).doesNotContain(bench.video());
  }

  @Test
  void aSwapThatTookPlaceUnseenIsWrittenIntoItsRow() {
    ReplaceBench bench = ReplaceBench.in(database, folder, "a film.avi", "a film.mkv");
    RunKey lost = run(bench, "lost");
    claimed(bench, lost, VideoOrder.Purpose.ENCODE);
    bench.swapper(SwapWay.EXCHANGE, CrashPoints.none()).swap(ofRun(bench, lost));

    Unsettled unsettled = ledger.find(bench.video());
    assertThat(unsettled.swaps()).isEmpty();
    assertThat(unsettled.replacements()).hasSize(1);
    RunKey settling = run(bench, "settling");
    claimed(bench, settling, VideoOrder.Purpose.UNDO);
    ledger.finish(bench.video(), settling, unsettled);

    assertThat(state(bench)).isEqualTo(VideoState.ENCODED);
    assertThat(new VideoRepository(database).find(bench.video()).orElseThrow().path().value())
        .isEqualTo(bench.target().toString());
    assertThat(ledger.find(bench.video()).isNothing()).isTrue();
  }
}
