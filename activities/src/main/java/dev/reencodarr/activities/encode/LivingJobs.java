package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.JobRecord;
import dev.reencodarr.workflows.media.Encoder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cores that encode jobs of this machine hold, whether an attempt waits for them or not. A job
 * that runs on without one keeps its lease until it ends or an attempt attaches.
 */
public final class LivingJobs {

  private static final Logger LOG = LoggerFactory.getLogger(LivingJobs.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final JobFolders folders;
  private final DeviceBudgets budgets;
  private final Map<String, CoreBudget.Lease> unattended = new HashMap<>();
  private final Map<String, Integer> attending = new HashMap<>();

  public LivingJobs(JobFolders folders, DeviceBudgets budgets) {
    this.folders = folders;
    this.budgets = budgets;
  }

  /**
   * Lets every job that runs, frozen ones aside, hold its cores; for the start of a worker, before
   * it asks for work.
   *
   * @return the jobs that run
   */
  public List<JobFolder> holdCores() throws IOException {
    List<JobFolder> running = new ArrayList<>();
    for (JobFolder folder : folders.all()) {
      if (needsCores(folder)) {
        running.add(folder);
        leave(folder, budgetOf(folder).occupy());
      }
    }
    return running;
  }

  /** Whether an attempt of this process waits for the job. */
  public synchronized boolean isAttended(JobFolder folder) {
    return attending.containsKey(folder.name());
  }

  /** The place of an attempt at a job that runs: with the job's cores, without waiting. */
  synchronized Seat attend(JobFolder folder) {
    CoreBudget.Lease held = unattended.remove(folder.name());
    return seat(folder, held == null ? budgetOf(folder).occupy() : held);
  }

  /**
   * The place of an attempt at a job that is to be started or thawed: waits for its device.
   *
   * @param encoder of the job
   * @param everySecond called while waiting; what it throws ends the wait
   */
  Seat await(JobFolder folder, Encoder encoder, Runnable everySecond) throws InterruptedException {
    CoreBudget.Lease lease = budgets.of(encoder).take(everySecond);
    return seat(folder, lease);
  }

  /**
   * The same for a job of which nothing is here yet: any machine may do it.
   *
   * @throws CoreBudget.MachineHeld as {@link CoreBudget#takeOrLeave}
   */
  Seat awaitOrLeave(JobFolder folder, Encoder encoder, Runnable everySecond)
      throws InterruptedException {
    return seat(folder, budgets.of(encoder).takeOrLeave(everySecond));
  }

  private synchronized Seat seat(JobFolder folder, CoreBudget.Lease lease) {
    attending.merge(folder.name(), 1, Integer::sum);
    return new Seat(folder, lease);
  }

  /** An attempt's place at a job; when it is given up, a job that runs on keeps its cores. */
  final class Seat implements AutoCloseable {
    private final JobFolder folder;
    private final CoreBudget.Lease lease;

    private Seat(JobFolder folder, CoreBudget.Lease lease) {
      this.folder = folder;
      this.lease = lease;
    }

    /** Threads that the job may use. */
    int threads() {
      return lease.threads();
    }

    @Override
    public void close() {
      giveUp(folder);
      if (needsCores(folder)) {
        leave(folder, lease);
      } else {
        lease.close();
      }
    }
  }

  private synchronized void giveUp(JobFolder folder) {
    attending.computeIfPresent(folder.name(), (name, count) -> count == 1 ? null : count - 1);
  }

  private synchronized void leave(JobFolder folder, CoreBudget.Lease lease) {
    if (unattended.putIfAbsent(folder.name(), lease) != null) {
      // Its cores are held already.
      lease.close();
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("job " + folder.name())
        .start(() -> releaseAtItsEnd(folder, lease));
  }

  private void releaseAtItsEnd(JobFolder folder, CoreBudget.Lease lease) {
    try {
      while (isUnattended(folder, lease) && needsCores(folder)) {
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (release(folder, lease)) {
      lease.close();
    }
  }

  private synchronized boolean isUnattended(JobFolder folder, CoreBudget.Lease lease) {
    return unattended.get(folder.name()) == lease;
  }

  private synchronized boolean release(JobFolder folder, CoreBudget.Lease lease) {
    return unattended.remove(folder.name(), lease);
  }

  /** What the command line of a job says that it works on. */
  private CoreBudget budgetOf(JobFolder folder) {
    List<String> command = List.of();
    try {
      command = folder.record().map(JobRecord::command).orElse(command);
    } catch (IOException e) {
      LOG.warn("job {} counts as one of the CPU: its record cannot be read", folder.name(), e);
    }
    return budgets.of(command);
  }

  /** A job that runs does, or is held up with its machine; one that is frozen alone does not. */
  private static boolean needsCores(JobFolder folder) {
    try {
      DetachedJob job = DetachedJob.in(folder);
      return job.isRunning() && (!job.isFrozen() || job.isHeld());
    } catch (IOException e) {
      LOG.warn("job {} cannot be looked at and counts as ended", folder.name(), e);
      return false;
    }
  }
}
