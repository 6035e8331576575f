package dev.reencodarr.workflows.fleet;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * The door for those who live in Temporal's Web UI: shows what is paused and which workers do not
 * serve which queues, and takes the words that are for a library or for everything. Every worker
 * sees to it that it is there.
 *
 * <p>A scope is {@value #EVERYTHING}, or a library by its name or id; each word answers with a
 * sentence of what was done. An unknown library is refused by the handler and not by the validator,
 * which may ask nobody and would refuse a library that was added a moment ago.
 */
@WorkflowInterface
public interface FleetWorkflow {

  /** The scope of a word to every library. */
  String EVERYTHING = "everything";

  /** Stays open; it does something when it is told something, and never by itself. */
  @WorkflowMethod(name = "Fleet")
  void run();

  /** Something may have changed of what is shown. */
  @SignalMethod
  void look();

  /** What is shown, as of the latest look. */
  @QueryMethod
  FleetView view();

  /** Pauses; what runs is finished first. */
  @UpdateMethod
  String pause(String scope);

  @UpdateValidatorMethod(updateName = "pause")
  void requireScopeToPause(String scope);

  /** Pauses, and stops encodes where they stand; they go on from there. */
  @UpdateMethod
  String freeze(String scope);

  @UpdateValidatorMethod(updateName = "freeze")
  void requireScopeToFreeze(String scope);

  /** Lifts the pause of exactly this scope; of everything: every pause there is. */
  @UpdateMethod
  String resume(String scope);

  @UpdateValidatorMethod(updateName = "resume")
  void requireScopeToResume(String scope);

  /** Stops the work on videos, and what is still to be begun; their files stay as they are. */
  @UpdateMethod
  String cancel(String scope);

  @UpdateValidatorMethod(updateName = "cancel")
  void requireScopeToCancel(String scope);

  /** Tries again what has failed, and lets parked videos go on. */
  @UpdateMethod
  String retry(String scope);

  @UpdateValidatorMethod(updateName = "retry")
  void requireScopeToRetry(String scope);
}
