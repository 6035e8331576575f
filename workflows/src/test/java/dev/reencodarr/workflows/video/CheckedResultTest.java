package dev.reencodarr.workflows.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.OnBrokenSource;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.Verdict;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ends of a video whose first result fell short of its target, besides the good one. */
@Timeout(60)
class CheckedResultTest {

  private static final Verdict SHORT = new Verdict.BelowTarget(93.8, 94.5);
  private static final Verdict TOO_LARGE =
      new Verdict.SavesTooLittle(Math.round(0.97 * ScriptedWorld.SIZE));

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

  /** What verification says of one result after the other. */
  private void verdicts(Verdict first, Verdict second) {
    world.next("verify", () -> world.verdict = first, () -> world.verdict = second);
  }

  private VideoEnd encode(double minCrf) {
    QualitySettings usual = QualitySettings.defaults();
    world.claim =
        new Claim.Proceed(
            ScriptedWorld.SOURCE,
            new MediaPath("/tv"),
            "tv",
            "z",
            new QualitySettings(
                usual.goal(),
                usual.target(),
                usual.band(),
                usual.crfStep(),
                minCrf,
                usual.maxCrf(),
                usual.presets(),
                usual.lowerTarget(),
                usual.leastSavingPredicted(),
                usual.leastSavingResult(),
                usual.scoring(),
                usual.sizeLimit(),
                usual.overSizeLimit(),
                usual.crfNotFound(),
                usual.xpsnrTarget(),
                usual.samples(),
                usual.pool(),
                ResultCheck.WHOLE,
                usual.treatment(),
                usual.hardLinks(),
                usual.review(),
                OnBrokenSource.KEEP,
                usual.hardware()));
    WorkflowStub run =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Video",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setWorkflowId(WorkflowIds.video(video))
                    .build());
    run.start(new VideoOrder(video, VideoOrder.Purpose.ENCODE, Wishes.none()));
    return run.getResult(VideoEnd.class);
  }

  private void isLeftAloneAfter(VideoEnd end, int encodes, String... words) {
    assertThat(end)
        .isInstanceOfSatisfying(
            VideoEnd.Skipped.class,
            skipped -> {
              assertThat(skipped.reason()).isEqualTo(SkipReason.NOT_WORTH_IT);
              assertThat(skipped.detail()).contains(words);
            });
    assertThat(world.count("encode")).isEqualTo(encodes);
    assertThat(world.count("stage") + world.count("swap")).isZero();
    assertThat(world.count("discard")).as("no result is left behind").isEqualTo(encodes);
  }

  @Test
  void aSecondResultThatSavesTooLittleIsToldWithWhatTheFirstLacked() {
    verdicts(SHORT, TOO_LARGE);

    isLeftAloneAfter(
        encode(5), 2, "scores 93.80, at least 94.50", "the result has 97.0 % of the source's size");
  }

  @Test
  void aFirstResultThatSavesTooLittleSaysNoMore() {
    verdicts(TOO_LARGE, SHORT);

    VideoEnd end = encode(5);

    isLeftAloneAfter(end, 1, "97.0 %");
    assertThat(((VideoEnd.Skipped) end).detail()).doesNotContain("scores");
  }

  @Test
  void whereNoLowerCrfIsAllowedNothingIsEncodedAgain() {
    // The lowest CRF of the range is the only one of it that reaches the target.
    world.score = crf -> crf > 30 ? 90.0 : 95.1;

    verdicts(SHORT, SHORT);

    isLeftAloneAfter(encode(30), 1, "CRF 30 scores 93.80", "no lower CRF");
  }

  @Test
  void aSourceThatChangedUnderTheSecondResultIsBegunWithFromTheTop() {
    world.next(
        "verify",
        () -> world.verdict = SHORT,
        () -> world.verdict = new Verdict.SourceChanged("somebody writes it"),
        () -> world.verdict = new Verdict.Verified("sum", ScriptedWorld.SIZE / 2, 95.1));

    VideoEnd.Encode figures = ((VideoEnd.Encoded) encode(5)).encode();

    assertThat(figures.correctedFrom()).as("of the pass that ended well").isEmpty();
    assertThat(figures.checkedScore()).hasValue(95.1);
    assertThat(world.count("analyse")).isEqualTo(2);
    assertThat(world.states)
        .filteredOn(change -> change.state() == VideoState.REPLACING)
        .as("hours of it are to be explained")
        .isNotEmpty()
        .allSatisfy(change -> assertThat(change.detail()).contains("scores all of it"));
  }
}
