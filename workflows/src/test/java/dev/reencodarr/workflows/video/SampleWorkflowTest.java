package dev.reencodarr.workflows.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Samples that somebody looks at first. */
@Timeout(60)
class SampleWorkflowTest {

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final ScriptedWorld world = new ScriptedWorld();
  private final VideoId id = new VideoId(UUID.randomUUID());

  @BeforeEach
  void start() {
    world.startIn(environment, Encoder.LIBSVTAV1, Encoder.AV1_NVENC);
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private SampleEnd sample(OptionalDouble crf, Optional<MediaPath> output) {
    WorkflowStub run =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Sample",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setWorkflowId(WorkflowIds.sample(id))
                    .build());
    run.start(
        new SampleOrder(
            id,
            ScriptedWorld.SOURCE,
            new MediaPath("/tv"),
            "tv",
            "z",
            Wishes.none(),
            crf,
            OptionalInt.empty(),
            OptionalDouble.of(90),
            60,
            output));
    return run.getResult(SampleEnd.class);
  }

  private SampleEnd sample() {
    return sample(OptionalDouble.empty(), Optional.empty());
  }

  /** Neither row nor record of a video is written. */
  private void noVideoIsTouched() {
    assertThat(world.log)
        .doesNotContain("claim", "plan", "record", "finish", "encode", "stage", "swap", "held");
    assertThat(world.searches).isEmpty();
    assertThat(world.failures).isEmpty();
  }

  @Test
  void itsCrfIsSearchedAndTheWholeIsPredicted() throws Exception {
    SampleEnd end = sample();

    assertThat(end)
        .isInstanceOfSatisfying(
            SampleEnd.Made.class,
            made -> {
              assertThat(made.score().orElseThrow()).isBetween(95.0, 95.4);
              assertThat(made.predictedBytes().orElseThrow()).isLessThan(ScriptedWorld.SIZE);
              assertThat(made.sourceBytes()).isEqualTo(ScriptedWorld.SIZE);
              assertThat(world.samples.samples)
                  .singleElement()
                  .satisfies(asked -> {
                    assertThat(asked.whole().crf()).isEqualTo(made.crf());
                    assertThat(asked.at()).hasValue(90);
                    assertThat(asked.seconds()).isEqualTo(60);
                  });
            });
    noVideoIsTouched();
    RecordedRun.replay(
        environment, WorkflowIds.sample(id), SampleWorkflowImpl.class, "sample-searched");
  }

  @Test
  void whatIsMeasuredIsKnownToTheNext() {
    sample();
    long probes = world.count("probe");

    assertThat(world.memory.values()).isNotEmpty();
    assertThat(probes).isPositive();
  }

  @Test
  void oneWithACrfIsNotSearched() throws Exception {
    SampleEnd end = sample(OptionalDouble.of(40), Optional.empty());

    assertThat(end)
        .isInstanceOfSatisfying(
            SampleEnd.Made.class,
            made -> {
              assertThat(made.crf()).isEqualTo(40);
              assertThat(made.score()).isEmpty();
            });
    assertThat(world.count("probe")).isZero();
    noVideoIsTouched();
    RecordedRun.replay(
        environment, WorkflowIds.sample(id), SampleWorkflowImpl.class, "sample-of-a-crf");
  }

  @Test
  void whatRulesLeaveAloneIsToldAndWhyAndSoIsWhatSavesTooLittle() {
    world.samples.planned = Optional.of(new Planned.Skip(SkipReason.INTERLACED, "it is"));

    assertThat(sample())
        .isInstanceOfSatisfying(
            SampleEnd.LeftAlone.class,
            left -> assertThat(left.why()).contains("interlaced", "it is"));
    noVideoIsTouched();
  }

  @Test
  void aFilmThatIsNotWorthItIsToldAsSuch() {
    world.sameSizeCrf = 60;

    assertThat(sample())
        .isInstanceOfSatisfying(
            SampleEnd.LeftAlone.class, left -> assertThat(left.why()).contains("--crf"));
    noVideoIsTouched();
  }

  @Test
  void anOutputOfAnotherKindIsRefusedBeforeAnythingIsMeasured() {
    assertThat(sample(OptionalDouble.empty(), Optional.of(new MediaPath("/out/x.avi"))))
        .isInstanceOfSatisfying(
            SampleEnd.Failed.class, failed -> assertThat(failed.why()).contains(".mkv"));
    assertThat(world.count("probe")).isZero();
  }

  @Test
  void aLostWorkerIsTriedAgainAndABrokenFilmIsToldOfWithoutAVideosFailure() {
    world.next("sample", failing(EvidenceKind.WORKER_LOST));
    assertThat(sample(OptionalDouble.of(40), Optional.empty())).isInstanceOf(SampleEnd.Made.class);
    assertThat(world.count("sample")).isEqualTo(2);
    noVideoIsTouched();
  }

  @Test
  void oneThatNobodyTakesGoesToTheNextEncoder() {
    SettingValue encoders =
        new SettingValue(
            SettingKey.named("encoders").orElseThrow(), "av1_nvenc, libsvtav1", "a test");
    world.samples.settings = settings -> settings.with(List.of(encoders));
    world.offered = List.of(Encoder.AV1_NVENC, Encoder.LIBSVTAV1);
    world.next("offered", () -> {}, () -> world.offered = List.of(Encoder.LIBSVTAV1));
    world.next("sample", failing(EvidenceKind.NO_HOST));

    assertThat(sample(OptionalDouble.of(40), Optional.empty()))
        .isInstanceOfSatisfying(
            SampleEnd.Made.class, made -> assertThat(made.encoder()).isEqualTo(Encoder.LIBSVTAV1));
    noVideoIsTouched();
  }

  private static Runnable failing(EvidenceKind kind) {
    return () -> {
      throw ApplicationFailure.newNonRetryableFailure(
          kind.name(),
          kind.name(),
          new Evidence(
              kind, kind.name(), -1, 0, List.of(), "", Map.of("host", ScriptedWorld.HOST)));
    };
  }
}
