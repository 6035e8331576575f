package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.VideoState;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * The place of a video that waits for an operator's word: it is out of its library's window, and
 * goes on by {@code retry}. A cancellation ends the wait like any other, except in a swap that has
 * begun, which only {@code retry} brings to its end.
 */
final class Parking {

  private final VideoStatus status;
  private final Pausing pausing;
  private boolean waits = false;

  Parking(VideoStatus status, Pausing pausing) {
    this.status = status;
    this.pausing = pausing;
  }

  /**
   * Waits for the operator, however long, and comes back in the state that it was in before, once
   * nothing of it is paused.
   *
   * @param forWhat for people
   */
  void untilRetried(String forWhat) {
    VideoState state = status.state();
    String detail = status.detail();
    enter(forWhat);
    try {
      Workflow.await(() -> !waits);
    } finally {
      waits = false;
    }
    pausing.backTo(state, detail);
  }

  /**
   * The same, or until time has passed.
   *
   * @return whether it was the operator
   */
  boolean untilRetriedOrLookedAgain(Duration passed, String forWhat) {
    VideoState state = status.state();
    String detail = status.detail();
    enter(forWhat);
    boolean retried;
    try {
      retried = Workflow.await(passed, () -> !waits);
    } finally {
      waits = false;
    }
    pausing.backTo(state, detail);
    return retried;
  }

  /** Waits for the operator or for time to pass; what follows says what it comes to. */
  void untilRetriedOr(Duration passed, String forWhat) {
    enter(forWhat);
    try {
      Workflow.await(passed, () -> !waits);
    } finally {
      waits = false;
    }
  }

  private void enter(String forWhat) {
    waits = true;
    status.enter(VideoState.WAITING, forWhat);
  }

  /** The operator's word. */
  void retry() {
    waits = false;
  }

  /**
   * Whether that word would mean anything.
   *
   * @throws IllegalStateException if the video is not parked
   */
  void requireParked() {
    if (!waits) {
      throw new IllegalStateException(
          status.state() == VideoState.WAITING
              ? "it is not parked: " + status.detail()
              : "it is not parked, it is " + status.state().code());
    }
  }
}
