package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.janitor.SettleLedger;
import dev.reencodarr.activities.replace.CrashPoints.Moment;
import dev.reencodarr.activities.store.Claimed;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.JanitorRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoClaims;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.janitor.Unsettled;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Settled;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.replace.UndoOutcome;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.StateChange;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    Settled settled =
        bench.exchanging().settle(bench.video(), settling.line(), unsettled.open().getFirst());
    String said = ledger.settled(bench.video(), settling, unsettled, settled);

    assertThat(settled).isInstanceOf(Settled.InPlace.class);
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

  /** On a mount that lets nobody put another file at this path, as chattr +i does. */
  private static Swapper refused(ReplaceBench bench) {
    MountCalls real = TestMount.EVERYTHING.calls();
    MountCalls refusing =
        new MountCalls() {
          @Override
          public void exchange(Path one, Path other) throws IOException {
            throw new FileSystemException(one.toString(), null, "Operation not permitted");
          }

          @Override
          public void renameToFreeName(Path from, Path to) throws IOException {
            if (from.equals(bench.source())) {
              exchange(from, to);
            }
            real.renameToFreeName(from, to);
          }

          @Override
          public void link(Path file, Path name) throws IOException {
            real.link(file, name);
          }
        };
    return new Swapper(
        ReplaceBench.machine(),
        bench.rows(),
        (folder, owner) -> TestMount.EVERYTHING.ability(),
        new SwapMeans(0, false, false, root -> {}, refusing),
        CrashPoints.none(),
        () -> progress -> {});
  }

  private static final Classification REFUSED =
      new Classification(
          FailureStage.POST_PROCESS,
          FailureCategory.FILE_ACCESS,
          "FILE_ACCESS",
          "File access failed: Operation not permitted",
          Reaction.GIVE_UP);

  private static VideoOrder encode(ReplaceBench bench) {
    return new VideoOrder(bench.video(), VideoOrder.Purpose.ENCODE, Wishes.none());
  }

  /** A film whose verified result waits, since the owner's file may not be replaced. */
  private ReplaceBench givenUp(String name) {
    ReplaceBench bench = ReplaceBench.in(database, folder, name, "a film.mkv");
    RunKey run = run(bench, "first");
    claimed(bench, run, VideoOrder.Purpose.ENCODE);
    assertThatThrownBy(() -> refused(bench).swap(ofRun(bench, run)))
        .hasMessageContaining("FileSystemException");
    new VideoClaims(database).finish(encode(bench), run, new VideoEnd.Failed(REFUSED));
    return bench;
  }

  private static byte[] content(ReplaceBench bench, String file) {
    try {
      return Files.readAllBytes(bench.root().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long results(ReplaceBench bench) {
    return bench.files().stream()
        .filter(file -> Arrays.equals(content(bench, file), ReplaceBench.RESULT))
        .count();
  }

  private UUID claimedAgain(ReplaceBench bench, RunKey run) {
    Claimed claimed = new VideoClaims(database).claim(encode(bench), run, holder -> false);
    return ((Claimed.Taken) claimed).unfinished().getFirst();
  }

  @Test
  void aResultThatWaitsIsPutInPlaceOnceItMayBe() {
    ReplaceBench bench = givenUp("a film.mkv");
    RunKey retried = run(bench, "retried");
    assertThat(new VideoRepository(database).requeue(bench.video())).isTrue();

    UUID waiting = claimedAgain(bench, retried);
    assertThatThrownBy(() -> refused(bench).settle(bench.video(), retried.line(), waiting))
        .hasMessageContaining("FileSystemException");
    assertThat(results(bench)).as("it waits on").isOne();
    Settled settled = bench.exchanging().settle(bench.video(), retried.line(), waiting);

    assertThat(settled).isInstanceOf(Settled.InPlace.class);
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
    assertThat(bench.kept()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.files()).hasSize(2);
    assertThat(bench.rows().toBeSettled(bench.video())).isEmpty();
    assertThat(bench.exchanging().settle(bench.video(), retried.line(), waiting))
        .as("asked again, where the answer was lost")
        .isEqualTo(settled);
  }

  @Test
  void aResultThatWaitsForAFileThatIsAnotherNowGoes() throws IOException {
    ReplaceBench bench = givenUp("a film.mkv");
    Deed.REPLACE.to(bench.source());
    RunKey next = run(bench, "next");
    UUID waiting = claimedAgain(bench, next);

    Settled settled = bench.exchanging().settle(bench.video(), next.line(), waiting);

    assertThat(settled).isInstanceOf(Settled.GivenUp.class);
    assertThat(bench.source()).hasBinaryContent(Deed.THEIRS);
    assertThat(bench.files()).hasSize(1);
    assertThat(bench.rows().toBeSettled(bench.video())).isEmpty();
  }

  /** Expiry comes by itself: it is about earlier replacements of the same video. */
  @ParameterizedTest
  @ValueSource(strings = {"a film.mkv", "a film.avi"})
  void lettingGoWhatIsKeptLeavesAResultThatWaitsAlone(String name) {
    ReplaceBench bench = givenUp(name);
    List<String> before = bench.files();

    bench
        .exchanging()
        .accept(bench.video(), "expiry#" + bench.video(), new Acceptance(Instant.now(), false));

    assertThat(bench.files()).isEqualTo(before);
    RunKey retried = run(bench, "retried");
    assertThat(
            bench.exchanging().settle(bench.video(), retried.line(), claimedAgain(bench, retried)))
        .isInstanceOf(Settled.InPlace.class);
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
  }

  @Test
  void aSettlingThatALaterAttemptHasOvertakenChangesNothing() {
    ReplaceBench bench = givenUp("a film.mkv");
    UUID waiting = bench.rows().toBeSettled(bench.video()).getFirst();
    assertThat(bench.rows().begin(bench.video(), "early")).isPresent();
    assertThat(bench.rows().begin(bench.video(), "late")).isPresent();

    assertThat(bench.exchanging().settle(bench.video(), "early", waiting))
        .isEqualTo(new Settled.Overtaken());
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(results(bench)).isOne();
  }

  @Test
  void aVideoThatTheJanitorCannotSettleIsFailedAsItWas() {
    ReplaceBench bench = givenUp("a film.mkv");
    Video before = new VideoRepository(database).find(bench.video()).orElseThrow();
    assertThat(before.state()).isEqualTo(VideoState.FAILED);
    Unsettled unsettled = ledger.find(bench.video());
    RunKey settling = run(bench, "settling");
    claimed(bench, settling, VideoOrder.Purpose.UNDO);
    assertThatThrownBy(() ->
            refused(bench).settle(bench.video(), settling.line(), unsettled.open().getFirst()))
        .hasMessageContaining("FileSystemException");

    ledger.handBack(bench.video(), settling, unsettled, "not permitted");

    Video after = new VideoRepository(database).find(bench.video()).orElseThrow();
    assertThat(after.state()).isEqualTo(VideoState.FAILED);
    assertThat(after.failureCode()).contains("FILE_ACCESS");
    assertThat(after.detail()).isEqualTo(before.detail());
    assertThat(new VideoRepository(database).requeue(bench.video())).as("retry takes it").isTrue();
    assertThat(results(bench)).isOne();
  }

  @Test
  void aVideoThatTheJanitorHasSettledSaysSo() {
    ReplaceBench bench = givenUp("a film.avi");
    Unsettled unsettled = ledger.find(bench.video());
    RunKey settling = run(bench, "settling");
    claimed(bench, settling, VideoOrder.Purpose.UNDO);
    Settled settled =
        bench.exchanging().settle(bench.video(), settling.line(), unsettled.open().getFirst());

    assertThat(ledger.settled(bench.video(), settling, unsettled, settled))
        .isEqualTo("the result lies at " + bench.target());

    Video after = new VideoRepository(database).find(bench.video()).orElseThrow();
    assertThat(after.state()).isEqualTo(VideoState.ENCODED);
    assertThat(after.failureCode()).isEmpty();
    assertThat(ledger.find(bench.video()).isNothing()).isTrue();
  }

  private static final byte[] LATER = "a result of another file".getBytes(StandardCharsets.UTF_8);

  /**
   * A film whose undo stopped at its beginning, whose file was replaced by another since, which was
   * encoded too.
   */
  private ReplaceBench encodedOverAnUndo() throws IOException {
    ReplaceBench bench = ReplaceBench.replaced(database, folder, "movie.mkv");
    assertThatThrownBy(() ->
            bench
                .swapper(SwapWay.EXCHANGE, lostAt(Step.UNDO_INTENT, Moment.AFTER))
                .undo(bench.video(), "lost#" + bench.video()))
        .isInstanceOf(Lost.class);
    Deed.REPLACE.to(bench.source());
    return bench;
  }

  private static SwapRequest later(ReplaceBench bench) throws IOException {
    return new SwapRequest(
        bench.video(),
        "later#" + bench.video(),
        ReplaceBench.media(bench.root()),
        ReplaceBench.media(bench.source()),
        FileIdentity.of(bench.source()),
        ReplaceBench.media(bench.target()),
        bench.stager().stage(bench.stageRequest(LATER)));
  }

  @Test
  void anUndoThatWasNeverFinishedIsGivenUpBeforeAnotherFileIsReplaced() throws IOException {
    ReplaceBench bench = encodedOverAnUndo();

    assertThat(bench.exchanging().swap(later(bench))).isInstanceOf(SwapOutcome.Replaced.class);

    assertThat(bench.rows().unfinishedUndos(bench.video())).isEmpty();
    assertThat(bench.target()).hasBinaryContent(LATER);
  }

  /** As an earlier release has left it. */
  private ReplaceBench replacedOverAnUndo() throws IOException {
    ReplaceBench bench = encodedOverAnUndo();
    UUID undone = bench.rows().unfinishedUndos(bench.video()).getFirst().id();
    bench.exchanging().swap(later(bench));
    database
        .client()
        .sql("update replacements set undo_intent = 'undone', undo_attempt = ? where id = ?")
        .params("lost#" + bench.video(), undone)
        .update();
    return bench;
  }

  @Test
  void theJanitorSettlesTheReplacementWhoseUndoWasBegunAndNoOther() throws IOException {
    ReplaceBench bench = replacedOverAnUndo();
    RunKey settling = run(bench, "settling");
    Unsettled unsettled = ledger.find(bench.video());
    assertThat(unsettled.open()).hasSize(1);
    claimed(bench, settling, VideoOrder.Purpose.UNDO);

    Settled settled =
        bench.exchanging().settle(bench.video(), settling.line(), unsettled.open().getFirst());
    ledger.settled(bench.video(), settling, unsettled, settled);

    assertThat(settled).isInstanceOf(Settled.GivenUp.class);
    assertThat(bench.target()).hasBinaryContent(LATER);
    assertThat(ledger.find(bench.video()).isNothing()).as("for good").isTrue();
    assertThat(bench.rows().latestDone(bench.video())).isPresent();
  }

  @Test
  void anUndoTakesUpTheOneThatWasBegunAndLeavesTheLatestAlone() throws IOException {
    ReplaceBench bench = replacedOverAnUndo();

    assertThat(bench.exchanging().undo(bench.video(), "undo#" + bench.video()))
        .isInstanceOf(UndoOutcome.Refused.class);

    assertThat(bench.target()).hasBinaryContent(LATER);
    assertThat(bench.rows().unfinishedUndos(bench.video())).isEmpty();
    assertThat(bench.exchanging().undo(bench.video(), "again#" + bench.video()))
        .isInstanceOf(UndoOutcome.Undone.class);
    assertThat(bench.source()).hasBinaryContent(Deed.THEIRS);
  }

  @Test
  void anUndoThatStoppedInItsMiddleIsFinishedByAnEncode() {
    ReplaceBench bench = ReplaceBench.replaced(database, folder, "movie.mkv");
    assertThatThrownBy(() ->
            bench
                .swapper(SwapWay.EXCHANGE, lostAt(Step.EXCHANGE, Moment.TAKEN))
                .undo(bench.video(), "lost#" + bench.video()))
        .isInstanceOf(Lost.class);
    RunKey run = run(bench, "encode");

    Settled settled =
        bench.exchanging().settle(bench.video(), run.line(), claimedAgain(bench, run));

    assertThat(settled).isInstanceOf(Settled.Back.class);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.rows().toBeSettled(bench.video())).isEmpty();
  }
}
