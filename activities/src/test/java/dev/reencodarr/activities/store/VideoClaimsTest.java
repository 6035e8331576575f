package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reencodarr.workflows.analysis.Skip;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.StateChange;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import dev.reencodarr.workflows.video.VideoOrder.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VideoClaimsTest {

  private static final RunKey RUN = new RunKey("video/1", "a");
  private static final RunKey OTHER = new RunKey("video/1", "b");
  private static final SourceIdentity RESULT =
      new SourceIdentity(300, Instant.parse("2025-01-01T00:00:00.000000001Z"), "result");
  private static final SourceIdentity ORIGINAL =
      new SourceIdentity(1000, Rows.LONG_AGO, "original");
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final VideoEnd.Encode ENCODE =
      new VideoEnd.Encode(
          Encoder.LIBSVTAV1,
          8,
          30.25,
          95,
          95.2,
          12.5,
          4,
          1,
          Metric.XPSNR,
          NONE,
          ResultCheck.OFF,
          NONE,
          NONE,
          NONE);
  private static final Classification BROKEN =
      new Classification(
          FailureStage.ENCODING,
          FailureCategory.PROCESS_FAILURE,
          "EXIT_1",
          "broken",
          Reaction.GIVE_UP);

  private Database database;
  private VideoClaims claims;
  private VideoRepository videos;
  private Library library;
  private Video video;

  @BeforeEach
  void oneVideo() {
    database = TestDatabase.fresh();
    claims = new VideoClaims(database);
    videos = new VideoRepository(database);
    library = Rows.library(database, "/tv");
    video = Rows.video(database, library, "/tv/a 'b'\n\"c\".avi");
  }

  private VideoOrder order(Purpose purpose) {
    return new VideoOrder(video.id(), purpose, Wishes.none());
  }

  private Claimed claim(Purpose purpose, RunKey run) {
    return claims.claim(order(purpose), run, holder -> false);
  }

  private boolean enter(RunKey run, int step, VideoState state) {
    return claims.enter(new StateChange(video.id(), run, step, state, "step " + step));
  }

  private void finish(Purpose purpose, VideoEnd end) {
    claims.finish(order(purpose), RUN, end);
  }

  private Video now() {
    return videos.find(video.id()).orElseThrow();
  }

  private VideoEnd.Encoded encoded(String path) {
    return new VideoEnd.Encoded(
        new SwapOutcome.Replaced(
            UUID.randomUUID(), new MediaPath(path), RESULT, 1000, 300, new MediaPath("/tv/q"), 0),
        ENCODE);
  }

  private void encode() {
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 1, VideoState.ANALYSING);
    finish(Purpose.ENCODE, encoded("/tv/a.mkv"));
  }

  @Test
  void twoClaimsAtOnceNeverBothProceed() throws Exception {
    for (int round = 0; round < 20; round++) {
      video = Rows.video(database, library, "/tv/" + round + ".mkv");
      List<Callable<Claimed>> both =
          List.of(() -> claim(Purpose.ENCODE, RUN), () -> claim(Purpose.ENCODE, OTHER));
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        List<Claimed> results = threads.invokeAll(both).stream().map(Future::resultNow).toList();

        assertThat(results).filteredOn(Claimed.Taken.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Claimed.Held.class::isInstance).hasSize(1);
      }
    }
  }

  @Test
  void claimingTwiceForOneRunIsTheSameAsOnce() {
    assertThat(claim(Purpose.ENCODE, RUN)).isInstanceOf(Claimed.Taken.class);
    enter(RUN, 1, VideoState.ANALYSING);

    assertThat(claim(Purpose.ENCODE, RUN)).isInstanceOf(Claimed.Taken.class);
    assertThat(now().state()).isEqualTo(VideoState.ANALYSING);
  }

  @Test
  void aDeadHolderGivesWayAndCannotWriteAnyMore() {
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 3, VideoState.ANALYSING);

    assertThat(claim(Purpose.ENCODE, OTHER)).isEqualTo(new Claimed.Held(RUN));
    assertThat(claims.claim(order(Purpose.ENCODE), OTHER, RUN::equals))
        .isInstanceOf(Claimed.Taken.class);
    assertThat(now().state()).isEqualTo(VideoState.FOUND);

    assertThat(enter(RUN, 4, VideoState.REPLACING)).isFalse();
    finish(Purpose.ENCODE, encoded("/tv/a.mkv"));
    assertThat(now().state()).isEqualTo(VideoState.FOUND);
    assertThat(enter(OTHER, 1, VideoState.ANALYSING)).isTrue();
  }

  @Test
  void whatIsEncodedSkippedOrKeptIsNotTakenAgainUntilRetry() {
    encode();
    assertThat(claim(Purpose.ENCODE, OTHER)).isInstanceOf(Claimed.Settled.class);

    videos.skip(Map.of(video.id(), new Skip(SkipReason.NOT_WORTH_IT, "")));
    assertThat(claim(Purpose.ENCODE, OTHER)).isInstanceOf(Claimed.Settled.class);

    assertThat(videos.requeue(video.id())).isTrue();
    assertThat(claim(Purpose.ENCODE, OTHER)).isInstanceOf(Claimed.Taken.class);
  }

  @Test
  void aRunAtWorkIsNotRequeued() {
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 1, VideoState.ANALYSING);

    assertThat(videos.requeue(video.id())).isFalse();
  }

  @Test
  void aLateStepDoesNotMoveTheVideoBack() {
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 2, VideoState.ANALYSING);

    assertThat(enter(RUN, 1, VideoState.ANALYSING)).isFalse();
    assertThat(enter(RUN, 2, VideoState.ANALYSING)).isFalse();
    finish(Purpose.ENCODE, encoded("/tv/a.mkv"));
    assertThat(enter(RUN, 3, VideoState.REPLACING)).isFalse();
    assertThat(now().state()).isEqualTo(VideoState.ENCODED);
  }

  @Test
  void anEncodedVideoHasItsNewPathIdentityAndFigures() {
    encode();
    Video first = now();
    finish(Purpose.ENCODE, new VideoEnd.Failed(BROKEN));

    assertThat(now()).isEqualTo(first);
    assertThat(first.state()).isEqualTo(VideoState.ENCODED);
    assertThat(first.path()).hasToString("/tv/a.mkv");
    assertThat(first.size()).isEqualTo(300);
    assertThat(first.originalSize()).hasValue(1000);
    assertThat(first.savedBytes()).hasValue(700);
    assertThat(first.sampledHash()).contains("result");
    assertThat(first.encode())
        .contains(
            new Video.EncodeFigures(
                "libsvtav1",
                8,
                30.25,
                95,
                95.2,
                12.5,
                4,
                1,
                Metric.XPSNR,
                NONE,
                ResultCheck.OFF,
                NONE,
                NONE,
                NONE));
  }

  @Test
  void aResultThatWasCheckedAndMadeTwiceSaysSoUntilTheOriginalIsBack() {
    VideoEnd.Encode second =
        new VideoEnd.Encode(
            Encoder.LIBSVTAV1,
            8,
            27.5,
            95,
            95.2,
            12.5,
            4,
            1,
            Metric.VMAF,
            OptionalDouble.of(94.75),
            ResultCheck.WHOLE,
            OptionalDouble.of(30.25),
            OptionalDouble.of(93.5),
            OptionalDouble.of(88.25));
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 1, VideoState.ANALYSING);
    finish(Purpose.ENCODE, new VideoEnd.Encoded(encoded("/tv/a.mkv").replaced(), second));

    Video.EncodeFigures kept = now().encode().orElseThrow();
    assertThat(kept.checkedScore()).hasValue(94.75);
    assertThat(kept.unscaledScore()).hasValue(88.25);
    assertThat(kept.checkedBy()).isEqualTo(ResultCheck.WHOLE);
    assertThat(kept.correctedFrom()).hasValue(30.25);
    assertThat(kept.firstScore()).hasValue(93.5);

    claim(Purpose.UNDO, OTHER);
    claims.enter(new StateChange(video.id(), OTHER, 1, VideoState.REPLACING, ""));
    claims.finish(
        order(Purpose.UNDO), OTHER, new VideoEnd.Undone(new MediaPath("/tv/a.avi"), ORIGINAL));
    assertThat(now().encode()).isEmpty();

    videos.requeue(video.id());
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 5, VideoState.ANALYSING);
    finish(Purpose.ENCODE, encoded("/tv/a.mkv"));
    assertThat(now().encode().orElseThrow().checkedScore()).isEmpty();
    assertThat(now().encode().orElseThrow().checkedBy()).isEqualTo(ResultCheck.OFF);
    assertThat(now().encode().orElseThrow().correctedFrom()).isEmpty();
    assertThat(now().encode().orElseThrow().firstScore()).isEmpty();
  }

  @Test
  void aScanThatMetTheResultFirstDoesNotBlockItsRun() {
    claim(Purpose.ENCODE, RUN);
    Rows.video(database, library, "/tv/a.mkv");

    finish(Purpose.ENCODE, encoded("/tv/a.mkv"));

    assertThat(videos.findByPath(new MediaPath("/tv/a.mkv")).orElseThrow().id())
        .isEqualTo(video.id());
  }

  @Test
  void aDeliveredVideoStaysFoundSoThatARealRunStillHappens() {
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 1, VideoState.ANALYSING);

    finish(Purpose.ENCODE, new VideoEnd.DeliveredTo(new MediaPath("/out/a.mkv"), 300, ENCODE));

    assertThat(now().state()).isEqualTo(VideoState.FOUND);
    assertThat(now().output()).contains(new Video.Output(new MediaPath("/out/a.mkv"), 300));
    assertThat(now().size()).isEqualTo(1000);
    assertThat(claim(Purpose.ENCODE, OTHER)).isInstanceOf(Claimed.Taken.class);
  }

  @Test
  void undoKeepsTheOriginalUntilRetry() {
    encode();
    assertThat(claim(Purpose.UNDO, OTHER)).isInstanceOf(Claimed.Taken.class);
    claims.enter(new StateChange(video.id(), OTHER, 1, VideoState.REPLACING, ""));

    claims.finish(
        order(Purpose.UNDO), OTHER, new VideoEnd.Undone(new MediaPath("/tv/a.avi"), ORIGINAL));

    assertThat(now().state()).isEqualTo(VideoState.SKIPPED);
    assertThat(now().skipReason()).contains(SkipReason.KEPT);
    assertThat(now().path()).hasToString("/tv/a.avi");
    assertThat(now().originalSize()).isEmpty();
    assertThat(videos.marks(video.id()).kept()).contains("original");
  }

  static Stream<VideoEnd> endsOfAnUndoThatChangedNothing() {
    return Stream.of(
        new VideoEnd.UndoRefused("not our result"),
        new VideoEnd.Failed(BROKEN),
        new VideoEnd.Cancelled());
  }

  @ParameterizedTest
  @MethodSource("endsOfAnUndoThatChangedNothing")
  void anUndoThatDoesNotHappenLeavesTheVideoEncoded(VideoEnd end) {
    encode();
    claim(Purpose.UNDO, OTHER);
    claims.enter(new StateChange(video.id(), OTHER, 1, VideoState.REPLACING, ""));

    claims.finish(order(Purpose.UNDO), OTHER, end);

    assertThat(now().state()).isEqualTo(VideoState.ENCODED);
    assertThat(now().savedBytes()).hasValue(700);
    assertThat(now().detail()).startsWith("undo ");
  }

  @Test
  void anUndoWhoseRunDiedLeavesTheVideoEncodedForTheNextClaim() {
    encode();
    claim(Purpose.UNDO, OTHER);
    claims.enter(new StateChange(video.id(), OTHER, 1, VideoState.REPLACING, ""));
    RunKey third = new RunKey("video/1", "c");

    assertThat(claims.claim(order(Purpose.ENCODE), third, OTHER::equals))
        .isInstanceOf(Claimed.Settled.class);
    assertThat(now().state()).isEqualTo(VideoState.ENCODED);
  }

  static Stream<VideoEnd> ends() {
    return Stream.of(
        new VideoEnd.Skipped(SkipReason.NOT_WORTH_IT, "would save 2 %"),
        new VideoEnd.Failed(BROKEN),
        new VideoEnd.Cancelled());
  }

  @ParameterizedTest
  @MethodSource("ends")
  void everyEndSettlesTheRequestsThatStartedTheVideoAndNoneThatWishForSomethingElse(VideoEnd end) {
    RequestRepository requests = new RequestRepository(database);
    WorkRequest started = Rows.request(database, library, Wishes.none(), false);
    Wishes others = new Wishes(OptionalDouble.of(90), Optional.empty(), 3, Optional.empty());
    WorkRequest waiting = Rows.request(database, library, others, false);
    for (WorkRequest request : List.of(started, waiting)) {
      requests.addVideos(request.id(), List.of(video.path()));
      requests.decided(request.id(), List.of(video.id()));
    }
    requests.markStarted(started.id(), video.id());
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 1, VideoState.ANALYSING);

    finish(Purpose.ENCODE, end);
    finish(Purpose.ENCODE, end);

    assertThat(requests.videos(started.id()))
        .singleElement()
        .satisfies(row -> assertThat(row.outcome()).contains(Outcome.of(end)));
    assertThat(requests.videos(waiting.id()))
        .singleElement()
        .satisfies(row -> assertThat(row.outcome()).isEmpty());
    assertThat(now().state().isWork()).isFalse();
  }

  static Stream<VideoEnd> endsOfMeasuring() {
    return Stream.of(
        new VideoEnd.Measured("measured: CRF 30"),
        new VideoEnd.Failed(BROKEN),
        new VideoEnd.Cancelled());
  }

  @ParameterizedTest
  @MethodSource("endsOfMeasuring")
  void aVideoThatWasOnlyMeasuredIsWhatItWasAndItsRequestIsDone(VideoEnd end) {
    RequestRepository requests = new RequestRepository(database);
    WorkRequest measures = Rows.request(database, library, Wishes.toMeasure(), false);
    WorkRequest encodes = Rows.request(database, library, Wishes.none(), false);
    for (WorkRequest request : List.of(measures, encodes)) {
      requests.addVideos(request.id(), List.of(video.path()));
      requests.decided(request.id(), List.of(video.id()));
    }
    requests.markStarted(measures.id(), video.id());
    claim(Purpose.MEASURE, RUN);
    enter(RUN, 1, VideoState.SEARCHING);

    finish(Purpose.MEASURE, end);

    assertThat(now().state()).isEqualTo(VideoState.FOUND);
    assertThat(now().detail()).isNotEmpty();
    assertThat(requests.videos(measures.id()))
        .singleElement()
        .satisfies(row -> assertThat(row.outcome()).contains(Outcome.of(end)));
    assertThat(requests.videos(encodes.id()))
        .singleElement()
        .satisfies(row -> assertThat(row.outcome()).isEmpty());
    assertThat(claim(Purpose.ENCODE, OTHER)).isInstanceOf(Claimed.Taken.class);
  }

  @Test
  void whatIsSettledIsNotMeasured() {
    encode();

    assertThat(claim(Purpose.MEASURE, OTHER)).isInstanceOf(Claimed.Settled.class);
    assertThat(now().state()).isEqualTo(VideoState.ENCODED);
  }

  @Test
  void aFailedVideoSaysWithWhichCodeAndMayBeClaimedAgain() {
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 1, VideoState.ANALYSING);
    finish(Purpose.ENCODE, new VideoEnd.Failed(BROKEN));

    assertThat(now().failureCode()).contains("EXIT_1");
    assertThat(now().detail()).isEqualTo("broken");
    assertThat(claim(Purpose.ENCODE, OTHER)).isInstanceOf(Claimed.Taken.class);
  }

  @Test
  void videosAreFoundByTheCodeOfAFailureThatIsOpen() {
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 1, VideoState.ANALYSING);
    fails(FailureStage.ENCODING);

    assertThat(videos.failedWith("EXIT_1")).isEmpty();

    finish(Purpose.ENCODE, new VideoEnd.Failed(BROKEN));

    assertThat(videos.failedWith("EXIT_1")).extracting(Video::id).containsExactly(video.id());
    assertThat(videos.failedWith("EXIT_2")).isEmpty();

    new FailureRepository(database).resolveAllByHand();

    assertThat(videos.failedWith("EXIT_1")).isEmpty();
  }

  @Test
  void aVideoThatWaitsForADiskOrAMountIsFoundByTheCodeThatItWaitsFor() {
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 1, VideoState.ANALYSING);
    assertThat(enter(RUN, 2, VideoState.ENCODING)).isTrue();
    failsInPassing("EXIT_1", 1);
    failsInPassing("RESOURCE_DISK", 2);

    assertThat(videos.failedWith("RESOURCE_DISK")).as("it is at work").isEmpty();

    assertThat(enter(RUN, 3, VideoState.WAITING)).isTrue();

    assertThat(videos.failedWith("RESOURCE_DISK"))
        .extracting(Video::id)
        .containsExactly(video.id());
    assertThat(videos.failedWith("EXIT_1")).as("that is over").isEmpty();

    new FailureRepository(database).resolveAll(video.id());

    assertThat(videos.failedWith("RESOURCE_DISK")).isEmpty();
  }

  /** A failure after which the video is tried again. */
  private void failsInPassing(String code, int attempt) {
    database
        .client()
        .sql(
            """
            insert into video_failures (video_id, failure_stage, failure_category, failure_code,
              failure_message, "final", workflow_id, run_id, attempt)
            values (:video, 'encoding', 'unknown', :code, 'for now', false, 'w', 'r', :attempt)
            """)
        .param("video", video.id().value())
        .param("code", code)
        .param("attempt", attempt)
        .update();
  }

  /** An earlier run has failed; its rows are the video's. */
  private void fails(FailureStage stage) {
    new FailureRepository(database)
        .record(
            new FailureRecord(
                video.id(),
                "video/" + video.id(),
                "an earlier run",
                1,
                new Classification(
                    stage,
                    FailureCategory.SYSTEM_ENVIRONMENT,
                    "EXIT_1",
                    "broken",
                    Reaction.GIVE_UP),
                Evidence.of(EvidenceKind.PROCESS_EXIT, "broken"),
                0,
                true,
                "give up"),
            "broken",
            JsonNodeFactory.instance.objectNode());
  }

  private List<FailureStage> open() {
    return new FailureRepository(database)
        .open(video.id()).stream().map(FailureRow::stage).sorted().toList();
  }

  @Test
  void theNextStepResolvesWhatHasFailedBeforeItWhicheverRunWroteIt() {
    Stream.of(FailureStage.values()).forEach(this::fails);
    claim(Purpose.ENCODE, RUN);

    enter(RUN, 1, VideoState.ANALYSING);
    enter(RUN, 2, VideoState.WAITING);
    assertThat(open()).containsExactly(FailureStage.values());

    enter(RUN, 3, VideoState.SEARCHING);
    assertThat(open())
        .containsExactly(FailureStage.CRF_SEARCH, FailureStage.ENCODING, FailureStage.POST_PROCESS);

    enter(RUN, 4, VideoState.ENCODING);
    assertThat(open()).containsExactly(FailureStage.ENCODING, FailureStage.POST_PROCESS);

    enter(RUN, 5, VideoState.REPLACING);
    assertThat(open()).containsExactly(FailureStage.POST_PROCESS);
  }

  @Test
  void aStepThatCameLateResolvesNothing() {
    claim(Purpose.ENCODE, RUN);
    enter(RUN, 4, VideoState.ANALYSING);
    fails(FailureStage.ANALYSIS);

    assertThat(enter(RUN, 3, VideoState.SEARCHING)).isFalse();
    assertThat(enter(OTHER, 5, VideoState.SEARCHING)).isFalse();

    assertThat(open()).containsExactly(FailureStage.ANALYSIS);
  }

  @Test
  void anUndoResolvesNothingBeforeItHasComeToItsEnd() {
    encode();
    fails(FailureStage.ENCODING);
    claim(Purpose.UNDO, OTHER);

    enter(OTHER, 1, VideoState.REPLACING);

    assertThat(open()).isNotEmpty();
  }

  @Test
  void aFinishedVideoHasNoOpenFailures() {
    for (VideoEnd end :
        List.of(
            encoded("/tv/a.mkv"),
            new VideoEnd.Skipped(SkipReason.NOT_WORTH_IT, "too large"),
            new VideoEnd.DeliveredTo(new MediaPath("/out/a.mkv"), 300, ENCODE))) {
      video = Rows.video(database, library, "/tv/" + UUID.randomUUID() + ".mkv");
      claim(Purpose.ENCODE, RUN);
      Stream.of(FailureStage.values()).forEach(this::fails);

      finish(Purpose.ENCODE, end);

      assertThat(open()).as("%s", end).isEmpty();
    }
  }

  @Test
  void aScanThatSettlesAVideoResolvesWhatHadFailedToo() {
    fails(FailureStage.ANALYSIS);
    videos.skip(Map.of(video.id(), new Skip(SkipReason.ALREADY_AV1, "it is")));
    assertThat(open()).isEmpty();

    fails(FailureStage.POST_PROCESS);
    videos.stillEncoded(video.id());
    assertThat(open()).isEmpty();
  }

  @Test
  void whatFailedOrWasCancelledKeepsItsFailures() {
    for (VideoEnd end : List.of(new VideoEnd.Failed(BROKEN), new VideoEnd.Cancelled())) {
      video = Rows.video(database, library, "/tv/" + UUID.randomUUID() + ".mkv");
      claim(Purpose.ENCODE, RUN);
      fails(FailureStage.ENCODING);

      finish(Purpose.ENCODE, end);

      assertThat(open()).as("%s", end).containsExactly(FailureStage.ENCODING);
    }
  }

  @Test
  void aVideoWhoseRowIsGoneIsNoError() {
    database.client().sql("delete from videos").update();

    assertThat(claim(Purpose.ENCODE, RUN)).isInstanceOf(Claimed.Settled.class);
    assertThat(enter(RUN, 1, VideoState.ANALYSING)).isFalse();
    finish(Purpose.ENCODE, new VideoEnd.Cancelled());
  }
}
