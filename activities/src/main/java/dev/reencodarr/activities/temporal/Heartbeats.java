package dev.reencodarr.activities.temporal;

import dev.reencodarr.workflows.encode.EncodeProgress;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;

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
    context.heartbeat(progress);
  }
}
