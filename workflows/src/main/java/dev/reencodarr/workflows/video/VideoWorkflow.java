package dev.reencodarr.workflows.video;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One pass over one file: analyse, plan, search, encode, verify, replace. */
@WorkflowInterface
public interface VideoWorkflow {

  /** Name of the update {@link #retry}. */
  String RETRY = "retry";

  /** Name of the update {@link #approve}. */
  String APPROVE = "approve";

  /** Name of the update {@link #reject}. */
  String REJECT = "reject";

  /** Name of the signal {@link #look}. */
  String LOOK = "look";

  /**
   * Ends normally whatever the outcome, except that a video that failed closes as failed, so that
   * Temporal's own lists and counts are true.
   */
  @WorkflowMethod(name = "Video")
  VideoEnd run(VideoOrder order);

  /** The operator's word to a parked video (state waiting): go on. */
  @UpdateMethod(name = RETRY)
  void retry();

  /**
   * Refuses the word where the video is not parked.
   *
   * @throws IllegalStateException saying what it is
   */
  @UpdateValidatorMethod(updateName = RETRY)
  void requireParked();

  /**
   * Pauses the video before its next step, through restarts and later passes, until it is resumed.
   *
   * @param freezes whether an encode is stopped where it stands, instead of being finished first
   */
  @UpdateMethod
  void pause(boolean freezes);

  /** Lifts the video's own pause, and lets it look whether anything else holds it up. */
  @UpdateMethod
  void resume();

  /** The operator's word to a result that is held for a review: it may replace its source. */
  @UpdateMethod(name = APPROVE)
  void approve();

  /**
   * Refuses the word where no result is held.
   *
   * @throws IllegalStateException saying what it is
   */
  @UpdateValidatorMethod(updateName = APPROVE)
  void requireHeldToApprove();

  /**
   * The other word: the result goes, the video is left alone.
   *
   * @param reason for people; may be empty
   */
  @UpdateMethod(name = REJECT)
  void reject(String reason);

  /**
   * Refuses the word where no result is held.
   *
   * @throws IllegalStateException saying what it is
   */
  @UpdateValidatorMethod(updateName = REJECT)
  void requireHeldToReject(String reason);

  /** A pause was lifted: of this video, perhaps. */
  @SignalMethod(name = LOOK)
  void look();
}
