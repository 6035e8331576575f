package dev.reencodarr.activities.janitor;

import dev.reencodarr.activities.encode.LivingJobs;
import dev.reencodarr.activities.encode.ViewingFolders;
import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.OrphanedPrograms;
import dev.reencodarr.activities.search.ProbeFolders;
import dev.reencodarr.activities.search.SampleFolders;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.activities.video.WorkflowRuns;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.janitor.FindingKind;
import dev.reencodarr.workflows.janitor.MachineSweepActivities;
import dev.reencodarr.workflows.janitor.Swept;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The work folder of this machine, and the programs in it. */
public final class MachineSweep implements MachineSweepActivities {

  /** Whoever is to come back comes within a day. */
  private static final Duration GRACE = Duration.ofHours(24);

  private final JobFolders jobs;
  private final LivingJobs living;
  private final Machine machine;
  private final OrphanedPrograms programs;
  private final ProbeFolders probes;
  private final SampleFolders samples;
  private final ViewingFolders viewing;
  private final VideoRepository videos;
  private final VideoRuns runs;
  private final Duration patience;
  private final Duration logs;
  private final Consumer<String> heartbeat;

  /**
   * @param patience between SIGINT and SIGKILL
   * @param logs how long the logs of failed work are kept
   */
  public MachineSweep(
      JobFolders jobs,
      LivingJobs living,
      Machine machine,
      Database database,
      WorkflowClient client,
      Duration patience,
      Duration logs)
      throws IOException {
    this(
        jobs,
        living,
        machine,
        database,
        VideoRuns.of(new WorkflowRuns(client)),
        patience,
        logs,
        what -> Activity.getExecutionContext().heartbeat(what));
  }

  MachineSweep(
      JobFolders jobs,
      LivingJobs living,
      Machine machine,
      Database database,
      VideoRuns runs,
      Duration patience,
      Duration logs,
      Consumer<String> heartbeat)
      throws IOException {
    this.jobs = jobs;
    this.living = living;
    this.machine = machine;
    this.programs = new OrphanedPrograms(jobs, machine.workFolder());
    this.probes = ProbeFolders.in(machine.workFolder());
    this.samples = SampleFolders.in(machine.workFolder());
    this.viewing = ViewingFolders.in(machine.workFolder());
    this.videos = new VideoRepository(database);
    this.runs = runs;
    this.patience = patience;
    this.logs = logs;
    this.heartbeat = heartbeat;
  }

  @Override
  public Swept processes() {
    Findings findings = new Findings();
    try {
      for (OrphanedPrograms.Orphan orphan : orphans()) {
        heartbeat.accept(orphan.folder().toString());
        boolean ended = programs.end(orphan, patience);
        findings.add(
            FindingKind.ORPHANED_PROCESS,
            orphan.command()
                + " (pid "
                + orphan.pid()
                + " on "
                + machine.host()
                + ") worked in "
                + orphan.folder()
                + " and nobody waited for it: "
                + (ended ? "ended" : "it cannot be ended"));
      }
    } catch (IOException e) {
      throw fault(e);
    }
    return findings.swept();
  }

  private List<OrphanedPrograms.Orphan> orphans() throws IOException {
    try (var _ = jobs.lock()) {
      return programs.find();
    } catch (InterruptedException e) {
      throw stopping();
    }
  }

  @Override
  public Swept folders() {
    Findings findings = new Findings();
    try {
      for (JobFolder folder : jobs.all()) {
        heartbeat.accept(folder.name());
        job(folder, findings);
      }
      for (Path folder : probes.all()) {
        heartbeat.accept(folder.toString());
        probe(folder, findings);
      }
      for (Path folder : samples.all()) {
        heartbeat.accept(folder.toString());
        samples(folder, findings);
      }
      for (Path folder : viewing.all()) {
        heartbeat.accept(folder.toString());
        viewed(folder, findings);
      }
      for (Path draft : halfTokens()) {
        heartbeat.accept(draft.toString());
        Files.deleteIfExists(draft);
        findings.add(
            FindingKind.LEFTOVER,
            "half an attempt's token on " + machine.host() + ", a day old: removed");
      }
      removeOldLogs();
    } catch (IOException e) {
      throw fault(e);
    }
    return findings.swept();
  }

  /** Their days are over as was said: nothing to be told of. */
  private void removeOldLogs() throws IOException {
    for (Path log : jobs.logs().all()) {
      heartbeat.accept(log.toString());
      if (Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS) && Ages.isOlder(log, logs)) {
        Files.deleteIfExists(log);
      }
    }
  }

  private void job(JobFolder folder, Findings findings) throws IOException {
    Optional<VideoId> video = videoOf(folder);
    if (video.isEmpty()) {
      findings.add(
          FindingKind.UNKNOWN,
          folder.path() + " on " + machine.host() + " is not named like a job: left alone");
    } else if (isIdle(folder)) {
      Optional<String> why = reasonToRemove(folder, video.get());
      if (why.isPresent() && removed(folder)) {
        findings.add(
            FindingKind.LEFTOVER,
            "job folder " + folder.name() + " on " + machine.host() + why.get() + ": removed");
      }
    } else {
      Optional<String> why = reasonToEnd(folder, video.get());
      if (why.isPresent() && ended(folder)) {
        findings.add(
            FindingKind.ORPHANED_PROCESS,
            "job " + folder.name() + " on " + machine.host() + " ran on" + why.get() + ": ended");
      }
    }
  }

  /** A job that runs is wanted while its video is at work; one that was frozen is kept for it. */
  private Optional<String> reasonToEnd(JobFolder folder, VideoId id) throws IOException {
    DetachedJob job = DetachedJob.in(folder);
    if (living.isAttended(folder) || (job.isFrozen() && !job.isHeld())) {
      return Optional.empty();
    }
    boolean isRunning = runs.isRunning(id);
    return videos
        .find(id)
        .map(Video::state)
        .filter(state -> isRunning ? state == VideoState.WAITING : isEnd(state))
        .map(state -> ", though its video is " + state.code() + " and nobody waits for it");
  }

  private static boolean isEnd(VideoState state) {
    return state != VideoState.FOUND && !state.isWork();
  }

  private boolean ended(JobFolder folder) throws IOException {
    try (var _ = jobs.lock()) {
      if (living.isAttended(folder)) {
        return false;
      }
      DetachedJob.in(folder).end(patience);
      folder.remove();
      return true;
    } catch (InterruptedException e) {
      throw stopping();
    }
  }

  private static Optional<VideoId> videoOf(JobFolder folder) {
    int dot = folder.name().indexOf('.');
    return dot < 0 ? Optional.empty() : id(folder.name().substring(0, dot)).map(VideoId::new);
  }

  private static Optional<UUID> id(String name) {
    try {
      UUID id = UUID.fromString(name);
      return id.toString().equals(name) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isIdle(JobFolder folder) throws IOException {
    return !living.isAttended(folder) && !DetachedJob.in(folder).isRunning();
  }

  /** A job is kept while its video is at work, and while the video may come back for it. */
  private Optional<String> reasonToRemove(JobFolder folder, VideoId id) throws IOException {
    if (runs.isRunning(id)) {
      return Optional.empty();
    }
    Optional<VideoState> state = videos.find(id).map(Video::state);
    if (state.filter(MachineSweep::isEnd).isPresent()) {
      return Optional.of(": its video is " + state.orElseThrow().code());
    }
    return isOld(folder.path())
        ? Optional.of(": nobody has come back for it for a day")
        : Optional.empty();
  }

  private boolean removed(JobFolder folder) throws IOException {
    try (var _ = jobs.lock()) {
      if (!folder.exists() || !isIdle(folder)) {
        return false;
      }
      // What is left beneath a wrapper that is dead.
      DetachedJob.in(folder).end(patience);
      folder.remove();
      return true;
    } catch (InterruptedException e) {
      throw stopping();
    }
  }

  private void probe(Path folder, Findings findings) throws IOException {
    boolean named =
        id(folder.getFileName().toString()).isPresent()
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    if (!named) {
      findings.add(
          FindingKind.UNKNOWN,
          folder + " on " + machine.host() + " is not named like a probe: left alone");
    } else if (isOld(folder) && !OrphanedPrograms.worksIn(folder)) {
      probes.remove(folder);
      findings.add(
          FindingKind.LEFTOVER,
          "probe folder "
              + folder.getFileName()
              + " on "
              + machine.host()
              + ": a day old and nobody works in it: removed");
    }
  }

  /** Their hours are over as was said: nothing to be told of. */
  private void samples(Path folder, Findings findings) throws IOException {
    if (!SampleFolders.isNamed(folder)) {
      findings.add(
          FindingKind.UNKNOWN,
          folder + " on " + machine.host() + " is not named like samples: left alone");
    } else if (SampleFolders.isOver(folder)) {
      samples.remove(folder);
    }
  }

  /** Their days are over as was said: nothing to be told of. */
  private void viewed(Path folder, Findings findings) throws IOException {
    if (!ViewingFolders.isNamed(folder)) {
      findings.add(
          FindingKind.UNKNOWN,
          folder + " on " + machine.host() + " is not named like a sample: left alone");
    } else if (Ages.isOlder(folder, logs)) {
      viewing.remove(folder);
    }
  }

  /** What is whole is handed back by the next start of the worker; half of one is nothing. */
  private List<Path> halfTokens() throws IOException {
    Path folder = machine.workFolder().resolve("attempts");
    List<Path> old = new ArrayList<>();
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, ".*")) {
        for (Path draft : drafts) {
          if (isOld(draft)) {
            old.add(draft);
          }
        }
      }
    }
    return old;
  }

  private static boolean isOld(Path path) throws IOException {
    return Ages.isOlder(path, GRACE);
  }

  private static RuntimeException stopping() {
    Thread.currentThread().interrupt();
    return Faults.of(EvidenceKind.WORKER_RESTARTED, "the worker stops during a sweep");
  }

  private RuntimeException fault(IOException failure) {
    return Faults.of(
        EvidenceKind.INFRASTRUCTURE,
        "the work folder of " + machine.host() + " cannot be swept: " + failure);
  }
}
