package dev.reencodarr.activities.store.order;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Outcome;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.PauseScope;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;

/** Stops the work on videos; their files stay as they are. */
public final class Cancelling {

  private final Database database;
  private final WorkflowClient temporal;

  public Cancelling(Database database, WorkflowClient temporal) {
    this.database = database;
    this.temporal = temporal;
  }

  /** Whether there is anything to stop of a video in this state. */
  public static boolean isFor(VideoState state) {
    return state == VideoState.FOUND || state.isWork();
  }

  /** Stops the work on one, or keeps it from being begun. */
  public Answer cancel(Video video) {
    if (!isFor(video.state())) {
      return Answer.no(video, "nothing to cancel, it is " + video.state().code());
    }
    try {
      // The run itself writes its end, after it has ended what it started.
      temporal.newUntypedWorkflowStub(WorkflowIds.video(video.id())).cancel();
      return Answer.yes(video);
    } catch (WorkflowNotFoundException e) {
      boolean done = new VideoRepository(database).cancel(video.id(), "cancelled before its turn");
      new PauseRepository(database).resume(new PauseScope.OfVideo(video.id()));
      new RequestRepository(database).settleEverywhere(video.id(), Outcome.cancelled());
      return done ? Answer.yes(video) : Answer.no(video, "it has ended meanwhile");
    }
  }
}
