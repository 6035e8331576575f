package dev.reencodarr.activities.library;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.forecast.Outlook;
import dev.reencodarr.activities.store.sync.ManagedFacts;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.activities.video.WorkflowRuns;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.library.LibraryActivities;
import dev.reencodarr.workflows.library.ScanTally;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Goal;
import dev.reencodarr.workflows.temporal.VideoStart;
import dev.reencodarr.workflows.video.VideoOrder;
import dev.reencodarr.workflows.video.VideoWorkflow;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the videos of a library through its window, the most urgent first and then as their goal
 * has it, and stays while any of them is at work: nobody else would notice that a workflow was
 * ended from outside. It also keeps the forecasts that goals go by.
 */
public final class LibraryStarter implements LibraryActivities {

  private static final Logger log = LoggerFactory.getLogger(LibraryStarter.class);

  private static final long LONGEST_NANOS = Duration.ofMinutes(15).toNanos();
  private static final long LOST_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

  /** How often the window is looked at while nothing waits for room; a new order may come in. */
  private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(2).toNanos();

  /** How often forecasts are looked at that measurements may have made stale. */
  private static final long FORECAST_EVERY_NANOS = Duration.ofSeconds(30).toNanos();

  private static final long POLL_MILLIS = 500;

  private final RequestRepository requests;
  private final LostRuns lost;
  private final WorkflowClient client;
  private final Outlook outlook;
  private final ManagedFacts managed;
  private final Goal goal;
  private final int window;

  /**
   * @param rules over settings whose goal requests have that wish for none
   * @param window videos of a library at work at once, at least 1
   */
  public LibraryStarter(Database database, WorkflowClient client, RulesInForce rules, int window) {
    this.outlook = new Outlook(database, rules);
    this.managed = new ManagedFacts(database);
    this.goal = rules.usual().goal();
    this.requests = new RequestRepository(database);
    this.lost = new LostRuns(database, new WorkflowRuns(client));
    this.client = client;
    this.window = window;
  }

  @Override
  public int startVideos(LibraryId library) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    long began = System.nanoTime();
    long lookedForLost = began - LOST_EVERY_NANOS;
    long forecast = began - FORECAST_EVERY_NANOS;
    while (true) {
      if (System.nanoTime() - lookedForLost >= LOST_EVERY_NANOS) {
        lost.settle(library);
        lookedForLost = System.nanoTime();
      }
      if (System.nanoTime() - forecast >= FORECAST_EVERY_NANOS) {
        forecast(library);
        forecast = System.nanoTime();
      }
      fillWindow(library);
      int atWork = atWork(library);
      int unstarted = requests.startableCount(library);
      int left = unstarted + atWork;
      if (left == 0 || System.nanoTime() - began >= LONGEST_NANOS) {
        return left;
      }
      boolean someWaitForRoom = unstarted > 0 && atWork >= window;
      stay(context, left, someWaitForRoom ? 0 : LOOK_EVERY_NANOS);
    }
  }

  /** Only the order hangs on it: work goes on in any. */
  private void forecast(LibraryId library) {
    try {
      outlook.refresh(library);
    } catch (RuntimeException e) {
      log.warn("no forecast of library {}", library, e);
    }
  }

  private void fillWindow(LibraryId library) {
    int free = Math.max(0, window - atWork(library));
    if (free > 0) {
      requests.startable(library, free, goal).forEach(this::start);
    }
  }

  /** A parked video waits for an operator or a machine; the library goes on without it. */
  private int atWork(LibraryId library) {
    return Math.toIntExact(
        requests.started(library).stream()
            .map(requested -> requested.video().state())
            .filter(state -> state != VideoState.WAITING)
            .count());
  }

  /** Shows signs of life until the next look, one at least. */
  private static void stay(ActivityExecutionContext context, int left, long nanos) {
    long began = System.nanoTime();
    do {
      context.heartbeat(left);
      pause();
    } while (System.nanoTime() - began < nanos);
  }

  private void start(RequestedVideo requested) {
    Video video = requested.video();
    requests.markStarted(requested.request(), video.id());
    try {
      VideoWorkflow workflow =
          client.newWorkflowStub(
              VideoWorkflow.class,
              VideoStart.options(
                  video.id(),
                  managed.shareOf(video.path(), video.library()),
                  video.libraryName(),
                  video.path(),
                  requested.priority()));
      WorkflowClient.start(workflow::run, VideoOrder.of(video.id(), requested.wishes()));
    } catch (RuntimeException e) {
      requests.unmarkStarted(requested.request(), video.id());
      throw e;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Faults.of(EvidenceKind.WORKER_RESTARTED, "the worker stops while it starts videos");
    }
  }

  @Override
  public void scanned(RequestId request, ScanTally tally) {
    requests.scanned(request, tally);
    if (requests.isUnattended(request)) {
      requests.absorb(request);
    }
  }

  @Override
  public void failed(RequestId request, String why) {
    requests.failed(request, why);
  }
}
