package dev.reencodarr.activities.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.broken.BrokenSources;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.DecisionRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.Outcome;
import dev.reencodarr.activities.store.Outcome.Result;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.PauseScope;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.RuleSetRepository;
import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoClaims;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.sync.ManagedFacts;
import dev.reencodarr.activities.video.VideoRecord;
import dev.reencodarr.activities.video.WorkflowRuns;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.Skip;
import dev.reencodarr.workflows.library.LibraryActivities;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Goal;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.Sources;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.SearchAttributes;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.Claim;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.StateChange;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import dev.reencodarr.workflows.video.VideoOrder.Purpose;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Temporal server without a worker: what is started stays open until somebody ends it. */
class LibraryStarterTest {

  private static final int WINDOW = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestWorkflowEnvironment server =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
              .registerSearchAttribute(
                  SearchAttributes.LIBRARY.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .registerSearchAttribute(
                  SearchAttributes.VIDEO_STATE.getName(),
                  IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .build());
  private final TestActivityEnvironment activity = TestActivityEnvironment.newInstance();
  private Database database;
  private RequestRepository requests;
  private VideoRepository videos;
  private Library library;
  private LibraryActivities starter;

  @BeforeEach
  void prepare() {
    database = TestDatabase.fresh();
    requests = new RequestRepository(database);
    videos = new VideoRepository(database);
    library = Rows.library(database, "/tv");
    activity.registerActivitiesImplementations(
        new LibraryStarter(
            database, server.getWorkflowClient(), new RulesInForce(database, List.of()), WINDOW));
    starter = activity.newActivityStub(LibraryActivities.class);
  }

  @AfterEach
  void close() {
    activity.close();
    server.close();
  }

  private WorkRequest request(int count) {
    WorkRequest request = Rows.request(database, library, Wishes.none(), false);
    for (int number = 1; number <= count; number++) {
      videos.see(library.id(), List.of(Rows.file("/tv/" + number + ".mkv", number)));
    }
    requests.addVideos(
        request.id(),
        videos.list(VideoRepository.Filter.all(100)).stream().map(Video::path).toList());
    requests
        .undecided(request.id(), 100)
        .forEach(v -> requests.decided(request.id(), List.of(v.id())));
    return request;
  }

  private List<Video> started() {
    return requests.started(library.id()).stream().map(RequestedVideo::video).toList();
  }

  private void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private boolean isRunning(VideoId video) {
    return new WorkflowRuns(server.getWorkflowClient())
        .latest(WorkflowIds.video(video))
        .filter(WorkflowRuns.Latest::running)
        .isPresent();
  }

  @Test
  void startsTheLargestFirstAndNeverMoreThanTheWindow() throws Exception {
    request(5);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Integer> left = thread.submit(() -> starter.startVideos(library.id()));
      for (long size = 5; size > 0; size--) {
        long largest = size;
        await(() -> started().stream().anyMatch(video -> video.size() == largest));
        assertThat(started()).hasSizeLessThanOrEqualTo(WINDOW);
        Video video = started().stream().filter(v -> v.size() == largest).findFirst().orElseThrow();
        await(() -> isRunning(video.id()));
        requests.settleStarted(video.id(), Outcome.encoded());
      }
      assertThat(left.get()).isZero();
    }
  }

  @Test
  void aWaitingVideoLeavesTheWindow() throws Exception {
    request(3);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Integer> left = thread.submit(() -> starter.startVideos(library.id()));
      await(() -> started().size() == WINDOW);
      Video parked = started().getFirst();
      VideoClaims claims = new VideoClaims(database);
      RunKey run = new RunKey(WorkflowIds.video(parked.id()), "run");
      claims.claim(
          new VideoOrder(parked.id(), Purpose.ENCODE, Wishes.none()), run, holder -> false);
      claims.enter(new StateChange(parked.id(), run, 1, VideoState.ANALYSING, ""));
      claims.enter(new StateChange(parked.id(), run, 2, VideoState.WAITING, "for space"));

      await(() -> started().size() == 3);
      started().stream()
          .filter(video -> !video.id().equals(parked.id()))
          .forEach(video -> requests.settleStarted(video.id(), Outcome.encoded()));
      assertThat(left.get()).as("nobody stays for a parked one alone").isZero();
    }
  }

  private RunKey startedRun(Video video) {
    WorkflowExecution execution =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(WorkflowIds.video(video.id()))
            .describe()
            .getExecution();
    return new RunKey(execution.getWorkflowId(), execution.getRunId());
  }

  private LostRuns lostRuns() {
    return new LostRuns(database, new WorkflowRuns(server.getWorkflowClient()));
  }

  private void startedLongAgo() {
    database
        .client()
        .sql("update request_videos set started_at = started_at - interval '1 minute'")
        .update();
  }

  private Video startOne() throws Exception {
    Video video = requests.startable(library.id(), 1, Goal.SPACE).getFirst().video();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Integer> left = thread.submit(() -> starter.startVideos(library.id()));
      await(() -> isRunning(video.id()));
      left.cancel(true);
    }
    return video;
  }

  @Test
  void aVideoWhoseWorkflowIsTerminatedAfterAllAreStartedIsSettledSoThatNobodyWaits()
      throws Exception {
    WorkRequest request = request(1);
    Video video = requests.startable(library.id(), 1, Goal.SPACE).getFirst().video();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Integer> left = thread.submit(() -> starter.startVideos(library.id()));
      await(() -> isRunning(video.id()));
      startedLongAgo();
      lostRuns().settle(library.id());
      assertThat(started()).as("a running one is left alone").hasSize(1);

      terminate(video);

      assertThat(left.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
    }
    assertThat(requests.progress(request.id()).orElseThrow().results())
        .containsOnlyKeys(Result.CANCELLED);
    assertThat(videos.find(video.id()).orElseThrow().state()).isEqualTo(VideoState.CANCELLED);
  }

  private void terminate(Video video) {
    server
        .getWorkflowClient()
        .newUntypedWorkflowStub(WorkflowIds.video(video.id()))
        .terminate("by hand");
  }

  @Test
  void anOrderThatComesWhileOthersAreAtWorkIsStartedWithoutWaitingForThem() throws Exception {
    request(1);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Integer> left = thread.submit(() -> starter.startVideos(library.id()));
      await(() -> started().size() == 1);

      request(2);

      await(() -> started().size() == 2);
      started().forEach(video -> requests.settleStarted(video.id(), Outcome.encoded()));
      await(() -> started().size() == 1);
      started().forEach(video -> requests.settleStarted(video.id(), Outcome.encoded()));
      assertThat(left.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void aRunThatFoundNothingToDoIsNoCancelledOne() throws Exception {
    WorkRequest request = request(1);
    Video video = startOne();
    startedLongAgo();
    videos.skip(Map.of(video.id(), new Skip(SkipReason.ALREADY_AV1, "")));
    terminate(video);

    lostRuns().settle(library.id());

    assertThat(requests.progress(request.id()).orElseThrow().results())
        .containsOnlyKeys(Result.SKIPPED);
  }

  @Test
  void aStartThatWasLostIsMadeAgain() {
    WorkRequest request = request(1);
    Video video = requests.startable(library.id(), 1, Goal.SPACE).getFirst().video();
    requests.markStarted(request.id(), video.id());
    startedLongAgo();

    lostRuns().settle(library.id());

    assertThat(requests.startableCount(library.id())).isEqualTo(1);
  }

  @Test
  void nothingOfWhatIsPausedIsStarted() {
    request(3);
    PauseRepository pauses = new PauseRepository(database);
    Video first = videos.list(VideoRepository.Filter.all(100)).getFirst();
    pauses.pause(new PauseScope.OfVideo(first.id()), false);

    assertThat(requests.startable(library.id(), 10, Goal.SPACE))
        .extracting(requested -> requested.video().id())
        .hasSize(2)
        .doesNotContain(first.id());

    pauses.pause(new PauseScope.OfLibrary(library.id()), false);
    assertThat(requests.startable(library.id(), 10, Goal.SPACE)).isEmpty();
    assertThat(requests.startableCount(library.id())).as("the library waits for them").isEqualTo(3);

    pauses.resumeAll();
    assertThat(requests.startable(library.id(), 10, Goal.SPACE)).hasSize(3);
  }

  @Test
  void aVideoIsPlannedByTheRulesInForceWhichMayChangeBetweenTwoPasses() throws Exception {
    request(1);
    Video video = startOne();
    VideoRecord record =
        new VideoRecord(
            new VideoClaims(database),
            new PauseRepository(database),
            videos,
            new RulesInForce(database, List.of()),
            new ManagedFacts(database),
            new BrokenSources(database, new RulesInForce(database, List.of())),
            run -> false);
    VideoOrder order =
        new VideoOrder(
            video.id(),
            Purpose.ENCODE,
            new Wishes(OptionalDouble.of(80), Optional.empty(), 3, Optional.empty()));
    RunKey run = new RunKey("video/" + video.id(), "run");
    Analysis.Analysed facts =
        new Analysis.Analysed(
            Sources.file(1 << 30), Sources.media(Sources.MATROSKA, Sources.film(0)));
    RuleSetRepository rules = new RuleSetRepository(database);

    rules.set("rules: [{when: library == '" + library.name() + "', set: {presets: 4}}]", "box");
    assertThat(record.plan(order, run, video.path(), facts))
        .isInstanceOfSatisfying(
            Planned.Encode.class,
            encode -> {
              assertThat(encode.plan().quality().presets()).containsExactly(4);
              assertThat(encode.plan().target()).isEqualTo(80);
            });
    videos.storeFacts(video.id(), facts);
    assertThat(new DecisionRepository(database).find(video.id()).orElseThrow().decision())
        .as("without what only this request wishes")
        .contains("encode: libsvtav1, VMAF 95, presets 4");

    rules.set("rules: [{skip: not_today}]", "box");
    assertThat(record.plan(order, run, video.path(), facts))
        .isInstanceOfSatisfying(
            Planned.Skip.class,
            skip -> assertThat(skip.reason()).isEqualTo(new SkipReason("not_today")));
    assertThat(new DecisionRepository(database).find(video.id()).orElseThrow().decision())
        .contains("skip: not_today");
  }

  @Test
  void aClaimWaitsForALivingRunAndTakesOverFromADeadOne() throws Exception {
    request(1);
    Video video = startOne();
    VideoRecord record =
        new VideoRecord(
            new VideoClaims(database),
            new PauseRepository(database),
            videos,
            new RulesInForce(database, List.of()),
            new ManagedFacts(database),
            new BrokenSources(database, new RulesInForce(database, List.of())),
            new WorkflowRuns(server.getWorkflowClient())::isRunning);
    VideoOrder order = new VideoOrder(video.id(), Purpose.ENCODE, Wishes.none());
    RunKey living = startedRun(video);
    RunKey other = new RunKey(living.workflowId(), "other");

    assertThat(record.claim(order, living))
        .isEqualTo(
            new Claim.Proceed(
                new MediaPath("/tv/1.mkv"),
                library.root(),
                library.name(),
                "default",
                QualitySettings.defaults()));
    assertThat(record.claim(order, other)).isInstanceOf(Claim.Done.class);

    record.enter(new StateChange(video.id(), living, 1, VideoState.ANALYSING, ""));
    server.getWorkflowClient().newUntypedWorkflowStub(living.workflowId()).terminate("by hand");
    assertThat(record.claim(order, other)).isInstanceOf(Claim.Proceed.class);
    record.finish(order, living, new VideoEnd.Cancelled());
    assertThat(videos.find(video.id()).orElseThrow().state()).isEqualTo(VideoState.FOUND);
  }
}
