package dev.reencodarr.activities.process;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The machine's cores, shared by everything heavy: never more jobs at once than were set, so that
 * jobs × threads stays within the cores. Served in the order of asking.
 */
public final class CoreBudget {

  private final Permits jobs;
  private final int threadsPerJob;

  /**
   * @param jobs heavy programs at once, at least 1
   * @param threadsPerJob threads that each may use, at least 1
   */
  public CoreBudget(int jobs, int threadsPerJob) {
    this.jobs = new Permits(jobs);
    this.threadsPerJob = threadsPerJob;
  }

  /** Threads that the holder of a {@link Lease} may use. */
  public int threadsPerJob() {
    return threadsPerJob;
  }

  /**
   * Waits for its turn.
   *
   * @param everySecond called about once a second while waiting; what it throws ends the wait
   */
  public Lease take(Runnable everySecond) throws InterruptedException {
    while (!jobs.tryAcquire(1, TimeUnit.SECONDS)) {
      everySecond.run();
    }
    return new Lease(jobs);
  }

  /**
   * Takes cores for a job that runs already, without waiting: the budget may be overdrawn, and then
   * nothing new starts until it is even again.
   */
  public Lease occupy() {
    jobs.reducePermits(1);
    return new Lease(jobs);
  }

  /** Permits that can fall below none. */
  private static final class Permits extends Semaphore {
    private Permits(int permits) {
      super(permits, true);
    }

    @Override
    protected void reducePermits(int reduction) {
      super.reducePermits(reduction);
    }
  }

  /** Cores in use until closed; closing twice is harmless. */
  public static final class Lease implements AutoCloseable {
    private final Semaphore jobs;
    private boolean open = true;

    private Lease(Semaphore jobs) {
      this.jobs = jobs;
    }

    @Override
    public synchronized void close() {
      if (open) {
        open = false;
        jobs.release();
      }
    }
  }
}
