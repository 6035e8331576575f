package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.media.Encoder;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set, with its meaning; {@code docs/settings.md} is the table of the keys.
 *
 * @param quality how videos are searched and encoded
 * @param cores what of the machine is used
 * @param intake which files are taken
 * @param limits reserves and times
 * @param place where this machine stands
 * @param connections where Temporal, PostgreSQL and a webhook are
 * @param webhooks where those of Sonarr and Radarr are heard
 */
public record Settings(
    QualitySettings quality,
    Cores cores,
    Devices devices,
    Intake intake,
    Limits limits,
    Place place,
    Connections connections,
    Webhooks webhooks) {

  /** Cores that a single encode makes good use of. */
  private static final int CORES_PER_JOB = 4;

  /** Two encodes with half the cores each are done sooner than one after the other with all. */
  private static final int LEAST_JOBS = 2;

  /**
   * @param jobs heavy programs at once; 0: by the cores of the machine
   * @param threads of each; 0: by the cores of the machine
   * @param analyses ffprobe at once; 0: one a core
   */
  public record Cores(int jobs, int threads, int analyses) {

    /** The numbers for a machine with this many cores: jobs × threads stays within them. */
    public Cores on(int available) {
      int someJobs = jobs > 0 ? jobs : usualJobs(available);
      int someThreads = threads > 0 ? threads : Math.max(1, available / someJobs);
      return new Cores(someJobs, someThreads, analyses > 0 ? analyses : Math.max(1, available));
    }

    private int usualJobs(int available) {
      int usual = Math.max(Math.min(LEAST_JOBS, available), available / CORES_PER_JOB);
      return threads > 0 ? Math.max(1, Math.min(usual, available / threads)) : usual;
    }
  }

  /**
   * @param gpuJobs probes and encodes at once on a kind of GPU, beside those of the cores
   * @param encoders that this machine may offer, where it can
   * @param decoders that this machine may decode by, where it can
   */
  public record Devices(int gpuJobs, List<Encoder> encoders, List<Decoding> decoders) {}

  /**
   * @param videoExtensions of files that scans look at, lower case, without the dot
   * @param stillSeconds for which size and date of a young file must hold before it is taken by
   *     {@code run}, {@code enqueue} and {@code library scan}
   * @param scheduledStillSeconds since its last change, before a file is taken by a scan by
   *     schedule, or out of a watched folder
   * @param scanHours between two scans of each library by schedule; 0: none
   * @param watchesFolders whether folders on local disks are watched for changes
   * @param openVideos of one library at work or waiting for a worker at once
   * @param followsSymlinks whether links to files are taken for the files that they lead to
   */
  public record Intake(
      List<String> videoExtensions,
      int stillSeconds,
      int scheduledStillSeconds,
      int scanHours,
      boolean watchesFolders,
      int openVideos,
      boolean followsSymlinks) {}

  /**
   * @param freeSpaceReserve bytes that stay free in work folder and library beyond what a result
   *     needs
   * @param stallSeconds without a frame after which an encode counts as stalled
   * @param leastPace of an encode; one that is slower for want of a processor is ended
   * @param quarantineDays for which originals are kept
   * @param quarantinePercent of a file system that originals may take, 1 to 100
   * @param reviewPercent of a file system that results may take which wait for a review, 1 to 100
   * @param strictOwner whether a result that cannot be given the owner of its original is refused
   * @param swapWithAGap whether, on mounts with neither atomic exchange nor hard links, an original
   *     is renamed away instead of copied, which leaves its path empty for an instant
   * @param logDays for which log files are kept
   */
  public record Limits(
      long freeSpaceReserve,
      int stallSeconds,
      Pace leastPace,
      int quarantineDays,
      int quarantinePercent,
      int reviewPercent,
      boolean strictOwner,
      boolean swapWithAGap,
      int logDays) {}

  /**
   * @param framesPerSecond over so many seconds; 0: however slow
   * @param seconds that an encode is given to keep it
   */
  public record Pace(double framesPerSecond, int seconds) {}

  /**
   * @param zone the set of machines that see the same library paths
   * @param host name of this machine, stable across restarts
   */
  public record Place(String zone, String host) {}

  /**
   * @param temporalAddress host:port; empty: none is set and no local stack is known
   * @param temporalUi address of the Web UI; empty: unknown
   * @param databaseUrl a JDBC address of PostgreSQL, without a password; empty like the address
   * @param databasePasswordFile whose first line is the password; empty: none is needed
   * @param criticalWebhookFile whose first line is the address that is told of critical failures
   */
  public record Connections(
      Optional<String> temporalAddress,
      String temporalNamespace,
      Optional<String> temporalUi,
      Optional<String> databaseUrl,
      Optional<String> databasePasswordFile,
      Optional<String> criticalWebhookFile) {}

  /**
   * @param address host:port to listen at; empty: none is heard
   * @param publicUrl of it, as others reach it; empty: by the name of this machine
   */
  public record Webhooks(Optional<String> address, Optional<String> publicUrl) {}
}
