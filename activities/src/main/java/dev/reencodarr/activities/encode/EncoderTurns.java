package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.activities.temporal.Heartbeats;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.encode.EncodeProgress.Phase;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.video.EncoderTurnActivities;

/** Waits for a place at an encoder as a job would, and gives it back at once. */
public final class EncoderTurns implements EncoderTurnActivities {

  private final DeviceBudgets budgets;
  private final Machine machine;

  public EncoderTurns(DeviceBudgets budgets, Machine machine) {
    this.budgets = budgets;
    this.machine = machine;
  }

  @Override
  public String turn(VideoId video, Encoder encoder) {
    Heartbeats heartbeats = Heartbeats.ofThisActivity();
    Runnable waiting =
        () -> heartbeats.beat(new EncodeProgress(Phase.QUEUED, machine.host(), -1, 0, -1, 0));
    waiting.run();
    try (CoreBudget.Lease _ = budgets.of(encoder).take(waiting)) {
      return machine.host();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Faults.of(
          EvidenceKind.WORKER_RESTARTED, "the worker stopped while a place was awaited");
    }
  }
}
