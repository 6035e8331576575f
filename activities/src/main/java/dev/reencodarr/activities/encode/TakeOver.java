package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.JobRecord;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.temporal.Payloads;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the jobs that run without an attempt of this process, such as those that an
 * earlier one has left: they run on while somebody may come for them, and are ended when nobody
 * wants them any more.
 */
public final class TakeOver {

  private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);
  private static final String ENCODE = "EncodeEncode";

  private final JobFolders folders;
  private final LivingJobs living;
  private final Machine machine;
  private final EncodeLimits limits;
  private final WorkflowClient client;
  private final DataConverter converter = Payloads.converter();
  private final Map<String, Long> unaskedSince = new HashMap<>();

  public TakeOver(
      JobFolders folders,
      LivingJobs living,
      Machine machine,
      EncodeLimits limits,
      WorkflowClient client) {
    this.folders = folders;
    this.living = living;
    this.machine = machine;
    this.limits = limits;
    this.client = client;
  }

  /**
   * Ends the jobs that run without an attempt of this process and that nobody wants any more; to be
   * called from time to time. Ended jobs stay until their video does. If Temporal cannot be asked,
   * all runs on. (Folders of videos whose workflow is closed are for the janitor to sweep.)
   */
  public void endUnwanted() throws IOException, InterruptedException {
    for (JobFolder folder : folders.all()) {
      Optional<JobRecord> record = folder.record();
      boolean alone =
          record.isPresent() && !living.isAttended(folder) && DetachedJob.in(folder).isRunning();
      if (!alone) {
        unaskedSince.remove(folder.name());
        continue;
      }
      DetachedJob job = DetachedJob.in(folder);
      job.stopAgain();
      if (!isWanted(folder, job.isFrozen() && !job.isHeld(), record.get().attempt())) {
        endUnlessTaken(folder, record.get().attempt());
        unaskedSince.remove(folder.name());
      }
    }
  }

  /**
   * While Temporal was asked, another attempt may have come for the job, or begun it anew: whoever
   * comes has his seat first and then waits for the lock.
   */
  private void endUnlessTaken(JobFolder folder, JobRecord.Attempt attempt)
      throws IOException, InterruptedException {
    try (var _ = folders.lock()) {
      DetachedJob job = DetachedJob.in(folder);
      boolean same = folder.record().map(JobRecord::attempt).filter(attempt::equals).isPresent();
      if (!same || living.isAttended(folder) || !job.isRunning()) {
        return;
      }
      LOG.info("job {} is not wanted any more and is ended", folder.name());
      job.end(limits.patience());
      folder.remove();
    }
  }

  private boolean isWanted(JobFolder folder, boolean isFrozen, JobRecord.Attempt attempt) {
    try {
      return isWanted(
          folder,
          isFrozen,
          attempt,
          client.newUntypedWorkflowStub(attempt.workflowId()).describe().getRawDescription());
    } catch (WorkflowNotFoundException e) {
      return false;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      LOG.warn("Temporal cannot be asked about {}, it runs on", folder.name(), e);
      return true;
    }
  }

  private boolean isWanted(
      JobFolder folder,
      boolean isFrozen,
      JobRecord.Attempt attempt,
      DescribeWorkflowExecutionResponse workflow) {
    if (workflow.getWorkflowExecutionInfo().getStatus()
        != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
      return false;
    }
    List<PendingActivityInfo> encodes =
        workflow.getPendingActivitiesList().stream()
            .filter(activity -> activity.getActivityType().getName().equals(ENCODE))
            .toList();
    if (encodes.isEmpty()) {
      // Between two attempts, or past the encode: nobody can tell until some time has gone by. A
      // frozen one waits for its video to be resumed.
      return isFrozen || !isUnaskedForTooLong(folder);
    }
    unaskedSince.remove(folder.name());
    return encodes.stream().anyMatch(activity -> mayComeHere(activity, attempt));
  }

  private boolean isUnaskedForTooLong(JobFolder folder) {
    long since = unaskedSince.computeIfAbsent(folder.name(), name -> System.nanoTime());
    return Duration.ofNanos(System.nanoTime() - since).compareTo(limits.unwanted()) > 0;
  }

  /** Our own attempt, one that nobody has begun, or one that this host has begun. */
  private boolean mayComeHere(PendingActivityInfo activity, JobRecord.Attempt attempt) {
    boolean begun = activity.getState() != PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED;
    return activity.getActivityId().equals(attempt.activityId())
        || !begun
        || hostOf(activity).map(machine.host()::equals).orElse(true);
  }

  private Optional<String> hostOf(PendingActivityInfo activity) {
    if (!activity.hasHeartbeatDetails()) {
      return Optional.empty();
    }
    try {
      EncodeProgress progress =
          converter.fromPayloads(
              0,
              Optional.of(activity.getHeartbeatDetails()),
              EncodeProgress.class,
              EncodeProgress.class);
      return Optional.ofNullable(progress).map(EncodeProgress::host);
    } catch (DataConverterException e) {
      LOG.warn("a heartbeat cannot be read, its host is unknown", e);
      return Optional.empty();
    }
  }
}
