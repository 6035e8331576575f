package dev.reencodarr.activities.janitor;

import dev.reencodarr.activities.library.LostRuns;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.JanitorRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.LivingWorker;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.StandingFailureRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.activities.video.WorkflowRuns;
import dev.reencodarr.workflows.janitor.FindingKind;
import dev.reencodarr.workflows.janitor.JanitorOrder;
import dev.reencodarr.workflows.janitor.JanitorReport;
import dev.reencodarr.workflows.janitor.JanitorRounds;
import dev.reencodarr.workflows.janitor.RowSweepActivities;
import dev.reencodarr.workflows.janitor.SettleWorkflow;
import dev.reencodarr.workflows.janitor.Swept;
import dev.reencodarr.workflows.library.LibraryWorkflow;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.temporal.FairShare;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.VideoStart;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.RunKey;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows and workflows that do not fit together. */
public final class RowSweep implements RowSweepActivities {

  private static final Duration WHOLE_EVERY = Duration.ofHours(24);

  /** Longer than a worker takes to be started anew, as for {@code LivingMachines}. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  /** Whoever writes an order tells the workflow within moments. */
  private static final Duration ORDER_AGE = Duration.ofMinutes(1);

  /** A video that has just begun to wait says so in two rows, one after the other. */
  private static final Duration WAIT_AGE = Duration.ofHours(1);

  private static final int USUAL_PRIORITY = 3;

  private final JanitorRepository janitor;
  private final LibraryRepository libraries;
  private final VideoRepository videos;
  private final RequestRepository requests;
  private final WorkerRepository workers;
  private final WorkflowClient client;
  private final WorkflowRuns runs;
  private final LostRuns lost;
  private final StandingFailureRepository standing;

  public RowSweep(Database database, WorkflowClient client) {
    this.janitor = new JanitorRepository(database);
    this.libraries = new LibraryRepository(database);
    this.videos = new VideoRepository(database);
    this.requests = new RequestRepository(database);
    this.workers = new WorkerRepository(database);
    this.client = client;
    this.runs = new WorkflowRuns(client);
    this.lost = new LostRuns(database, runs);
    this.standing = new StandingFailureRepository(database);
  }

  @Override
  public JanitorRounds rounds(JanitorOrder order) {
    return new JanitorRounds(
        order.whole() || !janitor.wholeWithin(WHOLE_EVERY),
        workers.living(LATELY).stream().map(LivingWorker::host).toList(),
        libraries.list().stream()
            .map(library -> new JanitorRounds.Place(library.id(), library.name(), library.zone()))
            .toList());
  }

  @Override
  public Swept unfinishedReplacements() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Findings findings = new Findings();
    for (VideoId id : janitor.unsettledVideos()) {
      context.heartbeat(id.toString());
      Optional<Video> video = videos.find(id);
      if (video.isPresent() && !isRunning(id)) {
        settle(video.get());
        findings.add(
            FindingKind.UNFINISHED_REPLACEMENT,
            video.get().path()
                + ": a replacement was left unfinished: it is brought to its end by "
                + WorkflowIds.video(id));
      }
    }
    janitor
        .unfinishedWithoutVideo()
        .forEach(path ->
            findings.add(
                FindingKind.UNKNOWN,
                path
                    + ": a replacement was left unfinished and its video has no row any more; its"
                    + " files stay where they are: scan the library, then undo"));
    return findings.swept();
  }

  private void settle(Video video) {
    SettleWorkflow workflow =
        client.newWorkflowStub(
            SettleWorkflow.class,
            VideoStart.options(
                video.id(),
                FairShare.of(video.library()),
                video.libraryName(),
                video.path(),
                USUAL_PRIORITY));
    WorkflowClient.start(workflow::settle, video.id());
  }

  @Override
  public Swept rowsWithoutWorkflow() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Findings findings = new Findings();
    for (Library library : libraries.list()) {
      context.heartbeat(library.name());
      for (LostRuns.Lost found : lost.settle(library.id())) {
        findings.add(FindingKind.ROW_WITHOUT_WORKFLOW, found.video().path() + ": " + found.what());
      }
    }
    for (JanitorRepository.AtWork row : janitor.atWork()) {
      context.heartbeat(row.path().value());
      if (!isRunning(row.video())) {
        janitor
            .release(row)
            .ifPresent(state ->
                findings.add(
                    FindingKind.ROW_WITHOUT_WORKFLOW,
                    row.path()
                        + ": was "
                        + row.state().code()
                        + " and no workflow is at work on it: it is "
                        + state.code()
                        + " again"));
      }
    }
    handOver(findings);
    standing
        .resolveWaitsOfNobody(WAIT_AGE)
        .forEach(subject ->
            findings.add(
                FindingKind.ROW_WITHOUT_WORKFLOW,
                subject + ": no video that has said so is at work any more: it is resolved"));
    return findings.swept();
  }

  /** Orders that no workflow of their library will ever hear of. */
  private void handOver(Findings findings) {
    Map<LibraryId, List<JanitorRepository.Order>> byLibrary = new LinkedHashMap<>();
    for (JanitorRepository.Order order : janitor.orders(ORDER_AGE)) {
      byLibrary.computeIfAbsent(order.library(), id -> new ArrayList<>()).add(order);
    }
    byLibrary.forEach((library, orders) -> {
      String id = WorkflowIds.library(library);
      if (runs.latest(id).filter(WorkflowRuns.Latest::running).isEmpty()) {
        List<WorkRequest> open =
            orders.stream()
                .map(JanitorRepository.Order::request)
                .flatMap(request -> requests.find(request).stream())
                .toList();
        LibraryWorkflow workflow =
            client.newWorkflowStub(
                LibraryWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                    .build());
        WorkflowClient.start(workflow::run, open);
        findings.add(
            FindingKind.ROW_WITHOUT_WORKFLOW,
            "library "
                + orders.getFirst().libraryName()
                + ": open requests and no workflow at work on them ("
                + open.size()
                + "): started again");
      }
    });
  }

  @Override
  public Swept workflowsWithoutRow() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Findings findings = new Findings();
    OpenVideos open = new OpenVideos(client);
    for (List<OpenVideos.Run> some : open.inBatches()) {
      context.heartbeat(some.size());
      List<OpenVideos.Run> unknown = withoutRow(some);
      for (OpenVideos.Run run : unknown) {
        findings.add(
            FindingKind.WORKFLOW_WITHOUT_ROW,
            run.workflowId() + ": no row knows its video: " + open.end(run));
      }
      some.stream().filter(run -> !unknown.contains(run)).forEach(run -> handBack(run, findings));
    }
    return findings.swept();
  }

  /** A run that is past its claim, whose row is older than that: it goes on writing its row. */
  private void handBack(OpenVideos.Run run, Findings findings) {
    run.state()
        .filter(VideoState::isWork)
        .flatMap(state -> firstRun(run).flatMap(key -> janitor.claimAgain(run.video(), key, state)))
        .ifPresent(path ->
            findings.add(
                FindingKind.WORKFLOW_WITHOUT_ROW,
                path + ": its row is older than the workflow at work on it: it is that one's"));
  }

  /** By which it has claimed; asked only where the row is not this run's. */
  private Optional<RunKey> firstRun(OpenVideos.Run run) {
    if (janitor.isClaimedBy(run.video(), new RunKey(run.workflowId(), run.runId()))) {
      return Optional.empty();
    }
    return runs.latest(run.workflowId())
        .filter(WorkflowRuns.Latest::running)
        .flatMap(WorkflowRuns.Latest::firstRunId)
        .map(first -> new RunKey(run.workflowId(), first));
  }

  private List<OpenVideos.Run> withoutRow(List<OpenVideos.Run> some) {
    var known = janitor.known(some.stream().map(OpenVideos.Run::video).toList());
    return some.stream().filter(run -> !known.contains(run.video())).toList();
  }

  private boolean isRunning(VideoId video) {
    return VideoRuns.of(runs).isRunning(video);
  }

  @Override
  public void ended(JanitorReport report) {
    janitor.ended(report);
  }
}
