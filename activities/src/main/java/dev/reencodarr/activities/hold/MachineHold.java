package dev.reencodarr.activities.hold;

import dev.reencodarr.activities.process.WorkPermit;
import java.util.List;
import java.util.stream.Collectors;

/** What holds up the heavy work of this machine at the moment; {@link HoldKeeper} says so. */
public final class MachineHold implements WorkPermit {

  private volatile List<Hold> holds = List.of();
  private boolean stopped = false;
  private long stoppedSince = 0;
  private long heldBefore = 0;

  /** From now on these hold it up, and nothing else. */
  synchronized void set(List<Hold> now) {
    boolean stops = now.stream().anyMatch(Hold::stops);
    long moment = System.nanoTime();
    if (stopped && !stops) {
      heldBefore += moment - stoppedSince;
    } else if (stops && !stopped) {
      stoppedSince = moment;
    }
    stopped = stops;
    holds = List.copyOf(now);
  }

  @Override
  public boolean mayBegin() {
    return holds.isEmpty();
  }

  @Override
  public boolean mayGoOn() {
    return holds.stream().noneMatch(Hold::stops);
  }

  @Override
  public synchronized long heldNanos() {
    return heldBefore + (stopped ? System.nanoTime() - stoppedSince : 0);
  }

  /** Why nothing begins, for people; empty where it may. */
  public String why() {
    return holds.stream().map(Hold::why).collect(Collectors.joining("; "));
  }
}
