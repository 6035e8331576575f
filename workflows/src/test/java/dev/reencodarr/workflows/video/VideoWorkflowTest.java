package dev.reencodarr.workflows.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.LadderEnd;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.SizeLimit;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.Settled;
import dev.reencodarr.workflows.replace.Verdict;
import dev.reencodarr.workflows.search.Belief;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.SearchRecord;
import dev.reencodarr.workflows.search.Seed;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class VideoWorkflowTest {

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final ScriptedWorld world = new ScriptedWorld();
  private final VideoId video = new VideoId(UUID.randomUUID());

  @BeforeEach
  void start() {
    world.startIn(environment);
  }

  @AfterEach
  void close() {
    environment.close();
  }

  @Test
  void aVideoGoesFromAnalysisToReplacementAndItsHistoryReplays() throws Exception {
    VideoEnd end = encode();

    assertThat(end).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(((VideoEnd.Encoded) end).encode().vmafScore()).isBetween(95.0, 95.4);
    assertThat(world.states)
        .extracting(StateChange::state)
        .containsSubsequence(
            VideoState.ANALYSING, VideoState.SEARCHING, VideoState.ENCODING, VideoState.REPLACING);
    assertThat(world.log)
        .containsSubsequence(
            "claim", "analyse", "probe", "encode", "verify", "stage", "swap", "discard", "finish");
    assertThat(world.failures).isEmpty();
    replay("encoded");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheDiskHasSettledIsWrittenDownAndNotWorkedOn(boolean undone) {
    MediaPath place = new MediaPath("/tv/Show/renamed.mkv");
    world.settled = Optional.of(new Analysis.Settled(place, ScriptedWorld.IDENTITY, undone));

    VideoEnd end = encode();

    assertThat(end)
        .isEqualTo(
            undone
                ? new VideoEnd.Undone(place, ScriptedWorld.IDENTITY)
                : new VideoEnd.Redone(place, ScriptedWorld.IDENTITY));
    assertThat(world.ends).containsExactly(end);
    assertThat(world.count("probe") + world.count("encode")).isZero();
  }

  @Test
  void aResultThatWaitsForItsSwapIsPutInPlaceAndNotEncodedAgain() throws Exception {
    UUID waiting = UUID.randomUUID();
    world.isLeft(waiting);
    world.left.put(waiting, new Settled.InPlace(ScriptedWorld.SOURCE, ScriptedWorld.IDENTITY));

    VideoEnd end = encode();

    assertThat(end).isEqualTo(new VideoEnd.Redone(ScriptedWorld.SOURCE, ScriptedWorld.IDENTITY));
    assertThat(world.log).containsExactly("claim", "settle", "finish");
    assertThat(world.states).extracting(StateChange::state).containsExactly(VideoState.REPLACING);
    replay("left-to-be-swapped");
  }

  @Test
  void whatCannotBePutInPlaceFailsTheVideoAgainAndIsNotEncodedAgain() {
    world.isLeft(UUID.randomUUID());
    world.next(
        "settle",
        failing(Evidence.of(EvidenceKind.FILE_OPERATION, "movie.mkv: Operation not permitted")));

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);

    assertThat(world.ends)
        .singleElement()
        .isInstanceOfSatisfying(
            VideoEnd.Failed.class,
            failed -> {
              assertThat(failed.classification().stage()).isEqualTo(FailureStage.POST_PROCESS);
              assertThat(failed.classification().code()).isEqualTo("FILE_ACCESS");
            });
    assertThat(world.log).doesNotContain("analyse", "encode");
  }

  @Test
  void anUndoThatWasLeftIsFinishedAndNotGoneAgainst() {
    UUID undone = UUID.randomUUID();
    world.isLeft(undone, UUID.randomUUID());
    world.left.put(undone, new Settled.Back(ScriptedWorld.SOURCE, ScriptedWorld.IDENTITY));

    assertThat(encode())
        .isEqualTo(new VideoEnd.Undone(ScriptedWorld.SOURCE, ScriptedWorld.IDENTITY));

    assertThat(world.count("settle")).isEqualTo(2);
    assertThat(world.log).doesNotContain("analyse", "encode");
  }

  @Test
  void whereWhatWasLeftIsGivenUpThereIsWorkToDo() throws Exception {
    world.isLeft(UUID.randomUUID());

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.log).containsSubsequence("settle", "analyse", "encode", "swap");
    replay("left-and-given-up");
  }

  @Test
  void whatGoesToAnOutputFolderLeavesTheLibraryAlone() {
    world.isLeft(UUID.randomUUID());

    run(
        new Wishes(OptionalDouble.empty(), Optional.empty(), 3, Optional.of(new MediaPath("/out"))),
        VideoOrder.Purpose.ENCODE);

    assertThat(world.log).contains("deliver").doesNotContain("settle");
  }

  @Test
  void whatARuleLeavesAloneIsSkippedForItsReasonAndNotSearched() throws Exception {
    world.ruledOut =
        Optional.of(new Planned.Skip(new SkipReason("too_small"), "by rule 'small' (line 3)"));

    assertThat(encode())
        .isEqualTo(new VideoEnd.Skipped(new SkipReason("too_small"), "by rule 'small' (line 3)"));

    assertThat(world.log)
        .containsSubsequence("claim", "analyse", "plan", "finish")
        .doesNotContain("probe", "encode");
    replay("left-alone-by-a-rule");
  }

  @Test
  void rulesThatAreSetAfterTheClaimDecideHowTheVideoIsSearchedAndEncoded() throws Exception {
    world.rules =
        settings ->
            settings.with(
                List.of(
                    new SettingValue(SettingKey.PRESETS, "4", "a rule"),
                    new SettingValue(SettingKey.GRAIN, "8", "a rule")));

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.probes)
        .isNotEmpty()
        .allSatisfy(probe -> {
          assertThat(probe.setting().preset()).isEqualTo(4);
          assertThat(probe.setting().encodeArguments()).contains("film-grain=8");
        });
    assertThat(world.encodes)
        .singleElement()
        .satisfies(encode -> {
          assertThat(encode.preset()).isEqualTo(4);
          assertThat(encode.plan().encodeArguments()).contains("film-grain=8");
        });
    replay("encoded-by-rules");
  }

  @Test
  void anOrderToMeasureSearchesAndEncodesNothingAndLeavesItsPointsToALaterEncode()
      throws Exception {
    VideoEnd end = run(Wishes.toMeasure(), VideoOrder.Purpose.MEASURE);

    assertThat(end)
        .isInstanceOfSatisfying(
            VideoEnd.Measured.class,
            measured -> assertThat(measured.what()).startsWith("measured: CRF "));
    assertThat(world.ends).containsExactly(end);
    assertThat(world.log).containsSubsequence("claim", "analyse", "probe", "finish");
    assertThat(world.log).doesNotContain("encode", "verify", "stage", "swap", "discard");
    assertThat(world.states)
        .extracting(StateChange::state)
        .containsOnly(VideoState.ANALYSING, VideoState.SEARCHING);
    replay("measured");
    long probes = world.count("probe");

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.count("probe")).isEqualTo(probes);
  }

  @Test
  void whatAnOrderToMeasureFindsNotWorthItIsSaidAndNotSkipped() {
    world.sameSizeCrf = 60;

    assertThat(run(Wishes.toMeasure(), VideoOrder.Purpose.MEASURE))
        .isInstanceOfSatisfying(
            VideoEnd.Measured.class,
            measured -> assertThat(measured.what()).startsWith("measured, not worth it: preset "));
  }

  @Test
  void aTargetThatOnlyHugeResultsReachIsSkippedWithTheCurveThatWasTried() throws Exception {
    world.sameSizeCrf = 60;

    VideoEnd end = encode();

    assertThat(end).isInstanceOf(VideoEnd.Skipped.class);
    VideoEnd.Skipped skipped = (VideoEnd.Skipped) end;
    assertThat(skipped.reason()).isEqualTo(SkipReason.NOT_WORTH_IT);
    assertThat(skipped.detail()).contains("CRF");
    assertThat(world.count("encode")).isZero();
    replay("refused-by-looks");
  }

  @Test
  void aResultThatKeepsItsPromiseSaysHowItScored() throws Exception {
    world.checks(ResultCheck.WHOLE);
    world.verdict = new Verdict.Verified("sum", ScriptedWorld.SIZE / 2, 95.12);

    VideoEnd.Encode figures = ((VideoEnd.Encoded) encode()).encode();

    assertThat(figures.checkedScore()).hasValue(95.12);
    assertThat(figures.checkedBy()).isEqualTo(ResultCheck.WHOLE);
    assertThat(figures.correctedFrom()).isEmpty();
    replay("checked");
  }

  @Test
  void aResultThatFallsShortIsMadeOnceMoreWithALowerCrf() throws Exception {
    world.checks(ResultCheck.WHOLE);
    world.verdicts.add(new Verdict.BelowTarget(93.8, 94.5));
    world.verdict = new Verdict.Verified("sum", ScriptedWorld.SIZE / 2, 95.01);

    VideoEnd.Encode figures = ((VideoEnd.Encoded) encode()).encode();

    assertThat(world.count("encode")).isEqualTo(2);
    double first = world.encodes.stream().findFirst().orElseThrow().crf();
    assertThat(figures.correctedFrom()).hasValue(first);
    assertThat(figures.firstScore()).hasValue(93.8);
    assertThat(figures.crf()).isLessThan(first - 2);
    assertThat(figures.checkedScore()).hasValue(95.01);
    assertThat(world.log)
        .containsSubsequence("encode", "verify", "discard", "encode", "verify", "swap", "discard");
    replay("corrected");
  }

  @Test
  void aResultThatFallsShortTwiceLeavesTheFileAsItIs() throws Exception {
    world.checks(ResultCheck.SEGMENTS);
    world.verdict = new Verdict.BelowTarget(93.8, 94.5);

    VideoEnd.Skipped end = (VideoEnd.Skipped) encode();

    assertThat(end.reason()).isEqualTo(SkipReason.NOT_WORTH_IT);
    assertThat(end.detail())
        .contains("scores 93.80, at least 94.50 is needed; the result with CRF");
    assertThat(world.count("encode")).isEqualTo(2);
    assertThat(world.count("swap")).isZero();
    replay("corrected-in-vain");
  }

  @Test
  void aCorrectionThatWouldSaveTooLittleIsNotMade() {
    world.checks(ResultCheck.WHOLE);
    world.sameSizeCrf = 33;
    world.verdict = new Verdict.BelowTarget(93.8, 94.5);

    VideoEnd.Skipped end = (VideoEnd.Skipped) encode();

    assertThat(end.detail()).contains("would have", "of the source's size");
    assertThat(world.count("encode")).isEqualTo(1);
  }

  /** Probes that would not settle the scripted curve go on until they are told to end. */
  private Queue<Double> othersGoOn() {
    Queue<Double> ended = new ConcurrentLinkedQueue<>();
    world.beforeProbe =
        request -> {
          boolean look = !request.setting().scoring().equals(Scoring.defaults());
          if (!look && (request.crf() < 35.75 || request.crf() > 38.25)) {
            try {
              beatUntilTold();
            } catch (ActivityCompletionException told) {
              ended.add(request.crf());
              throw told;
            }
          }
        };
    return ended;
  }

  @Test
  void idleWorkersMeasureSeveralCrfsAtOnceAndTheSearchComesToTheSame() throws Exception {
    world.idle = 2;
    Queue<Double> ended = othersGoOn();

    VideoEnd.Encode figures = ((VideoEnd.Encoded) encode()).encode();

    assertThat(figures.vmafScore()).isBetween(95.0, 95.4);
    assertThat(figures.probes()).as("three looks and a probe").isEqualTo(4);
    await("the others are ended", () -> !ended.isEmpty());
    replay("probes-together");
  }

  @Test
  void theAnswerThatSettlesASearchEndsTheProbesBesideIt() throws Exception {
    // The line of the scripted curve about its target, almost for sure: the first probe finds it.
    world.taught = Optional.of(new Belief(37, Math.log(4.8), 0.031, 1e-5, 1e-7, 0));
    world.idle = 2;
    Queue<Double> ended = othersGoOn();

    VideoEnd.Encode figures = ((VideoEnd.Encoded) encode()).encode();

    assertThat(figures.crf()).isBetween(35.75, 38.25);
    assertThat(figures.probes()).isEqualTo(1);
    await("both are ended", () -> ended.size() == 2);
    replay("probes-beside-ended");
  }

  @Test
  void aSeedThatKnowsTheCurveSparesTheLooks() {
    world.taught = Optional.of(new Belief(37, Math.log(4.8), 0.031, 1e-5, 1e-7, 0));

    VideoEnd.Encode figures = ((VideoEnd.Encoded) encode()).encode();

    assertThat(figures.probes()).isEqualTo(1);
    assertThat(world.probes)
        .allMatch(request -> request.setting().scoring().equals(Scoring.defaults()));
  }

  @Test
  void whatNoPresetReachesComesDownTheLadderAndEachRungIsOnRecord() throws Exception {
    // 94.3 is the most that any CRF reaches: two presets at 95 fail, the target 94 is found.
    world.score = crf -> 94.3 - 0.1 * Math.max(0, crf - 5);
    world.sameSizeCrf = -20;

    VideoEnd end = encode();

    assertThat(end).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(((VideoEnd.Encoded) end).encode().vmafTarget()).isEqualTo(94);
    assertThat(world.failures)
        .extracting(failure -> failure.classification().code())
        .contains("PRESET_RETRY");
    assertThat(world.failures).noneMatch(FailureRecord::isFinal);
    replay("down-the-ladder");
  }

  @Test
  void aSearchThatHasFoundLeavesARecordOfWhatItDid() throws Exception {
    // It begins far off, and looks before it probes.
    world.score = crf -> 100 - 0.3 * Math.max(0, crf - 5);

    VideoEnd.Encode encode = ((VideoEnd.Encoded) encode()).encode();

    assertThat(world.searches).hasSize(1);
    SearchRecord search = world.searches.element();
    assertThat(search.video()).isEqualTo(video);
    assertThat(search.run()).startsWith(WorkflowIds.video(video) + "#");
    assertThat(search.pass()).isEqualTo(1);
    assertThat(search.sampledHash()).isEqualTo(ScriptedWorld.IDENTITY.sampledHash());
    List<ProbeRequest> probes = List.copyOf(world.probes);
    assertThat(search.start())
        .isEqualTo(
            new SearchRecord.Start(
                Seed.Origin.PRIOR, 0, List.of(), OptionalDouble.of(probes.getFirst().crf())));
    String key = probes.getLast().setting().key();
    assertThat(search.tried())
        .containsExactly(
            new SearchRecord.Tried(
                encode.preset(),
                95,
                SearchRecord.End.FOUND,
                OptionalDouble.of(encode.crf()),
                key,
                Optional.of(probes.getLast().setting().ofLooks().key())));
    int points = (int) probes.stream().filter(one -> one.setting().key().equals(key)).count();
    assertThat(search.cost())
        .isEqualTo(
            new SearchRecord.Cost(points, probes.size() - points, 0, (double) probes.size()));
    assertThat(search.cost().looks()).isPositive();
    assertThat(search.stopped())
        .matches("CRF [0-9.]+ gives VMAF 95\\.[0-9]+, no more than 0\\.4 above the target 95");
    replay("searched-with-looks");
  }

  @Test
  void asDoesOneThatIsNotWorthIt() throws Exception {
    world.sameSizeCrf = 60;

    assertThat(encode()).isInstanceOf(VideoEnd.Skipped.class);

    assertThat(world.searches).hasSize(1);
    SearchRecord search = world.searches.element();
    assertThat(search.tried())
        .extracting(SearchRecord.Tried::end, SearchRecord.Tried::crf)
        .containsExactly(
            tuple(SearchRecord.End.TOO_LARGE, OptionalDouble.empty()),
            tuple(SearchRecord.End.HOPELESS, OptionalDouble.empty()));
    assertThat(search.stopped())
        .startsWith("preset " + search.tried().getLast().preset())
        .endsWith(": not even the lowest target can be small enough");
    replay("searched-in-vain");
  }

  @Test
  void asDoesOneThatFailsAtTheEndOfItsLadder() throws Exception {
    world.score = crf -> 80 - 0.1 * Math.max(0, crf - 5);
    world.sameSizeCrf = -20;
    world.ladderEnds(SizeLimit.off(), LadderEnd.SKIP, LadderEnd.FAIL);

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);

    assertThat(world.searches).hasSize(1);
    SearchRecord search = world.searches.element();
    assertThat(search.tried())
        .extracting(SearchRecord.Tried::target)
        .containsExactly(95.0, 95.0, 94.0, 93.0);
    assertThat(search.tried())
        .extracting(SearchRecord.Tried::end)
        .containsOnly(SearchRecord.End.NOT_REACHABLE);
    assertThat(search.stopped()).startsWith("CRF_NOT_FOUND: ");
    replay("searched-and-failed");
  }

  @Test
  void asDoesOneThatCouldNotMeasureThoughItKnewPointsOfItsOwn() {
    world.score = crf -> 100 - 0.3 * Math.max(0, crf - 5);
    encode();
    long known = world.count("probe");
    world.memory.values().forEach(points -> points.removeIf(point -> point.score() >= 95));
    Runnable broken = fails(EvidenceKind.STALLED);
    world.next("probe", Collections.nCopies(40, broken).toArray(Runnable[]::new));

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);

    SearchRecord search = List.copyOf(world.searches).getLast();
    assertThat(search.start().origin()).isEqualTo(Seed.Origin.OWN);
    assertThat(search.tried().getLast().end()).isEqualTo(SearchRecord.End.FAILED);
    assertThat(search.cost().known()).isPositive().isLessThan((int) known);
    assertThat(search.cost().seconds()).isZero();
    assertThat(search.stopped())
        .isEqualTo(
            world.failures.stream()
                .filter(FailureRecord::isFinal)
                .map(FailureRecord::classification)
                .map(last -> last.code() + ": " + last.message())
                .findFirst()
                .orElseThrow());
  }

  @Test
  void aSourceThatChangedIsSearchedInANewPassWithARecordOfItsOwn() {
    world.changes.set(1);

    encode();

    assertThat(world.searches).extracting(SearchRecord::pass).containsExactly(1, 2);
    assertThat(world.searches)
        .as("the passes of a run share what they have measured")
        .extracting(SearchRecord::cost)
        .containsOnly(world.searches.element().cost());
  }

  @Test
  void whatIsOverTheSizeLimitComesDownTheLadderUntilItIsWithinIt() throws Exception {
    // 95 needs 20 % of the source, 94 needs 13 %.
    world.ladderEnds(new SizeLimit(SizeLimit.Unit.PERCENT, 15), LadderEnd.FAIL, LadderEnd.SKIP);

    VideoEnd end = encode();

    assertThat(((VideoEnd.Encoded) end).encode().vmafTarget()).isEqualTo(94);
    assertThat(codes()).containsExactly("SIZE_LIMIT", "SIZE_LIMIT");
    assertThat(world.failures).noneMatch(FailureRecord::isFinal);
    replay("within-the-size-limit");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOverTheSizeLimitOnTheLastRungEndsAsTheSettingSays(LadderEnd wanted) {
    world.ladderEnds(
        new SizeLimit(SizeLimit.Unit.BYTES, 0.08 * ScriptedWorld.SIZE), wanted, LadderEnd.SKIP);

    endsAs(wanted, "SIZE_LIMIT");

    assertThat(codes()).containsExactly("SIZE_LIMIT", "SIZE_LIMIT", "SIZE_LIMIT", "SIZE_LIMIT");
  }

  @ParameterizedTest
  @EnumSource
  void whatReachesItsTargetOnNoRungEndsAsTheSettingSays(LadderEnd wanted) {
    world.score = crf -> 80 - 0.1 * Math.max(0, crf - 5);
    world.sameSizeCrf = -20;
    world.ladderEnds(SizeLimit.off(), LadderEnd.SKIP, wanted);

    endsAs(wanted, "CRF_NOT_FOUND");

    assertThat(codes()).hasSize(4).startsWith("PRESET_RETRY", "PRESET_RETRY", "PRESET_RETRY");
  }

  private List<String> codes() {
    return world.failures.stream().map(failure -> failure.classification().code()).toList();
  }

  /** Each rung is on record, the last with what became of the video. */
  private void endsAs(LadderEnd wanted, String code) {
    switch (wanted) {
      case SKIP ->
          assertThat(encode())
              .isInstanceOfSatisfying(
                  VideoEnd.Skipped.class,
                  end -> assertThat(end.reason()).isEqualTo(SkipReason.NOT_WORTH_IT));
      case FAIL -> {
        assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);
        assertThat(world.ends)
            .singleElement()
            .isInstanceOfSatisfying(
                VideoEnd.Failed.class,
                end -> {
                  assertThat(end.classification().code()).isEqualTo(code);
                  assertThat(end.classification().message()).contains("preset 8", "VMAF");
                });
      }
    }
    boolean fails = wanted == LadderEnd.FAIL;
    assertThat(world.failures)
        .extracting(FailureRecord::decided)
        .containsExactly(
            "next rung", "next rung", "next rung", fails ? "give up" : "skip the video");
    assertThat(world.failures)
        .extracting(FailureRecord::isFinal)
        .containsExactly(false, false, false, fails);
    assertThat(world.count("encode")).isZero();
  }

  @Test
  void passesOfAnEarlierReleaseKnowNoSizeLimit() throws Exception {
    ObjectMapper json = Payloads.mapper();
    ObjectNode old = json.valueToTree(QualitySettings.defaults());
    old.remove(List.of("sizeLimit", "overSizeLimit", "crfNotFound"));

    assertThat(json.treeToValue(old, QualitySettings.class)).isEqualTo(QualitySettings.defaults());
  }

  @Test
  void aStalledEncodeIsRunAgainAndItsFailureResolvedBySuccess() throws Exception {
    world.next("encode", fails(EvidenceKind.STALLED));

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.count("encode")).isEqualTo(2);
    assertThat(world.failures)
        .singleElement()
        .satisfies(failure -> assertThat(failure.isFinal()).isFalse());
    assertThat(world.log).contains("resolve encoding");
    replay("stalled-once");
  }

  @Test
  void anEncodeThatStallsForEverFailsTheVideoAndTheWorkflowCloses() {
    Runnable stall = fails(EvidenceKind.STALLED);
    world.next("encode", stall, stall, stall, stall, stall, stall, stall, stall);

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);

    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Failed.class);
    assertThat(world.failures.stream().filter(FailureRecord::isFinal)).hasSize(1);
    assertThat(world.log).contains("discard");
  }

  @Test
  void eachRowSaysHowOftenItsStepHadFailedAndWhatWasDecided() {
    Runnable unreadable =
        failing(
            new Evidence(
                EvidenceKind.PROCESS_EXIT, "", 1, 0, List.of(), "ffprobe exited with 1", Map.of()));
    world.next("probe", unreadable, () -> {}, unreadable, unreadable, unreadable, unreadable);

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);

    assertThat(world.failures)
        .as("laid on the analysis, and counted anew for each probe")
        .extracting(FailureRecord::retryCount)
        .containsExactly(0, 0, 1, 2, 3);
    assertThat(world.failures)
        .extracting(FailureRecord::decided)
        .containsExactly(
            "retry after 60 s",
            "retry after 60 s",
            "retry after 300 s",
            "retry after 900 s",
            "give up");
    assertThat(world.failures)
        .extracting(failure -> failure.classification().stage())
        .containsOnly(FailureStage.ANALYSIS);
  }

  @Test
  void whatHadTooLittleMemoryGoesOnWithHalfTheThreads() throws Exception {
    world.next("probe", () -> {}, killed());

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.probes)
        .extracting(ProbeRequest::threadsHalved)
        .startsWith(false, false, true)
        .endsWith(true);
    assertThat(world.encodes).extracting(EncodeRequest::threadsHalved).containsExactly(true);
    assertThat(world.encodes)
        .as("room in the work folder is asked for by what the search expects")
        .extracting(EncodeRequest::predictedBytes)
        .allMatch(bytes -> bytes > 0);
    assertThat(world.failures)
        .extracting(FailureRecord::decided)
        .containsExactly("half the threads after 60 s");
    replay("half-the-threads");
  }

  @Test
  void whatHalfTheThreadsHaveTooLittleMemoryForHasFailed() {
    world.next("probe", killed());
    world.next("encode", fails(EvidenceKind.STALLED), killed());

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);

    assertThat(world.encodes).extracting(EncodeRequest::threadsHalved).containsExactly(true, true);
    assertThat(world.failures)
        .extracting(FailureRecord::decided)
        .containsExactly("half the threads after 60 s", "retry after 60 s", "give up");
    assertThat(world.failures)
        .last()
        .satisfies(failure -> assertThat(failure.classification().code()).isEqualTo("EXIT_137"));
  }

  private static Runnable killed() {
    return failing(
        new Evidence(EvidenceKind.PROCESS_EXIT, "killed", -1, 9, List.of(), "", Map.of()));
  }

  @Test
  void aRestartedWorkerIsAskedFirstAndNothingCountsAgainstTheVideo() {
    Runnable restarted =
        () -> {
          throw ApplicationFailure.newFailure(
              "restarted",
              EvidenceKind.WORKER_RESTARTED.name(),
              new Evidence(
                  EvidenceKind.WORKER_RESTARTED,
                  "restarted",
                  -1,
                  0,
                  List.of(),
                  "",
                  Map.of("host", ScriptedWorld.HOST)));
        };
    world.next("encode", restarted, restarted);

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.count("encode")).isEqualTo(3);
    assertThat(world.failures).noneMatch(FailureRecord::isFinal);
  }

  @Test
  void probesOfEarlierPassesOfTheSameRunCountAsItsOwn() {
    world.changes.set(1);

    VideoEnd.Encode figures = ((VideoEnd.Encoded) encode()).encode();

    assertThat(figures.probes()).isEqualTo(Math.toIntExact(world.count("probe"))).isPositive();
    assertThat(figures.knownProbes()).isZero();
  }

  @Test
  void probesThatAnEarlierRunHasMeasuredAreCountedAndCalledKnown() {
    encode();
    long measured = world.count("probe");

    VideoEnd.Encode figures = ((VideoEnd.Encoded) encode()).encode();

    assertThat(world.count("probe")).as("none is measured twice").isEqualTo(measured);
    assertThat(figures.probes()).isEqualTo(Math.toIntExact(measured));
    assertThat(figures.knownProbes()).isEqualTo(figures.probes());
  }

  @Test
  void aFullDiskIsWaitedForAsLongAsItTakes() {
    Runnable full = fails(EvidenceKind.DISK_FULL);
    world.next("encode", full, full, full, full, full, full, full, full, full, full, full, full);

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.failures).noneMatch(FailureRecord::isFinal);
  }

  /** Some pauses are waited for within a task of the workflow, longer ones by its timers. */
  @Test
  void aDatabaseThatIsAwayIsWaitedForWhateverRowIsWritten() throws Exception {
    Runnable away =
        () -> {
          throw ApplicationFailure.newFailure("connection reset", "java.sql.SQLTransientException");
        };
    for (String step : List.of("claim", "record", "searched", "resolve encoding", "finish")) {
      world.next(step, away);
    }
    world.next("enter", away, away, away, away);
    world.next("encode", fails(EvidenceKind.STALLED));

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.failures).singleElement().matches(failure -> !failure.isFinal());
    replay("rows-away");
  }

  @Test
  void aWorkFolderWhoseWorkerEndsInTheMiddleIsClearedByItsSuccessor() throws Exception {
    world.next("discard", fails(EvidenceKind.WORKER_RESTARTED));

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.count("discard")).isEqualTo(2);
    assertThat(world.failures).isEmpty();
    replay("cleared-again");
  }

  @Test
  void aWorkFolderThatCannotBeClearedIsLeftToTheSweepAndOnRecord() {
    world.next("discard", fails(EvidenceKind.FILE_ACCESS));

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.count("discard")).isEqualTo(1);
    assertThat(world.failures)
        .singleElement()
        .satisfies(failure -> assertThat(failure.classification().code()).isEqualTo("CLEANUP"));
  }

  @Test
  void aMountThatIsGoneIsWaitedForInEveryStageAsLongAsItTakes() {
    Runnable gone = fails(EvidenceKind.MOUNT_GONE);
    for (String step : List.of("analyse", "probe", "encode", "verify", "stage", "swap")) {
      world.next(step, gone, gone, gone, gone, gone, gone, gone);
    }

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.failures)
        .as("three waits in place and one that is long; no word of its further looks")
        .hasSize(6 * 4)
        .noneMatch(FailureRecord::isFinal);
    assertThat(world.standing).isEmpty();
  }

  @Test
  void whatIsWaitedForLongLeavesTheWindowAndStandsOnceHoweverOftenItIsLookedAt() throws Exception {
    Runnable full = fails(EvidenceKind.DISK_FULL);
    List<Set<String>> subjects = new ArrayList<>();
    world.next("encode", full, full, full, full, full, () -> subjects.add(standing()), full);

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(lasted()).isBetween(Duration.ofMinutes(8 + 10 + 20), Duration.ofHours(3));
    assertThat(world.states).extracting(StateChange::state).contains(VideoState.WAITING);
    assertThat(subjects).containsExactly(Set.of("waiting/encoding/RESOURCE_DISK/h1"));
    assertThat(world.standing).as("the first that goes on says that it is over").isEmpty();
    assertThat(world.failures).hasSize(4).noneMatch(FailureRecord::isFinal);
    replay("waited-long");
  }

  @Test
  void aLibraryWhoseMountIsGoneStandsByItsRootSoThatAnotherOnesReturnDoesNotEndIt() {
    Runnable gone =
        failing(
            new Evidence(
                EvidenceKind.MOUNT_GONE,
                "no marker",
                -1,
                0,
                List.of(),
                "",
                Map.of("host", ScriptedWorld.HOST, Evidence.LIBRARY_ROOT, "/tv")));
    Set<String> told = new HashSet<>();
    world.next("encode", gone, gone, gone, gone, () -> told.addAll(standing()));

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(told).containsExactly("waiting/encoding/ENV/h1/tv");
    assertThat(world.standing).isEmpty();
  }

  private Set<String> standing() {
    return Set.copyOf(world.standing.keySet());
  }

  @Test
  void aParkedVideoIsCriticalUntilItGoesOnAndAPauseAfterwardsIsNot() throws Exception {
    Runnable lost = fails(EvidenceKind.WORKER_LOST);
    world.next("encode", lost, lost, lost, () -> world.paused.set(PausedBy.VIDEO));
    WorkflowStub run = started();
    environment.sleep(Duration.ofMinutes(5));
    awaitParked();
    await("it is said", this::isCritical);

    run.update(VideoWorkflow.RETRY, Void.class);

    await(
        "it is paused",
        () -> world.states.stream().anyMatch(change -> change.detail().equals("it is paused")));
    await("that is shown", () -> !isCritical());
    run.update("resume", Void.class);
    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(isCritical()).isFalse();
  }

  @Test
  void aRefusedCleanUpLeavesWhatIsSaidOfTheFailureAsItWas() throws Exception {
    world.next("encode", fails(EvidenceKind.TIME_LIMIT));
    world.next("discard", fails(EvidenceKind.FILE_ACCESS));

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);

    assertThat(codes()).containsExactly("TIMEOUT", "CLEANUP");
    assertThat(attribute("FailureCode")).contains("\"TIMEOUT\"");
    assertThat(isCritical()).isTrue();
    replay("clean-up-refused");
  }

  /** What its workflow says of itself by the search attribute, as of now. */
  private boolean isCritical() {
    return attribute("CriticalFailure").filter("true"::equals).isPresent();
  }

  private Optional<String> attribute(String name) {
    return environment
        .getWorkflowClient()
        .fetchHistory(WorkflowIds.video(video))
        .getEvents()
        .stream()
        .filter(HistoryEvent::hasUpsertWorkflowSearchAttributesEventAttributes)
        .map(event ->
            event
                .getUpsertWorkflowSearchAttributesEventAttributes()
                .getSearchAttributes()
                .getIndexedFieldsMap()
                .get(name))
        .filter(Objects::nonNull)
        .reduce((_, latest) -> latest)
        .map(latest -> latest.getData().toStringUtf8());
  }

  @Test
  void aParkedWaitEndsByTheOperatorsWord() throws Exception {
    Runnable full = fails(EvidenceKind.DISK_FULL);
    world.next("encode", full, full, full, full);
    WorkflowStub run = started();
    environment.sleep(Duration.ofMinutes(9));
    awaitParked();
    assertThat(world.standing).hasSize(1);

    run.update(VideoWorkflow.RETRY, Void.class);

    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.standing).isEmpty();
  }

  @Test
  void aVideoThatIsCancelledWhileItWaitsLeavesNothingStanding() throws Exception {
    Runnable full = fails(EvidenceKind.DISK_FULL);
    world.next("encode", full, full, full, full);
    WorkflowStub run = started();
    environment.sleep(Duration.ofMinutes(9));
    awaitParked();

    run.cancel();

    assertThatExceptionOfType(WorkflowFailedException.class)
        .isThrownBy(() -> run.getResult(VideoEnd.class));
    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Cancelled.class);
    assertThat(world.standing).isEmpty();
  }

  @Test
  void aResultThatIsClearedAwayBeforeItIsVerifiedIsEncodedAgain() {
    Verdict sound = world.verdict;
    world.next(
        "verify",
        () -> world.verdict = new Verdict.ResultGone("/work/jobs/job/result.mkv is gone"),
        () -> world.verdict = sound);

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.count("encode")).isEqualTo(2);
    assertThat(world.failures)
        .singleElement()
        .satisfies(failure -> assertThat(failure.decided()).isEqualTo("encode again"))
        .satisfies(failure -> assertThat(failure.evidence().context()).containsKey("host"))
        .satisfies(failure -> assertThat(failure.isFinal()).isFalse());
  }

  @Test
  void anEncodeWithoutASignOfLifeIsTakenUpAgain() {
    world.next("encode", () -> environment.sleep(Duration.ofMinutes(6)));

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.count("encode")).isEqualTo(2);
    assertThat(world.failures)
        .singleElement()
        .satisfies(failure -> assertThat(failure.classification().code()).isEqualTo("ENV"));
  }

  @Test
  void aFileThatLosesThreeWorkersIsParkedAndGoesOnWhenTheOperatorSaysSo() throws Exception {
    WorkflowStub run = parkedRun();

    assertThat(parkedFor()).startsWith("3 workers were lost over it");
    assertThat(world.failures.stream().filter(FailureRecord::isFinal))
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.classification().code()).isEqualTo("ENV");
          assertThat(failure.classification().category())
              .isEqualTo(FailureCategory.SYSTEM_ENVIRONMENT);
        });
    assertThat(world.ends).as("parked is no end").isEmpty();

    run.update(VideoWorkflow.RETRY, Void.class);

    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.count("encode")).isEqualTo(4);
    assertThat(world.states)
        .extracting(StateChange::state)
        .containsSubsequence(VideoState.WAITING, VideoState.ENCODING, VideoState.REPLACING);
    assertThat(world.log).contains("resolve encoding");
    replay("parked");
  }

  /** A mount that is away for more than a day lies between the second and the third. */
  @Test
  void workersThatAreLostOnDifferentDaysDoNotParkAFile() throws Exception {
    Runnable lost = fails(EvidenceKind.WORKER_LOST);
    Runnable gone = fails(EvidenceKind.MOUNT_GONE);
    world.next("encode", lost, lost);
    world.next("encode", Collections.nCopies(32, gone).toArray(Runnable[]::new));
    world.next("encode", lost);

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.failures).noneMatch(FailureRecord::isFinal);
    replay("lost-on-different-days");
  }

  @Test
  void aParkedVideoCanBeCancelled() throws Exception {
    WorkflowStub run = parkedRun();

    run.cancel();

    assertCancelled(run);
    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Cancelled.class);
  }

  @Test
  void whereAnotherMachineIsAtWorkItIsToTryBeforeAFileIsParked() {
    world.hosts = List.of(ScriptedWorld.HOST, "h2");
    Runnable lost = fails(EvidenceKind.WORKER_LOST);
    world.next("encode", lost, lost, lost);

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.states).extracting(StateChange::state).doesNotContain(VideoState.WAITING);
    assertThat(world.failures).noneMatch(FailureRecord::isFinal);
  }

  @Test
  void aVideoAtWorkRefusesTheWordForParkedOnes() {
    List<Throwable> refusals = new ArrayList<>();
    WorkflowStub run = newRun();
    world.next(
        "encode",
        () -> {
          try {
            run.update(VideoWorkflow.RETRY, Void.class);
          } catch (WorkflowUpdateException refused) {
            refusals.add(refused.getCause());
          }
        });
    run.start(new VideoOrder(video, VideoOrder.Purpose.ENCODE, Wishes.none()));

    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(refusals)
        .singleElement()
        .satisfies(refusal -> assertThat(refusal).hasMessageContaining("not parked"));
  }

  @Test
  void aFileThatKeepsChangingIsLookedAtBeforeItsDayWhenTheOperatorSaysSo() throws Exception {
    world.changes.set(3);
    WorkflowStub run = started();
    awaitParked();

    run.update(VideoWorkflow.RETRY, Void.class);

    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(lasted()).isLessThan(Duration.ofHours(1));
    replay("changing-retried");
  }

  @Test
  void aFileThatKeepsChangingIsLookedAtAgainAfterADay() throws Exception {
    world.changes.set(3);

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.states).extracting(StateChange::state).contains(VideoState.WAITING);
    assertThat(world.failures)
        .singleElement()
        .satisfies(
            failure -> assertThat(failure.classification().code()).isEqualTo("SOURCE_CHANGED"));
    replay("changing");
  }

  @Test
  void aFilmThatItsMountCannotKeepAsItIsFailsAfterOneEncode() {
    world.notPossible.set(1);

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);

    assertThat(world.count("encode")).isOne();
    assertThat(world.failures)
        .singleElement()
        .satisfies(
            failure -> assertThat(failure.classification().code()).isEqualTo("FILE_OP_FINALIZE"));
    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Failed.class);
  }

  @Test
  void aFileThatChangesBeforeEachSwapIsReplacedOnceItIsStillThoughItTookADay() throws Exception {
    world.lateChanges.set(3);

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.count("swap")).isEqualTo(4);
    assertThat(world.count("encode")).as("none for nothing").isEqualTo(4);
  }

  @Test
  void aPausedVideoWaitsBeforeItsNextStepAndIsMeasuredWhenItIsResumed() throws Exception {
    world.next("probe", () -> {}, () -> world.paused.set(PausedBy.VIDEO));
    WorkflowStub run = started();
    awaitParked();

    assertThat(parkedFor()).isEqualTo("it is paused");
    run.update("resume", Void.class);

    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.log).containsSubsequence("probe", "probe", "resume", "probe", "encode");
    assertThat(world.failures).isEmpty();
    replay("paused");
  }

  @Test
  void aFrozenEncodeGoesOnOnTheMachineThatHoldsIt() throws Exception {
    world.frozenOn = ScriptedWorld.HOST;
    world.next("encode", () -> world.paused.set(PausedBy.EVERYTHING));
    WorkflowStub run = started();
    awaitParked();

    assertThat(parkedFor()).isEqualTo("everything is paused");
    world.paused.set(null);
    run.signal(VideoWorkflow.LOOK);

    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(encodeQueues())
        .containsExactly(
            TaskQueues.encode(Encoder.LIBSVTAV1, "z"), TaskQueues.host(ScriptedWorld.HOST));
    replay("frozen");
  }

  @Test
  void anEncodeThatHadNotBegunInAPauseIsBegunByWhoeverIsFree() {
    world.next("encode", () -> world.paused.set(PausedBy.LIBRARY));
    WorkflowStub run = started();
    awaitParked();

    world.paused.set(null);
    run.signal(VideoWorkflow.LOOK);

    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(encodeQueues()).containsOnly(TaskQueues.encode(Encoder.LIBSVTAV1, "z"));
  }

  @Test
  void aVideoThatNobodyCalledSeesByItselfThatItsPauseIsOver() {
    world.next("claim", () -> world.paused.set(PausedBy.EVERYTHING));
    WorkflowStub run = started();
    awaitParked();

    world.paused.set(null);
    environment.sleep(Duration.ofMinutes(2));

    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
  }

  @Test
  void aVideoThatIsPausedForAMonthLooksLessAndLessOften() {
    world.next("claim", () -> world.paused.set(PausedBy.EVERYTHING));
    WorkflowStub run = started();
    awaitParked();
    environment.sleep(Duration.ofDays(30));

    assertThat(environment.getWorkflowClient().fetchHistory(WorkflowIds.video(video)).getEvents())
        .hasSizeLessThan(3000);
    world.paused.set(null);
    run.signal(VideoWorkflow.LOOK);
    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
  }

  @Test
  void aVerificationThatWaitedForItsMountWaitsForThePauseToo() throws Exception {
    Runnable gone = fails(EvidenceKind.MOUNT_GONE);
    world.next("verify", gone, gone, gone, gone);
    WorkflowStub run = started();
    environment.sleep(Duration.ofMinutes(9));
    awaitParked();
    world.paused.set(PausedBy.EVERYTHING);

    run.update(VideoWorkflow.RETRY, Void.class);

    awaitPausedBy("everything is paused");
    assertThat(world.count("verify")).as("not begun").isEqualTo(4);
    assertThat(isCritical()).as("nothing is wrong with a pause").isFalse();
    world.paused.set(null);
    run.signal(VideoWorkflow.LOOK);
    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.count("verify")).isEqualTo(5);
    replay("paused-while-parked");
  }

  @ParameterizedTest
  @CsvSource({
    "INFRASTRUCTURE, verify",
    "WORKER_LOST, verify",
    "UNEXPECTED, verify",
    "INFRASTRUCTURE, stage"
  })
  void norIsAStepTriedAgainWhileItIsPaused(EvidenceKind kind, String step) throws Exception {
    world.next(
        step,
        () -> {
          world.paused.set(PausedBy.LIBRARY);
          fails(kind).run();
        });
    WorkflowStub run = started();
    environment.sleep(Duration.ofMinutes(2));

    awaitPausedBy("its library is paused");
    assertThat(world.count(step)).isEqualTo(1);
    world.paused.set(null);
    run.signal(VideoWorkflow.LOOK);

    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.count(step)).isEqualTo(2);
  }

  private void awaitPausedBy(String detail) {
    await(detail, () -> world.states.stream().anyMatch(change -> change.detail().equals(detail)));
  }

  @Test
  void anEncodeIsAttachedToThoughItIsPausedMeanwhile() throws Exception {
    world.frozenOn = ScriptedWorld.HOST;
    world.next(
        "encode",
        () -> {
          world.paused.set(PausedBy.VIDEO);
          fails(EvidenceKind.WORKER_RESTARTED).run();
        });
    WorkflowStub run = started();

    awaitPausedBy("it is paused");

    assertThat(world.count("encode")).as("asked itself").isEqualTo(2);
    run.update("resume", Void.class);
    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
  }

  @Test
  void aReplacementThatHasBegunIsNotPaused() {
    Runnable gone = fails(EvidenceKind.MOUNT_GONE);
    world.next("stage", () -> world.paused.set(PausedBy.EVERYTHING));
    world.next("swap", fails(EvidenceKind.UNEXPECTED), gone, gone, gone, gone);

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);
  }

  @Test
  void anUndoIsNotPaused() {
    world.paused.set(PausedBy.EVERYTHING);

    assertThat(run(Wishes.none(), VideoOrder.Purpose.UNDO)).isInstanceOf(VideoEnd.Undone.class);
  }

  @Test
  void aPausedVideoCanBeCancelledAndRefusesTheWordForParkedOnes() {
    WorkflowStub run = started();
    run.update("pause", Void.class, true);
    world.next("analyse", () -> {});
    awaitParked();

    assertThatExceptionOfType(WorkflowUpdateException.class)
        .isThrownBy(() -> run.update(VideoWorkflow.RETRY, Void.class))
        .withStackTraceContaining("not parked: it is paused");
    run.cancel();

    assertCancelled(run);
    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Cancelled.class);
    assertThat(world.count("pause")).isEqualTo(1);
  }

  private static void assertCancelled(WorkflowStub run) {
    assertThatExceptionOfType(WorkflowFailedException.class)
        .isThrownBy(() -> run.getResult(VideoEnd.class))
        .withCauseInstanceOf(CanceledFailure.class);
  }

  private WorkflowStub started() {
    WorkflowStub run = newRun();
    run.start(new VideoOrder(video, VideoOrder.Purpose.ENCODE, Wishes.none()));
    return run;
  }

  /** By its history: once it has ended, the clock may skip on to anything that is still set. */
  private Duration lasted() {
    List<HistoryEvent> events =
        environment.getWorkflowClient().fetchHistory(WorkflowIds.video(video)).getEvents();
    return Duration.ofSeconds(
        events.getLast().getEventTime().getSeconds()
            - events.getFirst().getEventTime().getSeconds());
  }

  private List<String> encodeQueues() {
    return environment
        .getWorkflowClient()
        .fetchHistory(WorkflowIds.video(video))
        .getEvents()
        .stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
        .filter(scheduled -> scheduled.getActivityType().getName().equals("EncodeEncode"))
        .map(scheduled -> scheduled.getTaskQueue().getName())
        .toList();
  }

  private WorkflowStub parkedRun() {
    Runnable lost = fails(EvidenceKind.WORKER_LOST);
    world.next("encode", lost, lost, lost);
    WorkflowStub run = started();
    environment.sleep(Duration.ofMinutes(5));
    awaitParked();
    return run;
  }

  private void awaitParked() {
    await(
        "parked",
        () -> world.states.stream().anyMatch(change -> change.state() == VideoState.WAITING));
  }

  private String parkedFor() {
    return world.states.stream()
        .filter(change -> change.state() == VideoState.WAITING)
        .findFirst()
        .orElseThrow()
        .detail();
  }

  @Test
  void anErrorOfOurOwnIsTriedAgainAndOnRecordAsUnknown() {
    world.next(
        "probe",
        () -> {
          throw ApplicationFailure.newNonRetryableFailure("odd", "no such kind");
        });

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.failures)
        .singleElement()
        .satisfies(failure -> assertThat(failure.classification().code()).isEqualTo("UNKNOWN"));
  }

  @Test
  void aRefusedResultNeverReplacesAnything() {
    world.next(
        "verify",
        () -> {
          throw ApplicationFailure.newNonRetryableFailure(
              "too short",
              EvidenceKind.RESULT_REFUSED.name(),
              Evidence.of(EvidenceKind.RESULT_REFUSED, "DURATION: 18 s of 30 s"));
        });

    assertResultRefused();
  }

  @Test
  void norDoesOneThatAWorkerOfAnEarlierVersionRefuses() {
    world.verdict = new Verdict.Refused(Verdict.Check.DURATION, "18 s of 30 s");

    assertResultRefused();
    assertThat(world.failures)
        .allSatisfy(failure -> assertThat(failure.evidence().context()).containsKey("host"));
  }

  private void assertResultRefused() {
    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);

    assertThat(world.count("swap")).isZero();
    assertThat(world.log).contains("discard");
    assertThat(world.failures)
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.isFinal()).isTrue();
          assertThat(failure.classification().code()).isEqualTo("VERIFY_FAILED");
          assertThat(failure.classification().message())
              .isEqualTo("Result refused: DURATION: 18 s of 30 s");
        });
  }

  @Test
  void aCancelledVideoEndsCancelledAndItsEncodeIsToldSo() {
    WorkflowStub run = newRun();
    world.next(
        "encode",
        () -> {
          run.cancel();
          beatUntilTold();
        });
    run.start(new VideoOrder(video, VideoOrder.Purpose.ENCODE, Wishes.none()));

    assertCancelled(run);

    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Cancelled.class);
    assertThat(world.failures).isEmpty();
    assertThat(world.log).doesNotContain("verify", "swap");
  }

  @Test
  void aVideoThatIsCancelledBetweenRetriesEndsAtOnceThoughItsMachineDoesNotAnswer() {
    world.next("encode", failsOn(EvidenceKind.STALLED, "a machine that is away"));
    WorkflowStub run = started();
    await("it sleeps before the next try", this::sleeps);

    run.cancel();

    // The clock stands still meanwhile: nothing is waited out.
    await("the end is written", () -> !world.ends.isEmpty());
    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Cancelled.class);
  }

  @Test
  void aCancellationThatComesWhileARowIsWrittenIsWrittenDownLikeAnyOther() {
    WorkflowStub run = newRun();
    world.next("encode", fails(EvidenceKind.STALLED)).next("record", run::cancel);
    run.start(new VideoOrder(video, VideoOrder.Purpose.ENCODE, Wishes.none()));

    assertCancelled(run);
    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Cancelled.class);
  }

  @Test
  void theWorkFolderOfACancelledVideoIsClearedAfterItsEnd() throws Exception {
    world.next("encode", fails(EvidenceKind.STALLED));
    WorkflowStub run = started();
    await("it sleeps before the next try", this::sleeps);

    run.cancel();

    await("the folder is cleared", () -> world.log.contains("discard"));
    assertThat(world.log).containsSubsequence("finish", "discard");
    assertCancelled(run);
    replay("cancelled-between-retries");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reserve", "stage", "swap"})
  void aVideoWhoseLibraryWasTakenOutOfUseEndsAsCancelledWhateverItWasDoing(String step)
      throws Exception {
    world.next(step, fails(EvidenceKind.LIBRARY_REMOVED));

    assertThat(encode()).isInstanceOf(VideoEnd.Cancelled.class);

    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Cancelled.class);
    assertThat(world.failures).as("nothing has failed").isEmpty();
    assertThat(world.count("discard"))
        .as("its job folder goes")
        .isEqualTo(step.equals("reserve") ? 0 : 1);
    replay("library-removed-at-" + step);
  }

  @Test
  void aResultThatWaitsToBeCopiedIntoALibraryThatIsAwayCanBeCancelled() throws Exception {
    world.next("stage", fails(EvidenceKind.MOUNT_GONE));
    WorkflowStub run = started();
    await("it sleeps before the next try", this::sleeps);

    run.cancel();

    await("the end is written", () -> !world.ends.isEmpty());
    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Cancelled.class);
    assertCancelled(run);
    assertThat(world.log).doesNotContain("swap").containsSubsequence("finish", "discard");
    replay("cancelled-at-stage");
  }

  private boolean sleeps() {
    return sleeps(1);
  }

  /**
   * Whether it has slept so many times or sleeps. A cancellation while an activity ends would hang:
   * Temporal in memory refuses to cancel an activity that it has just seen ending, and forgets the
   * task.
   */
  private boolean sleeps(int time) {
    return environment
            .getWorkflowClient()
            .fetchHistory(WorkflowIds.video(video))
            .getEvents()
            .stream()
            .filter(event -> event.getEventType() == EventType.EVENT_TYPE_TIMER_STARTED)
            .count()
        >= time;
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static void beatUntilTold() {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < deadline) {
      Activity.getExecutionContext().heartbeat("alive");
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  @Test
  void withAnOutputFolderTheSourceIsNotReplaced() {
    VideoEnd end =
        run(
            new Wishes(
                OptionalDouble.of(93), Optional.empty(), 3, Optional.of(new MediaPath("/out"))),
            VideoOrder.Purpose.ENCODE);

    assertThat(end)
        .isInstanceOfSatisfying(
            VideoEnd.DeliveredTo.class,
            to -> assertThat(to.path()).hasToString("/out/Show/episode.mkv"));
    assertThat(world.count("swap")).isZero();
    assertThat(world.count("stage")).isZero();
    assertThat(world.count("reserve")).isZero();
  }

  @Test
  void undoRunsUnderTheSameIdAndEncodesNothing() {
    assertThat(run(Wishes.none(), VideoOrder.Purpose.UNDO)).isInstanceOf(VideoEnd.Undone.class);

    assertThat(world.log).contains("undo").doesNotContain("analyse", "encode");
  }

  @Test
  void aVideoWaitsForRoomBeforeAnythingIsSearchedAndGoesOnAlone() throws Exception {
    world.rooms.add(new Room.None("quarantine is full"));
    world.rooms.add(new Room.None("quarantine is still full"));

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.log)
        .containsSubsequence("analyse", "reserve", "reserve", "reserve", "probe", "encode");
    assertThat(world.states)
        .filteredOn(change -> change.state() == VideoState.WAITING)
        .extracting(StateChange::detail)
        .containsExactly("quarantine is full", "quarantine is still full");
    assertThat(world.failures).as("waiting is no failure").isEmpty();
    replay("waited-for-room");
  }

  @Test
  void roomForTheExpectedResultIsMadeSureOfBeforeTheEncode() {
    world.rooms.add(new Room.Reserved(1));
    world.rooms.add(new Room.None("quarantine is full"));

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.log)
        .containsSubsequence("reserve", "probe", "reserve", "reserve", "encode")
        .as("looked at once more after the wait, and not again")
        .filteredOn("reserve"::equals)
        .hasSize(3);
  }

  @Test
  void aLibraryThatCannotBeWrittenToStandsCriticalWhileAVideoWaitsForIt() throws Exception {
    Runnable readOnly =
        failing(
            new Evidence(
                EvidenceKind.FILE_OPERATION,
                "writing beside /tv/a.mkv: FileSystemException: /tv: Read-only file system",
                -1,
                0,
                List.of(),
                "",
                Map.of("host", ScriptedWorld.HOST, Evidence.OPERATION, Evidence.RESERVE)));
    world.next("reserve", readOnly, readOnly, readOnly, readOnly);
    WorkflowStub run = started();
    environment.sleep(Duration.ofMinutes(9));
    awaitParked();
    await("it is said", this::isCritical);
    assertThat(standing()).containsExactly("waiting/post_process/ENV/h1");
    assertThat(world.count("probe")).isZero();

    run.update(VideoWorkflow.RETRY, Void.class);

    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(standing()).as("it goes on: that is over").isEmpty();
    assertThat(isCritical()).isFalse();
    assertThat(world.failures).noneMatch(FailureRecord::isFinal);
  }

  @Test
  void whereThereIsRoomItIsAskedForOnce() {
    encode();

    assertThat(world.count("reserve")).isOne();
  }

  @Test
  void aVideoThatWaitsForRoomGoesOnAtAWordAndCanBeCancelled() throws Exception {
    for (int i = 0; i < 100; i++) {
      world.rooms.add(new Room.None("quarantine is full"));
    }
    WorkflowStub run = started();
    await("it waits", () -> world.count("reserve") == 1 && sleeps());

    run.update(VideoWorkflow.RETRY, Void.class);

    await("it has asked again and sleeps again", () -> world.count("reserve") == 2 && sleeps(2));
    run.cancel();
    assertCancelled(run);
    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Cancelled.class);
    assertThat(world.count("probe")).isZero();
  }

  @Test
  void aSourceThatChangedAsksForRoomAnew() {
    world.changes.set(1);

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.count("reserve")).isEqualTo(2);
  }

  @Test
  void anAcceptanceRunsUnderTheSameIdAndChangesNothingElse() throws Exception {
    WorkflowStub run = newRun();
    run.start(VideoOrder.accept(video, new Acceptance(Instant.EPOCH, false)));

    assertThat(run.getResult(VideoEnd.class)).isInstanceOf(VideoEnd.Released.class);

    assertThat(world.log).contains("accept").doesNotContain("analyse", "reserve", "encode");
    assertThat(world.states).isEmpty();
    replay("accepted");
  }

  @Test
  void anOriginalGoesElsewhereUnderTheSameId() {
    MediaPath place = new MediaPath("/elsewhere/movie.mkv");
    WorkflowStub run = newRun();
    run.start(VideoOrder.restore(video, place));

    assertThat(run.getResult(VideoEnd.class)).isEqualTo(new VideoEnd.Restored(place));
    assertThat(world.log).contains("restore").doesNotContain("undo", "encode");
  }

  @Test
  void aVideoThatIsDoneCostsOneClaim() {
    world.claim = new Claim.Done("encoded and unchanged");

    assertThat(encode()).isInstanceOf(VideoEnd.NothingToDo.class);

    assertThat(world.log).doesNotContain("analyse");
  }

  private static Runnable fails(EvidenceKind kind) {
    return failsOn(kind, ScriptedWorld.HOST);
  }

  private static Runnable failsOn(EvidenceKind kind, String host) {
    return failing(new Evidence(kind, kind.name(), -1, 0, List.of(), "", Map.of("host", host)));
  }

  private static Runnable failing(Evidence evidence) {
    return () -> {
      throw ApplicationFailure.newNonRetryableFailure(
          evidence.message(), evidence.kind().name(), evidence);
    };
  }

  private VideoEnd encode() {
    return run(Wishes.none(), VideoOrder.Purpose.ENCODE);
  }

  private VideoEnd run(Wishes wishes, VideoOrder.Purpose purpose) {
    WorkflowStub run = newRun();
    run.start(new VideoOrder(video, purpose, wishes));
    return run.getResult(VideoEnd.class);
  }

  private WorkflowStub newRun() {
    WorkflowClient client = environment.getWorkflowClient();
    return client.newUntypedWorkflowStub(
        "Video",
        WorkflowOptions.newBuilder()
            .setTaskQueue(TaskQueues.CONTROL)
            .setWorkflowId(WorkflowIds.video(video))
            .build());
  }

  /** Replays this run at once; with {@code -Dhistories.record=DIR} its history is kept as well. */
  private void replay(String scenario) throws Exception {
    WorkflowExecutionHistory history =
        environment.getWorkflowClient().fetchHistory(WorkflowIds.video(video));
    String folder = System.getProperty("histories.record", "");
    if (!folder.isEmpty()) {
      Files.writeString(Path.of(folder, scenario + ".json"), history.toJson(true));
    }
    try (TestWorkflowEnvironment fresh = SteppedEnvironment.open()) {
      WorkflowReplayer.replayWorkflowExecution(history, fresh, VideoWorkflowImpl.class);
    }
  }
}
