package dev.reencodarr.activities.library;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.activities.video.WorkflowRuns;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.library.LibraryActivities;
import dev.reencodarr.workflows.library.ScanTally;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.temporal.VideoStart;
import dev.reencodarr.workflows.video.VideoOrder;
import dev.reencodarr.workflows.video.VideoWorkflow;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Starts the videos of a library through its window, largest and most urgent first. */
public final class LibraryStarter implements LibraryActivities {

  private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();
  private static final long LOST_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long POLL_MILLIS = 500;

  private final RequestRepository requests;
  private final LostRuns lost;
  private final WorkflowClient client;
  private final int window;

  /**
   * @param window videos of a library at work at once, at least 1
   */
  public LibraryStarter(Database database, WorkflowClient client, int window) {
    this.requests = new RequestRepository(database);
    this.lost = new LostRuns(database, new WorkflowRuns(client));
    this.client = client;
    this.window = window;
  }

  @Override
  public int startVideos(LibraryId library) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    long started = System.nanoTime();
    long lookedForLost = started - LOST_EVERY_NANOS;
    while (true) {
      if (System.nanoTime() - lookedForLost >= LOST_EVERY_NANOS) {
        lost.settle(library);
        lookedForLost = System.nanoTime();
      }
      fillWindow(library);
      int left = requests.startableCount(library);
      if (left == 0 || System.nanoTime() - started >= LONGEST_NANOS) {
        return left;
      }
      context.heartbeat(left);
      pause();
    }
  }

  private void fillWindow(LibraryId library) {
    // A parked video waits for an operator or a machine; the library goes on without it.
    long open =
        requests.started(library).stream()
            .map(requested -> requested.video().state())
            .filter(state -> state != VideoState.WAITING)
            .count();
    int free = Math.toIntExact(Math.max(0, window - open));
    if (free > 0) {
      requests.startable(library, free).forEach(this::start);
    }
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
                  video.library(),
                  video.libraryName(),
                  video.path(),
                  requested.wishes().priority()));
      WorkflowClient.start(
          workflow::run, new VideoOrder(video.id(), VideoOrder.Purpose.ENCODE, requested.wishes()));
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
  }

  @Override
  public void failed(RequestId request, String why) {
    requests.failed(request, why);
  }
}
