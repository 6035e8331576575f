package dev.reencodarr.activities.process;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The machine's cores, shared by everything heavy: never more jobs at once than were set, each with
 * its share of the threads. One that begins while nothing else runs gets the threads of all, so
 * that a single film is not done on a part of the machine. Served in the order of asking.
 */
public final class CoreBudget {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final int jobs;
  private final int threadsPerJob;
  private final WorkPermit permit;
  private final Permits free;

  /** A budget of a machine that nothing ever holds up. */
  public CoreBudget(int jobs, int threadsPerJob) {
    this(jobs, threadsPerJob, WorkPermit.ALWAYS);
  }

  /**
   * @param jobs heavy programs at once, at least 1
   * @param threadsPerJob threads that each may use, at least 1
   * @param permit whether anything may begin
   */
  public CoreBudget(int jobs, int threadsPerJob, WorkPermit permit) {
    this.jobs = jobs;
    this.threadsPerJob = threadsPerJob;
    this.permit = permit;
    this.free = new Permits(jobs);
  }

  /** A budget of another device, in which nothing may begin when nothing may here. */
  CoreBudget beside(int jobs, int threadsPerJob) {
    return new CoreBudget(jobs, threadsPerJob, permit);
  }

  /**
   * Waits for its turn, and until heavy work may begin.
   *
   * @param everySecond called about once a second while waiting; what it throws ends the wait
   */
  public Lease take(Runnable everySecond) throws InterruptedException {
    while (!taken()) {
      everySecond.run();
    }
    boolean isAlone = free.availablePermits() == jobs - 1 && !free.hasQueuedThreads();
    return new Lease(free, isAlone ? jobs * threadsPerJob : threadsPerJob);
  }

  private boolean taken() throws InterruptedException {
    if (!permit.mayBegin()) {
      Thread.sleep(SECOND);
      return false;
    }
    if (!free.tryAcquire(1, TimeUnit.SECONDS)) {
      return false;
    }
    if (!permit.mayBegin()) {
      free.release();
      return false;
    }
    return true;
  }

  /** For how long nothing was to run, as {@link WorkPermit#heldNanos}. */
  public long heldNanos() {
    return permit.heldNanos();
  }

  /**
   * Takes cores for a job that runs already, without waiting: the budget may be overdrawn, and then
   * nothing new starts until it is even again.
   */
  public Lease occupy() {
    free.reducePermits(1);
    return new Lease(free, threadsPerJob);
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
    private final Semaphore free;
    private final int threads;
    private boolean open = true;

    private Lease(Semaphore free, int threads) {
      this.free = free;
      this.threads = threads;
    }

    /** Threads that its holder may use. */
    public int threads() {
      return threads;
    }

    @Override
    public synchronized void close() {
      if (open) {
        open = false;
        free.release();
      }
    }
  }
}
