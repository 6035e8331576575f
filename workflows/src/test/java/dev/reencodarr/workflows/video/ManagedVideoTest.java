package dev.reencodarr.workflows.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.sync.ManagedActivities;
import dev.reencodarr.workflows.sync.ManagedStanding;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that Sonarr or Radarr manages: both are asked before any work. */
@Timeout(60)
class ManagedVideoTest {

  private static final String DOWNLOADING = "Sonarr is downloading another file for it";

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final ScriptedWorld world = new ScriptedWorld();
  private final VideoId video = new VideoId(UUID.randomUUID());

  /** What is said of it, the first first; then nobody has anything against it. */
  private final Queue<ManagedStanding> said = new ConcurrentLinkedQueue<>();

  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void start() {
    environment
        .newWorker(TaskQueues.files("z"))
        .registerActivitiesImplementations(
            (ManagedActivities)
                of -> {
                  asked.incrementAndGet();
                  return Optional.ofNullable(said.poll()).orElseGet(ManagedStanding.Free::new);
                });
    world.startIn(environment);
    world.claim = managed(true);
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private static Claim managed(boolean managed) {
    return new Claim.Proceed(
        ScriptedWorld.SOURCE,
        new MediaPath("/tv"),
        "tv",
        "z",
        QualitySettings.defaults(),
        List.of(),
        managed);
  }

  private VideoEnd run(VideoOrder.Purpose purpose, Wishes wishes) {
    WorkflowStub run =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Video",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setWorkflowId(WorkflowIds.video(video))
                    .build());
    run.start(new VideoOrder(video, purpose, wishes));
    return run.getResult(VideoEnd.class);
  }

  private VideoEnd run() {
    return run(VideoOrder.Purpose.ENCODE, Wishes.none());
  }

  private void replay(String scenario) throws Exception {
    RecordedRun.replay(environment, WorkflowIds.video(video), VideoWorkflowImpl.class, scenario);
  }

  @Test
  void whereNothingIsAgainstItTheFileIsEncoded() throws Exception {
    assertThat(run()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(asked).hasValue(1);
    replay("managed");
  }

  @Test
  void aFileThatIsAboutToBeReplacedWaitsUntilThatIsOverAndIsLookedAtThen() throws Exception {
    said.addAll(
        List.of(new ManagedStanding.Later(DOWNLOADING), new ManagedStanding.Later(DOWNLOADING)));
    long before = environment.currentTimeMillis();

    assertThat(run()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(Duration.ofMillis(environment.currentTimeMillis() - before))
        .isGreaterThan(Duration.ofMinutes(30));
    assertThat(world.states)
        .anyMatch(
            state -> state.state() == VideoState.WAITING && state.detail().equals(DOWNLOADING));
    assertThat(world.count("analyse")).as("not before").isEqualTo(1);
    replay("managed-later");
  }

  @Test
  void aFileThatIsImportedAgainAndAgainIsLeftAlone() throws Exception {
    said.add(new ManagedStanding.LeftAlone(SkipReason.IMPORTED_AGAIN, "again and again"));

    assertThat(run()).isEqualTo(new VideoEnd.Skipped(SkipReason.IMPORTED_AGAIN, "again and again"));

    assertThat(world.log).doesNotContain("analyse", "probe", "encode");
    replay("managed-left-alone");
  }

  @Test
  void nobodyIsAskedAboutFilesThatNobodyManages() {
    world.claim = managed(false);

    assertThat(run()).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(asked).hasValue(0);
  }

  @Test
  void nobodyIsAskedBeforeAMeasurementThatReplacesNothing() {
    run(VideoOrder.Purpose.MEASURE, Wishes.none());

    assertThat(asked).hasValue(0);
  }
}
