package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.analysis.MountCheck;
import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.JobRecord;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ProvedDecoders;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.store.EncodeRepository;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.temporal.Heartbeats;
import dev.reencodarr.workflows.encode.EncodeActivities;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.TimeoutFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.dao.DataAccessException;

/** Encodes with ab-av1, in jobs that outlive the worker. */
public final class AbAv1Encoder implements EncodeActivities {

  private final Parts parts;
  private final EncodeFaults faults;

  /**
   * What an encoder works with.
   *
   * @param installed the tools, and what they say of themselves
   * @param runner for what is done before an encode
   * @param logs of what is done before an encode
   * @param folders of {@code machine.workFolder()}
   * @param pauses looked at before an encode begins, and while it runs
   * @param decoders that the machine has proved
   * @param living the cores that jobs hold, one for the whole worker
   * @param mounts tells a source that has changed from one whose library is not there
   */
  public record Parts(
      InstalledTools installed,
      ProgramRunner runner,
      AttemptLogs logs,
      Machine machine,
      JobFolders folders,
      ProvedDecoders decoders,
      LivingJobs living,
      MountCheck mounts,
      EncodeRepository repository,
      PauseRepository pauses,
      EncodeLimits limits) {

    ToolSet tools() {
      return installed.tools();
    }

    /** HOME of the programs. */
    Path home() {
      return machine.workFolder().resolve("home");
    }
  }

  public AbAv1Encoder(Parts parts) {
    this.parts = parts;
    this.faults = new EncodeFaults(parts.machine(), parts.installed());
  }

  @Override
  public EncodeOutcome encode(EncodeRequest request) {
    Heartbeats heartbeats = Heartbeats.ofThisActivity();
    try {
      return new EncodeAttempt(
              parts, parts.installed().versions(), faults, request, thisAttempt(), heartbeats::beat)
          .run();
    } catch (ActivityCanceledException e) {
      if (e.getCause() instanceof TimeoutFailure) {
        throw faults.restarted("contact with Temporal was lost; the encode runs on");
      }
      throw e;
    } catch (ActivityCompletionException e) {
      // The worker stops, or this attempt is not known any more: the job runs on, and the review
      // of jobs ends it when nobody wants it.
      throw faults.restarted("the attempt was given up; the encode runs on");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw faults.restarted("the worker stops; the encode runs on");
    } catch (ProgramNotStarted e) {
      throw faults.of(EvidenceKind.TOOL_UNFIT, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw faults.ofFile(e);
    } catch (DataAccessException e) {
      throw faults.of(
          EvidenceKind.INFRASTRUCTURE, "the encode could not be recorded: " + e.getMessage());
    }
  }

  private static JobRecord.Attempt thisAttempt() {
    ActivityInfo info = Activity.getExecutionContext().getInfo();
    return new JobRecord.Attempt(
        Objects.requireNonNullElse(info.getWorkflowId(), ""),
        Objects.requireNonNullElse(info.getWorkflowRunId(), ""),
        info.getActivityId());
  }

  @Override
  public void discard(VideoId video) {
    try {
      for (JobFolder folder : parts.folders().of(video.toString())) {
        DetachedJob.in(folder).end(parts.limits().patience());
        try (var _ = parts.folders().lock()) {
          folder.remove();
        }
      }
    } catch (IOException e) {
      throw faults.ofFile(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw faults.restarted("the worker stops");
    }
  }
}
