package dev.reencodarr.workflows.broken;

import dev.reencodarr.workflows.broken.RedownloadStanding.Phase;
import dev.reencodarr.workflows.sync.CommandEnd;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Mark the grab as failed, search, and only when that was taken set the broken file aside; search
 * once more, since what is there keeps others of its quality away; wait for the other copy; keep
 * the broken one for some more days. Nothing is deleted for good before the other copy is there.
 */
public final class RedownloadWorkflowImpl implements RedownloadWorkflow {

  /** Whoever seeks in vain for so long has the broken file back: it is better than none. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(14);

  private static final Pauses UNTIL_READY = new Pauses(Duration.ofMinutes(15), Duration.ofHours(6));
  private static final Pauses UNTIL_IT_COMES =
      new Pauses(Duration.ofSeconds(20), Duration.ofHours(1));
  private static final Pauses WHILE_KEPT = new Pauses(Duration.ofDays(1), Duration.ofDays(1));

  /** Another command is over by then, most of the time. */
  private static final Duration TURN = Duration.ofSeconds(20);

  private String standing = "";
  private boolean called = false;
  private boolean putBack = false;

  @Override
  public void run(RedownloadOrder order) {
    RedownloadActivities steps =
        Workflow.newActivityStub(
            RedownloadActivities.class, ActivityTimings.redownloading(order.zone()));
    Insistence insistence = new Insistence(order, this::isToBePutBack, this::says);
    try {
      RedownloadStanding now = begun(order, steps, insistence);
      if (now.phase() == Phase.READY) {
        now = asked(order, steps, insistence);
      }
      if (now.phase() == Phase.WAITING) {
        now = awaited(order, steps, insistence);
      }
      while (now.phase() == Phase.KEEPING) {
        pause(WHILE_KEPT.longest());
        now = tell(insistence.on(() -> steps.letGo(order)));
      }
    } catch (Insistence.Withdrawn withdrawn) {
      // Said twice it is done once.
      Insistence toTheEnd = new Insistence(order, () -> false, this::says);
      tell(toTheEnd.on(() -> steps.putBack(order, "an operator has put it back")));
    }
    insistence.over();
  }

  private RedownloadStanding begun(
      RedownloadOrder order, RedownloadActivities steps, Insistence insistence) {
    RedownloadStanding now = tell(insistence.on(() -> steps.begin(order)));
    Duration pause = UNTIL_READY.first();
    while (now.phase() == Phase.NOT_YET) {
      pause(pause);
      pause = UNTIL_READY.after(pause);
      now = tell(insistence.on(() -> steps.begin(order)));
    }
    return now;
  }

  private RedownloadStanding asked(
      RedownloadOrder order, RedownloadActivities steps, Insistence insistence) {
    insistence.on(() -> {
      steps.markFailed(order);
      return true;
    });
    search(order, steps, insistence);
    RedownloadStanding now = tell(insistence.on(() -> steps.setAside(order)));
    if (now.phase() == Phase.WAITING) {
      search(order, steps, insistence);
    }
    return now;
  }

  private void search(RedownloadOrder order, RedownloadActivities steps, Insistence insistence) {
    while (insistence.on(() -> steps.search(order)) == CommandEnd.BUSY) {
      pause(TURN);
    }
  }

  private RedownloadStanding awaited(
      RedownloadOrder order, RedownloadActivities steps, Insistence insistence) {
    long end = Workflow.currentTimeMillis() + LONGEST_WAIT.toMillis();
    RedownloadStanding now = tell(insistence.on(() -> steps.look(order)));
    Duration pause = UNTIL_IT_COMES.first();
    while (now.phase() == Phase.WAITING) {
      if (Workflow.currentTimeMillis() >= end) {
        String why = "no other copy was found in " + LONGEST_WAIT.toDays() + " days";
        return tell(insistence.on(() -> steps.putBack(order, why)));
      }
      pause = pause(pause) ? UNTIL_IT_COMES.first() : UNTIL_IT_COMES.after(pause);
      now = tell(insistence.on(() -> steps.look(order)));
    }
    return now;
  }

  /**
   * Waits.
   *
   * @return whether somebody has called meanwhile
   */
  private boolean pause(Duration time) {
    called = false;
    BooleanSupplier isAwake = () -> called || putBack;
    boolean isCalled = Workflow.await(time, isAwake::getAsBoolean);
    if (putBack) {
      throw new Insistence.Withdrawn();
    }
    return isCalled;
  }

  private boolean isToBePutBack() {
    return putBack;
  }

  private RedownloadStanding tell(RedownloadStanding now) {
    says(now.what());
    return now;
  }

  private void says(String what) {
    standing = what;
    Workflow.setCurrentDetails(what);
  }

  @Override
  public void look() {
    called = true;
  }

  @Override
  public void putBack() {
    putBack = true;
  }

  @Override
  public String standing() {
    return standing;
  }
}
