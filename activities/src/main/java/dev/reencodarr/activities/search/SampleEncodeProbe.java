package dev.reencodarr.activities.search;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.analysis.MountCheck;
import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.pause.PauseWatch;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.NoSpace;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ProvedDecoders;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.SearchPointRepository;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.activities.temporal.Heartbeats;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.encode.EncodeProgress.Phase;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.plan.EncoderThreads;
import dev.reencodarr.workflows.search.ProbeActivities;
import dev.reencodarr.workflows.search.ProbeOutcome;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.SearchPoint;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Measures points with {@code ab-av1 sample-encode}; it dies with this worker. */
public final class SampleEncodeProbe implements ProbeActivities {

  private final ProgramRunner runner;
  private final AttemptLogs logs;
  private final InstalledTools installed;
  private final ToolSet tools;
  private final Machine machine;
  private final DeviceBudgets budgets;
  private final ProvedDecoders decoders;
  private final MountCheck mounts;
  private final SearchPointRepository points;
  private final PauseRepository pauses;
  private final KeptSamples kept;
  private final ProbesUnderWay underWay = new ProbesUnderWay();

  public SampleEncodeProbe(
      ProgramRunner runner,
      AttemptLogs logs,
      InstalledTools installed,
      Machine machine,
      DeviceBudgets budgets,
      ProvedDecoders decoders,
      MountCheck mounts,
      SearchPointRepository points,
      PauseRepository pauses) {
    this.runner = runner;
    this.logs = logs;
    this.installed = installed;
    this.tools = installed.tools();
    this.machine = machine;
    this.budgets = budgets;
    this.decoders = decoders;
    this.mounts = mounts;
    this.points = points;
    this.pauses = pauses;
    this.kept = new KeptSamples(SampleFolders.in(machine.workFolder()));
  }

  /**
   * Removes what probes of a worker that was killed have left, kept samples with it: after a loss
   * of power nobody knows whether they are whole. To be called before the first probe.
   */
  public void removeLeftovers() {
    ProbeFolder.remove(probes());
    ProbeFolder.remove(SampleFolders.in(machine.workFolder()).path());
  }

  private Path probes() {
    return ProbeFolders.in(machine.workFolder()).path();
  }

  @Override
  public ProbeOutcome probe(ProbeRequest request) {
    Optional<SearchPoint> known = points.find(request.identity(), request.setting(), request.crf());
    if (known.isPresent()) {
      return new ProbeOutcome.Measured(known.get(), 0);
    }
    return logs.during(
        "probe",
        Path.of(request.source().value()),
        log -> probe(request, runner.heardBy(log), Heartbeats.ofThisActivity()));
  }

  private ProbeOutcome probe(ProbeRequest request, ProgramRunner heard, Heartbeats heartbeats) {
    PauseWatch pause = PauseWatch.over(pauses, request.video());
    if (pause.isPaused()) {
      return new ProbeOutcome.Paused();
    }
    Runnable queued =
        () -> {
          beat(heartbeats, Phase.QUEUED);
          pause.requireNotPaused();
        };
    Runnable probing =
        () -> {
          beat(heartbeats, Phase.PROBING);
          pause.requireNotFrozen();
        };
    try (ProbesUnderWay.Turn _ = underWay.take(request, queued)) {
      Optional<SearchPoint> meanwhile =
          points.find(request.identity(), request.setting(), request.crf());
      return meanwhile.isPresent()
          ? new ProbeOutcome.Measured(meanwhile.get(), 0)
          : probe(request, heard, queued, probing);
    } catch (PauseWatch.HeldUp _) {
      // It takes minutes at most, and is measured once the video goes on.
      return new ProbeOutcome.Paused();
    } catch (CoreBudget.MachineHeld _) {
      // It goes back into the queue, for a machine that is not held up.
      return new ProbeOutcome.Paused();
    } catch (ProgramNotStarted e) {
      throw Faults.of(EvidenceKind.TOOL_UNFIT, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw Faults.of(kindOf(e), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Faults.of(EvidenceKind.WORKER_RESTARTED, "the worker stopped during the probe");
    }
  }

  private ProbeOutcome probe(
      ProbeRequest request, ProgramRunner heard, Runnable queued, Runnable probing)
      throws IOException, InterruptedException {
    try (CoreBudget.Lease lease = budgets.of(request.setting().encoder()).takeOrLeave(queued)) {
      int threads = EncoderThreads.used(lease.threads(), request.threadsHalved());
      return measure(request, heard, threads, probing);
    }
  }

  private void beat(Heartbeats heartbeats, Phase phase) {
    heartbeats.beat(new EncodeProgress(phase, machine.host(), -1, 0, -1, 0));
  }

  private EvidenceKind kindOf(IOException failure) {
    if (NoSpace.isSaidBy(failure)) {
      return EvidenceKind.DISK_FULL;
    }
    return machine.isToBlameFor(failure) ? EvidenceKind.WORK_FOLDER : EvidenceKind.FILE_ACCESS;
  }

  private ProbeOutcome measure(
      ProbeRequest request, ProgramRunner heard, int threads, Runnable everySecond)
      throws IOException, InterruptedException {
    CoreBudget budget = budgets.of(request.setting().encoder());
    long begin = System.nanoTime() - budget.heldNanos();
    Optional<String> before = changeOf(request);
    if (before.isPresent()) {
      return new ProbeOutcome.SourceChanged(before.get());
    }
    try (ProbeFolder folder =
        ProbeFolder.create(
            probes(), Path.of(request.source().value()), request.source().extension())) {
      Optional<SearchPoint> point = point(request, heard, threads, folder, everySecond);
      Optional<String> after = changeOf(request);
      if (after.isPresent() || point.isEmpty()) {
        return new ProbeOutcome.SourceChanged(after.orElse("it was written to meanwhile"));
      }
      double seconds = (System.nanoTime() - budget.heldNanos() - begin) / 1e9;
      points.store(
          request, point.get(), machine.host(), threads, seconds, installed.versions().ofProbes());
      return new ProbeOutcome.Measured(point.get(), seconds);
    }
  }

  /** The point; empty if the source has changed, which says more than any fault. */
  private Optional<SearchPoint> point(
      ProbeRequest request,
      ProgramRunner heard,
      int threads,
      ProbeFolder folder,
      Runnable everySecond)
      throws IOException, InterruptedException {
    Measurement measurement =
        new Measurement(
            request,
            folder,
            kept,
            () -> changeOf(request).isEmpty(),
            heard,
            tools,
            machine,
            threads,
            decoders.now());
    try {
      return measurement.point(everySecond);
    } catch (ApplicationFailure fault) {
      if (changeOf(request).isPresent()) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  /**
   * In what the file differs from the analysed one; empty if it seems to be the same.
   *
   * @throws ApplicationFailure of kind MOUNT_GONE if its library is not there: then nothing is
   *     known
   */
  private Optional<String> changeOf(ProbeRequest request) throws IOException {
    Optional<String> change = changeAtItsPath(request);
    if (change.isPresent()) {
      mounts.requireMounted(request.source());
    }
    return change;
  }

  private static Optional<String> changeAtItsPath(ProbeRequest request) throws IOException {
    try {
      FileIdentity.Stamp stamp = FileIdentity.Stamp.of(Path.of(request.source().value()));
      return stamp.fits(request.identity())
          ? Optional.empty()
          : Optional.of(
              "size %d of %s was analysed, size %d of %s is there"
                  .formatted(
                      request.identity().size(),
                      request.identity().mtime(),
                      stamp.size(),
                      stamp.mtime()));
    } catch (NoSuchFileException e) {
      return Optional.of("the file is not there any more");
    }
  }
}
