package dev.reencodarr.activities.process;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The machine's cores, shared by everything heavy: never more jobs at once than were set, each with
 * its share of the threads. One that begins while nothing else runs gets the threads of all, so
 * that a single film is not done on a part of the machine. Served in the order of asking.
 */
public final class CoreBudget {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** By then the queues of a machine that is held up are not polled any more. */
  private static final Duration HELD_AT_MOST = Duration.ofMinutes(1);

  private final int jobs;
  private final int threadsPerJob;
  private final WorkPermit permit;
  private final Duration heldAtMost;
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
    this(jobs, threadsPerJob, permit, HELD_AT_MOST);
  }

  /**
   * @param heldAtMost for how long {@link #takeOrLeave} waits on a machine that is held up
   */
  public CoreBudget(int jobs, int threadsPerJob, WorkPermit permit, Duration heldAtMost) {
    this.heldAtMost = heldAtMost;
    this.jobs = jobs;
    this.threadsPerJob = threadsPerJob;
    this.permit = permit;
    this.free = new Permits(jobs);
  }

  /** A budget of another device, in which nothing may begin when nothing may here. */
  CoreBudget beside(int jobs, int threadsPerJob) {
    return new CoreBudget(jobs, threadsPerJob, permit, heldAtMost);
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

  /** Nothing may begin on this machine for a while; another one is perhaps free. */
  public static final class MachineHeld extends RuntimeException {
    private MachineHeld() {
      super("the machine is held up");
    }
  }

  /**
   * As {@link #take}, for work that any machine may do: it is left to the others after a minute in
   * which nothing may begin here.
   *
   * @throws MachineHeld then
   */
  public Lease takeOrLeave(Runnable everySecond) throws InterruptedException {
    AtomicLong open = new AtomicLong(System.nanoTime());
    return take(() -> {
      everySecond.run();
      if (permit.mayBegin()) {
        open.set(System.nanoTime());
      } else if (System.nanoTime() - open.get() > heldAtMost.toNanos()) {
        throw new MachineHeld();
      }
    });
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
