package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.temporal.Pauses;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a video waits before its next step, while it, its library or everything is paused. What is
 * paused stands in PostgreSQL, so that it stays so through restarts; whoever lifts a pause calls
 * the videos that wait. One that was not called looks by itself, less and less often.
 */
final class Pausing {

  /** Version 0 repeated a step whatever was paused. */
  private static final String HOLDS_THE_REPEATED = "pauses-hold-what-is-repeated";

  private static final Pauses LOOKS = new Pauses(Duration.ofMinutes(1), Duration.ofHours(6));

  private final VideoStatus status;
  private boolean called = false;

  Pausing(VideoStatus status) {
    this.status = status;
  }

  /**
   * Comes to a step, as {@link VideoStatus#enter}, once it is not paused.
   *
   * @param detail of the step
   */
  void before(VideoState step, String detail) {
    Optional<PausedBy> pause = status.enter(step, detail);
    while (pause.isPresent()) {
      untilLifted(pause.get());
      pause = status.enter(step, detail);
    }
  }

  /** Holds up a step that is about to run again; not one that is brought to its end in any case. */
  void beforeItRunsAgain() {
    if (holdsTheRepeated()) {
      before(status.state(), status.detail());
    }
  }

  /** The same for a step that the video was parked in; it comes back to it. */
  void backTo(VideoState step, String detail) {
    if (holdsTheRepeated()) {
      before(step, detail);
    } else {
      status.enter(step, detail);
    }
  }

  private static boolean holdsTheRepeated() {
    return !Uncancellable.isCurrent()
        && Workflow.getVersion(HOLDS_THE_REPEATED, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  private void untilLifted(PausedBy pause) {
    Duration wait = LOOKS.first();
    Optional<PausedBy> still = status.enter(VideoState.WAITING, pause.explanation());
    while (still.isPresent()) {
      Workflow.await(wait, () -> called);
      called = false;
      wait = LOOKS.after(wait);
      still = status.enter(VideoState.WAITING, still.get().explanation());
    }
  }

  /** A pause was lifted: this one, perhaps. */
  void look() {
    called = true;
  }
}
