package dev.reencodarr.workflows.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Decoding;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A video whose settings wish for other encoders than SVT-AV1, or for several. */
@Timeout(60)
class EncodersTest {

  private static final Evidence NO_DEVICE =
      Evidence.of(
              EvidenceKind.PROCESS_EXIT, "[av1_nvenc @ 0x5597d2886f00] Cannot load libcuda.so.1")
          .with("host", ScriptedWorld.HOST);
  private static final Evidence NOBODY_CAME =
      Evidence.of(EvidenceKind.NO_HOST, "nobody took it in time");
  private static final Evidence REFUSED =
      Evidence.of(
          EvidenceKind.PROCESS_EXIT,
          "[av1_nvenc @ 0x5597d2886f00] 10 bit encode not supported, Error: ffmpeg encode exit code 218");

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final ScriptedWorld world = new ScriptedWorld();
  private final VideoId video = new VideoId(UUID.randomUUID());

  @AfterEach
  void close() {
    environment.close();
  }

  /** Settings as people write them, key and value in turn. */
  private void set(String... keysAndValues) {
    List<SettingValue> values = new ArrayList<>();
    for (int at = 0; at < keysAndValues.length; at += 2) {
      values.add(
          new SettingValue(
              SettingKey.named(keysAndValues[at]).orElseThrow(), keysAndValues[at + 1], "a test"));
    }
    world.rules = quality -> quality.with(values);
  }

  private void start(Encoder... served) {
    world.offered = List.of(served);
    world.startIn(environment, served);
  }

  @Test
  void aFilmThatIsToBeEncodedBySvtAv1AloneAsksNobodyForEncoders() {
    start(Encoder.LIBSVTAV1);

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.count("offered")).isZero();
  }

  @Test
  void thePreferredEncoderIsTakenWhereItIsOffered() {
    set("encoders", "av1_nvenc, libsvtav1");
    start(Encoder.LIBSVTAV1, Encoder.AV1_NVENC);

    assertThat(encoderOf(encode())).isEqualTo(Encoder.AV1_NVENC);

    assertThat(world.probes)
        .allSatisfy(probe -> {
          assertThat(probe.setting().encoder()).isEqualTo(Encoder.AV1_NVENC);
          assertThat(probe.crf()).isBetween(10.0, 51.0).isEqualTo(Math.rint(probe.crf()));
          assertThat(probe.setting().preset()).isEqualTo(6);
        });
  }

  @Test
  void theNextOneIsTakenWhereNobodyOffersThePreferredOne() {
    set("encoders", "av1_nvenc, libsvtav1");
    start(Encoder.LIBSVTAV1);

    assertThat(encoderOf(encode())).isEqualTo(Encoder.LIBSVTAV1);
    assertThat(world.failures).isEmpty();
  }

  @Test
  void anEncoderWhoseDeviceIsLostInMidEncodeIsFollowedByTheNextWithASearchOfItsOwn()
      throws Exception {
    set("encoders", "av1_nvenc, libsvtav1");
    start(Encoder.LIBSVTAV1, Encoder.AV1_NVENC);
    world.next("encode", failing(NO_DEVICE));

    VideoEnd end = encode();

    assertThat(encoderOf(end)).isEqualTo(Encoder.LIBSVTAV1);
    assertThat(world.encodes)
        .extracting(request -> request.plan().encoder())
        .containsExactly(Encoder.AV1_NVENC, Encoder.LIBSVTAV1);
    assertThat(world.probes)
        .extracting(probe -> probe.setting().encoder())
        .contains(Encoder.AV1_NVENC, Encoder.LIBSVTAV1);
    assertThat(world.failures)
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.classification().code()).isEqualTo("ENV");
          assertThat(failure.isFinal()).isFalse();
          assertThat(failure.decided()).isEqualTo("next encoder");
        });
    assertThat(world.log).containsSubsequence("encode", "discard", "probe", "encode", "swap");
    replay("encoder-lost-in-mid-encode");
  }

  @Test
  void anEncoderWhoseDeviceIsLostInMidSearchIsFollowedByTheNext() {
    set("encoders", "av1_nvenc, hevc_nvenc, libsvtav1");
    start(Encoder.LIBSVTAV1, Encoder.AV1_NVENC, Encoder.HEVC_NVENC);
    world.next("probe", () -> {}, failing(NO_DEVICE), failing(NO_DEVICE));

    assertThat(encoderOf(encode())).isEqualTo(Encoder.LIBSVTAV1);

    assertThat(world.failures)
        .extracting(FailureRecord::decided)
        .containsExactly("next encoder", "next encoder");
  }

  @Test
  void aDeviceThatDoesNotTakeTheFilmIsNotAskedAgain() {
    set("encoders", "av1_nvenc, libsvtav1");
    start(Encoder.LIBSVTAV1, Encoder.AV1_NVENC);
    world.next("probe", failing(REFUSED));

    assertThat(encoderOf(encode())).isEqualTo(Encoder.LIBSVTAV1);

    assertThat(world.failures)
        .singleElement()
        .satisfies(failure ->
            assertThat(failure.classification().category().name()).isEqualTo("CODEC_ISSUES"));
  }

  @Test
  void whatTheOnlyWishedDeviceDoesNotTakeFails() {
    set("encoders", "av1_nvenc");
    start(Encoder.AV1_NVENC);
    world.next("probe", failing(REFUSED));

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);

    assertThat(world.failures).singleElement().matches(FailureRecord::isFinal);
  }

  @Test
  void aFilmWhoseEncodersNobodyOffersIsParkedSaysForWhatAndIsTakenOnceOneIsOffered()
      throws Exception {
    set("encoders", "av1_nvenc, av1_qsv");
    start(Encoder.AV1_QSV);
    world.offered = List.of(Encoder.LIBSVTAV1);
    world.next(
        "offered", () -> {}, () -> {}, () -> {}, () -> world.offered = List.of(Encoder.AV1_QSV));

    VideoEnd end = encode();

    assertThat(encoderOf(end)).isEqualTo(Encoder.AV1_QSV);
    assertThat(world.states)
        .filteredOn(change -> change.state() == VideoState.WAITING)
        .isNotEmpty()
        .allSatisfy(change ->
            assertThat(change.detail())
                .contains("no machine of zone z offers av1_nvenc or av1_qsv"));
    assertThat(world.failures)
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.isFinal()).isFalse();
          assertThat(failure.classification().code()).isEqualTo("ENV");
        });
    assertThat(world.standing).isEmpty();
    replay("no-encoder-offered");
  }

  @Test
  void workThatNobodyTakesComesBackAndGoesToTheNextEncoder() {
    set("encoders", "av1_nvenc, libsvtav1");
    start(Encoder.LIBSVTAV1, Encoder.AV1_NVENC);
    world.next("probe", failing(NOBODY_CAME));
    world.next("encode", failing(NOBODY_CAME));
    world.next("offered", () -> {}, () -> {}, () -> world.offered = List.of(Encoder.LIBSVTAV1));

    assertThat(encoderOf(encode())).isEqualTo(Encoder.LIBSVTAV1);

    assertThat(world.count("offered")).isEqualTo(4);
    assertThat(world.encodes)
        .extracting(request -> request.plan().encoder())
        .containsExactly(Encoder.AV1_NVENC, Encoder.LIBSVTAV1);
    assertThat(world.failures).isEmpty();
  }

  @Test
  void workThatNobodyTakesWaitsOnWhereItsEncoderIsStillTheBestThatIsOffered() {
    set("encoders", "av1_nvenc, libsvtav1");
    start(Encoder.LIBSVTAV1, Encoder.AV1_NVENC);
    world.next("encode", failing(NOBODY_CAME), failing(NOBODY_CAME));

    assertThat(encoderOf(encode())).isEqualTo(Encoder.AV1_NVENC);

    assertThat(world.encodes).hasSize(3);
    assertThat(world.log).containsSubsequence("encode", "offered", "encode", "offered", "encode");
    List<String> steps = List.copyOf(world.log);
    assertThat(steps.subList(steps.indexOf("encode"), steps.lastIndexOf("encode")))
        .as("no search, and no bookkeeping of one")
        .containsOnly("encode", "offered");
  }

  @Test
  void whatAFilmFailsWithIsSaidWhereNobodyHasTheOtherEncoder() {
    set("encoders", "av1_nvenc, av1_qsv");
    start(Encoder.AV1_NVENC);
    world.next("probe", failing(REFUSED));

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::encode);

    assertThat(world.failures)
        .singleElement()
        .matches(FailureRecord::isFinal)
        .satisfies(failure -> assertThat(failure.decided()).isNotEqualTo("next encoder"));
  }

  @Test
  void workAtTheQueueOfAnEncoderDoesNotWaitThereForEver() {
    assertThat(ActivityTimings.turn(Encoder.AV1_NVENC, "z").getScheduleToStartTimeout())
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(
            ActivityTimings.comingBack(ActivityTimings.encode(Encoder.AV1_NVENC, "z"))
                .getScheduleToStartTimeout())
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(ActivityTimings.encode(Encoder.LIBSVTAV1, "z").getScheduleToStartTimeout()).isNull();
  }

  @Test
  void whicheverIsFreeFirstTakesTheFilm() throws Exception {
    set("encoders", "av1_nvenc, libsvtav1", "encoder_choice", "first_free");
    start(Encoder.LIBSVTAV1, Encoder.AV1_NVENC);
    CountDownLatch ended = new CountDownLatch(1);
    world.next("turn av1_nvenc", () -> await(ended));

    VideoEnd end = encode();
    ended.countDown();

    assertThat(encoderOf(end)).isEqualTo(Encoder.LIBSVTAV1);
    replay("first-free-encoder");
  }

  @Test
  void aGpuThatIsFreeNeverWaitsForTheCpu() {
    set("encoders", "av1_nvenc, libsvtav1", "encoder_choice", "first_free");
    start(Encoder.LIBSVTAV1, Encoder.AV1_NVENC);
    CountDownLatch ended = new CountDownLatch(1);
    world.next("turn libsvtav1", () -> await(ended));

    VideoEnd end = encode();
    ended.countDown();

    assertThat(encoderOf(end)).isEqualTo(Encoder.AV1_NVENC);
  }

  @Test
  void whatFailedWhileADeviceMayHaveDecodedIsDecodedOnTheCpuFromThenOn() {
    start(Encoder.LIBSVTAV1);
    world.next(
        "probe",
        failing(
            Evidence.of(
                EvidenceKind.PROCESS_EXIT,
                "No device available for decoder: device type cuda needed for codec h264.")));

    assertThat(encode()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.probes.stream().map(ProbeRequest::decoding).toList().getFirst().by())
        .isEqualTo(Decoding.AUTO);
    assertThat(world.probes.stream().skip(1))
        .allMatch(probe -> probe.decoding().by() == Decoding.NONE);
    assertThat(world.encodes)
        .extracting(EncodeRequest::decoding)
        .allMatch(decoding -> decoding.by() == Decoding.NONE);
  }

  private static Encoder encoderOf(VideoEnd end) {
    assertThat(end).isInstanceOf(VideoEnd.Encoded.class);
    return ((VideoEnd.Encoded) end).encode().encoder();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Runnable failing(Evidence evidence) {
    return () -> {
      throw ApplicationFailure.newNonRetryableFailure(
          evidence.message(), evidence.kind().name(), evidence);
    };
  }

  private VideoEnd encode() {
    WorkflowStub run =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Video",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setWorkflowId(WorkflowIds.video(video))
                    .build());
    WorkflowExecution _ =
        run.start(new VideoOrder(video, VideoOrder.Purpose.ENCODE, Wishes.none()));
    return run.getResult(VideoEnd.class);
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
