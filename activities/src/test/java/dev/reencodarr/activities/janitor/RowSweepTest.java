package dev.reencodarr.activities.janitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.encode.TestTemporal;
import dev.reencodarr.activities.failure.FailureRecorder;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.JanitorRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoClaims;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.video.WorkflowRuns;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.janitor.Finding;
import dev.reencodarr.workflows.janitor.FindingKind;
import dev.reencodarr.workflows.janitor.JanitorOrder;
import dev.reencodarr.workflows.janitor.JanitorReport;
import dev.reencodarr.workflows.janitor.RowSweepActivities;
import dev.reencodarr.workflows.janitor.Swept;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.StateChange;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real Temporal without a worker: what is started stays open until somebody ends it. */
class RowSweepTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static final int LONGEST_HISTORY = 100;

  private static TestTemporal temporal;

  private final Database database = TestDatabase.fresh();
  private final Library library = Rows.library(database, "/tv");
  private final VideoRepository videos = new VideoRepository(database);
  private final VideoClaims claims = new VideoClaims(database);
  private final TestActivityEnvironment activity =
      TestActivityEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
              .build());
  private RowSweepActivities sweep;

  @BeforeAll
  static void startServer() throws Exception {
    temporal = TestTemporal.start("limit.historyCount.error=" + LONGEST_HISTORY);
  }

  @AfterAll
  static void stopServer() throws Exception {
    temporal.close();
  }

  @BeforeEach
  void open() {
    activity.registerActivitiesImplementations(new RowSweep(database, temporal.client()));
    sweep = activity.newActivityStub(RowSweepActivities.class);
  }

  @AfterEach
  void close() {
    activity.close();
  }

  private String begin(VideoId video) {
    return begin(video, SearchAttributes.EMPTY);
  }

  private String begin(VideoId video, VideoState state) {
    return begin(
        video,
        SearchAttributes.newBuilder()
            .set(dev.reencodarr.workflows.temporal.SearchAttributes.VIDEO_STATE, state.code())
            .build());
  }

  private String begin(VideoId video, SearchAttributes said) {
    return temporal
        .client()
        .newUntypedWorkflowStub(
            "Video",
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.video(video))
                .setTaskQueue(TaskQueues.CONTROL)
                .setTypedSearchAttributes(said)
                .build())
        .start()
        .getRunId();
  }

  private boolean isRunning(String workflow) {
    return new WorkflowRuns(temporal.client())
        .latest(workflow)
        .filter(WorkflowRuns.Latest::running)
        .isPresent();
  }

  private Video atWork(String name, String run) {
    Video video = Rows.video(database, library, "/tv/" + name);
    RunKey key = new RunKey(WorkflowIds.video(video.id()), run);
    claims.claim(
        new VideoOrder(video.id(), VideoOrder.Purpose.ENCODE, Wishes.none()), key, holder -> false);
    claims.enter(new StateChange(video.id(), key, 1, VideoState.ANALYSING, ""));
    claims.enter(new StateChange(video.id(), key, 2, VideoState.ENCODING, "CRF 30"));
    return video;
  }

  private VideoState state(Video video) {
    return videos.find(video.id()).orElseThrow().state();
  }

  private static List<String> lines(Swept swept) {
    return swept.findings().stream().map(Finding::line).toList();
  }

  @Test
  void aVideoAtWorkWithoutAWorkflowIsFoundAgainAndOneWithItIsLeftInPeace() {
    Video lost = atWork("lost.mkv", "gone");
    Video working = Rows.video(database, library, "/tv/working.mkv");
    String run = begin(working.id());
    atWork("working.mkv", run);

    Swept swept = sweep.rowsWithoutWorkflow();

    assertThat(state(lost)).isEqualTo(VideoState.FOUND);
    assertThat(state(working)).isEqualTo(VideoState.ENCODING);
    assertThat(lines(swept))
        .containsExactly(
            "/tv/lost.mkv: was encoding and no workflow is at work on it: it is found again");
    assertThat(sweep.rowsWithoutWorkflow().count()).as("it is set right").isZero();
  }

  @Test
  void aRequestThatNoWorkflowKnowsIsHandedToOneAndItsVideoStartedAgain() {
    Video lost = atWork("lost.mkv", "gone");
    WorkRequest request = Rows.request(database, library, Wishes.none(), false);
    RequestRepository requests = new RequestRepository(database);
    requests.addVideos(request.id(), List.of(lost.path()));
    requests.decided(request.id(), List.of(lost.id()));
    requests.markStarted(request.id(), lost.id());
    database
        .client()
        .sql("update request_videos set started_at = started_at - interval '1 minute'")
        .update();
    database.client().sql("update requests set created_at = now() - interval '2 minutes'").update();

    Swept swept = sweep.rowsWithoutWorkflow();

    assertThat(requests.startableCount(library.id())).isEqualTo(1);
    assertThat(isRunning(WorkflowIds.library(library.id()))).isTrue();
    assertThat(lines(swept))
        .contains("/tv/lost.mkv: its workflow is not there: it is started again")
        .anyMatch(line -> line.startsWith("library ") && line.endsWith("(1): started again"));
    assertThat(state(lost)).isEqualTo(VideoState.FOUND);
  }

  /**
   * Looked at each hour "for ever": after some months its history is full, and Temporal ends it.
   */
  @Test
  void aVideoThatHasWaitedUntilItsHistoryWasFullIsStartedAgainAndNotCancelled() {
    Video parked = Rows.video(database, library, "/tv/parked.mkv");
    WorkRequest request = Rows.request(database, library, Wishes.none(), false);
    RequestRepository requests = new RequestRepository(database);
    requests.addVideos(request.id(), List.of(parked.path()));
    requests.decided(request.id(), List.of(parked.id()));
    requests.markStarted(request.id(), parked.id());
    String run = begin(parked.id());
    atWork("parked.mkv", run);
    database
        .client()
        .sql("update request_videos set started_at = started_at - interval '1 minute'")
        .update();

    fillHistory(WorkflowIds.video(parked.id()));
    Swept swept = sweep.rowsWithoutWorkflow();

    assertThat(lines(swept))
        .contains(
            "/tv/parked.mkv: its workflow has waited until its history was full: it is started"
                + " again");
    assertThat(requests.startableCount(library.id())).isEqualTo(1);
    assertThat(state(parked)).isEqualTo(VideoState.FOUND);
  }

  private void fillHistory(String workflow) {
    WorkflowStub stub = temporal.client().newUntypedWorkflowStub(workflow);
    for (int event = 0; event <= LONGEST_HISTORY && isRunning(workflow); event++) {
      try {
        stub.signal("look");
      } catch (WorkflowServiceException full) {
        // that was the last one
      }
    }
    assertThat(isRunning(workflow)).as("Temporal has ended it").isFalse();
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsResolved() {
    Video waiting = Rows.video(database, library, "/tv/waiting.mkv");
    String run = begin(waiting.id());
    atWork("waiting.mkv", run);
    Video ended = atWork("ended.mkv", "gone");
    for (String host : List.of("a", "a/tv", "b", "c")) {
      stands("waiting/encoding/ENV/" + host, "2 hours");
    }
    stands("waiting/encoding/ENV/young", "1 minute");
    stands("library/" + library.id(), "2 hours");
    waitsIn(waiting, run, 1, "a", "");
    waitsIn(waiting, run, 2, "a", "/tv");
    waitsIn(waiting, "an earlier run", 1, "b", "");
    waitsIn(ended, "gone", 1, "c", "");

    Swept swept = sweep.rowsWithoutWorkflow();

    assertThat(lines(swept))
        .filteredOn(line -> line.startsWith("waiting/"))
        .containsExactlyInAnyOrder(
            "waiting/encoding/ENV/b: no video that has said so is at work any more: it is resolved",
            "waiting/encoding/ENV/c: no video that has said so is at work any more: it is resolved");
    assertThat(
            database
                .client()
                .sql(
                    """
                    select workflow_id from video_failures
                    where video_id is null and not resolved order by workflow_id
                    """)
                .query(String.class)
                .list())
        .containsExactly(
            "library/" + library.id(),
            "waiting/encoding/ENV/a",
            "waiting/encoding/ENV/a/tv",
            "waiting/encoding/ENV/young");
  }

  private void stands(String subject, String since) {
    database
        .client()
        .sql(
            """
            insert into video_failures (failure_stage, failure_category, failure_code,
              failure_message, workflow_id, run_id, attempt, inserted_at)
            values ('encoding', 'system_environment', 'ENV', 'x', :subject, 'run', 1,
              now() - cast(:since as interval))
            """)
        .param("subject", subject)
        .param("since", since)
        .update();
  }

  /** As the workflow's own words for it are written. */
  private void waitsIn(Video video, String run, int attempt, String host, String root) {
    Evidence evidence =
        Evidence.of(EvidenceKind.MOUNT_GONE, "it is away")
            .with("host", host)
            .with(Evidence.LIBRARY_ROOT, root);
    new FailureRecorder(
            new FailureRepository(database), new Machine("a", "default", Path.of("/work")))
        .record(
            new FailureRecord(
                video.id(),
                WorkflowIds.video(video.id()),
                run,
                attempt,
                FailureTable.classify(FailureStage.ENCODING, evidence),
                evidence,
                0,
                false,
                "park, look again after 600 s"));
  }

  @Test
  void aWorkflowWhoseVideoHasNoRowIsCancelledAndThenTerminated() throws Exception {
    VideoId gone = new VideoId(UUID.randomUUID());
    Video known = Rows.video(database, library, "/tv/known.mkv");
    begin(gone);
    begin(known.id());
    String theirs = "video/not-one-of-ours-" + UUID.randomUUID();
    temporal
        .client()
        .newUntypedWorkflowStub(
            "Video",
            WorkflowOptions.newBuilder()
                .setWorkflowId(theirs)
                .setTaskQueue(TaskQueues.CONTROL)
                .build())
        .start();

    Processes.await(
        "Temporal lists it",
        SOON,
        () ->
            lines(sweep.workflowsWithoutRow())
                .contains(WorkflowIds.video(gone) + ": no row knows its video: cancelled"));
    Swept again = sweep.workflowsWithoutRow();

    assertThat(lines(again))
        .anyMatch(line -> line.startsWith(WorkflowIds.video(gone)) && line.contains("terminated"));
    assertThat(isRunning(WorkflowIds.video(gone))).isFalse();
    assertThat(isRunning(WorkflowIds.video(known.id()))).isTrue();
    assertThat(isRunning(theirs)).isTrue();
  }

  @Test
  void aRowThatIsOlderThanTheWorkflowAtWorkOnItIsGivenBackToIt() throws Exception {
    Video older = Rows.video(database, library, "/tv/older.mkv");
    Video unclaimed = Rows.video(database, library, "/tv/unclaimed.mkv");
    String run = begin(older.id(), VideoState.ENCODING);
    begin(unclaimed.id(), VideoState.FOUND);
    RunKey key = new RunKey(WorkflowIds.video(older.id()), run);

    Processes.await(
        "Temporal lists it",
        SOON,
        () ->
            lines(sweep.workflowsWithoutRow())
                .contains(
                    "/tv/older.mkv: its row is older than the workflow at work on it: it is that"
                        + " one's"));

    assertThat(state(older)).isEqualTo(VideoState.ENCODING);
    assertThat(state(unclaimed)).as("its claim is to come").isEqualTo(VideoState.FOUND);
    assertThat(lines(sweep.workflowsWithoutRow())).noneMatch(line -> line.contains("older.mkv"));
    assertThat(claims.enter(new StateChange(older.id(), key, 3, VideoState.REPLACING, "")))
        .as("it writes its row")
        .isTrue();
    claims.finish(
        new VideoOrder(older.id(), VideoOrder.Purpose.ENCODE, Wishes.none()),
        key,
        new VideoEnd.Skipped(SkipReason.NOT_WORTH_IT, ""));
    assertThat(state(older)).isEqualTo(VideoState.SKIPPED);
    assertThat(lines(sweep.workflowsWithoutRow()))
        .as("a row that its run has finished stays as it is")
        .noneMatch(line -> line.contains("older.mkv"));
  }

  @Test
  void aRoundIsKeptAndTellsWhenWholeLibrariesWereLookedAt() {
    assertThat(sweep.rounds(JanitorOrder.usual()).whole()).isTrue();
    JanitorReport report =
        new JanitorReport(
            "run",
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
            true,
            1,
            List.of(new Finding(FindingKind.FILE_GONE, "a file")));

    sweep.ended(report);
    sweep.ended(report);

    assertThat(new JanitorRepository(database).latest()).contains(report);
    assertThat(sweep.rounds(JanitorOrder.usual()).whole()).isFalse();
    assertThat(sweep.rounds(new JanitorOrder(true)).whole()).isTrue();
  }
}
