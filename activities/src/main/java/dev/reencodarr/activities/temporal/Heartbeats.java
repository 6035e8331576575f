package dev.reencodarr.activities.temporal;

import dev.reencodarr.workflows.encode.EncodeProgress;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityWorkerShutdownException;
import java.util.concurrent.RejectedExecutionException;

/** The sign of life of a long activity. */
public final class Heartbeats {

  private final ActivityExecutionContext context;

  private Heartbeats(ActivityExecutionContext context) {
    this.context = context;
  }

  /** Of the activity that runs on this thread. */
  public static Heartbeats ofThisActivity() {
    return new Heartbeats(Activity.getExecutionContext());
  }

  /**
   * Says how far it is; throws what the SDK throws when the activity is cancelled, its worker is
   * shut down or its attempt is not wanted any more.
   */
  public void beat(EncodeProgress progress) {
    try {
      context.heartbeat(progress);
    } catch (RejectedExecutionException stopping) {
      // What the SDK throws where its worker is shut down in the middle of this very call.
      ActivityWorkerShutdownException shutDown =
          new ActivityWorkerShutdownException(context.getInfo());
      shutDown.addSuppressed(stopping);
      throw shutDown;
    }
  }
}
