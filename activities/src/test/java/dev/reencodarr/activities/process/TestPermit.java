package dev.reencodarr.activities.process;

import java.util.concurrent.atomic.AtomicLong;

/** A permit that a test gives and takes. */
public final class TestPermit implements WorkPermit {

  private final AtomicLong held = new AtomicLong();
  private volatile boolean begins = true;
  private volatile boolean goesOn = true;
  private volatile long since;

  /** Nothing begins from now on, and where it {@code stops}, nothing runs. */
  public void hold(boolean stops) {
    begins = false;
    goesOn = !stops;
    since = System.nanoTime();
  }

  public void letGo() {
    if (!goesOn) {
      held.addAndGet(System.nanoTime() - since);
    }
    begins = true;
    goesOn = true;
  }

  @Override
  public boolean mayBegin() {
    return begins;
  }

  @Override
  public boolean mayGoOn() {
    return goesOn;
  }

  @Override
  public long heldNanos() {
    return held.get() + (goesOn ? 0 : System.nanoTime() - since);
  }
}
