package dev.reencodarr.activities.broken;

import dev.reencodarr.activities.analysis.Ffprobe;
import dev.reencodarr.activities.analysis.FileAnalysis;
import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.analysis.MountCheck;
import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.IdleRunner;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramListener;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.process.WorkPermit;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.activities.temporal.Heartbeats;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.broken.SourceCheckActivities;
import dev.reencodarr.workflows.broken.SourceCheckOutcome;
import dev.reencodarr.workflows.broken.SourceFile;
import dev.reencodarr.workflows.broken.SourceJudgement;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks sources with ffprobe and ffmpeg, at the lowest priority. Stores nothing. */
public final class SourceChecker implements SourceCheckActivities {

  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private final ProgramRunner programs;
  private final ToolSet tools;
  private final int threads;
  private final WorkPermit permit;
  private final MountCheck mounts;
  private final AttemptLogs logs;
  private final Supplier<Runnable> beats;

  /**
   * @param threads of a decoder, at least 1
   * @param permit whether a check may begin
   * @param mounts tells a file that is gone from one whose library is not there
   */
  public SourceChecker(
      ProgramRunner programs,
      ToolSet tools,
      int threads,
      WorkPermit permit,
      MountCheck mounts,
      AttemptLogs logs,
      Machine machine) {
    this(programs, tools, threads, permit, mounts, logs, () -> beat(machine));
  }

  SourceChecker(
      ProgramRunner programs,
      ToolSet tools,
      int threads,
      WorkPermit permit,
      MountCheck mounts,
      AttemptLogs logs,
      Supplier<Runnable> beats) {
    this.programs = new IdleRunner(programs);
    this.tools = tools;
    this.threads = threads;
    this.permit = permit;
    this.mounts = mounts;
    this.logs = logs;
    this.beats = beats;
  }

  private static Runnable beat(Machine machine) {
    Heartbeats heartbeats = Heartbeats.ofThisActivity();
    EncodeProgress sign =
        new EncodeProgress(EncodeProgress.Phase.CHECKING, machine.host(), -1, 0, -1, 0);
    return () -> heartbeats.beat(sign);
  }

  @Override
  public SourceCheckOutcome check(SourceFile file, boolean deep) {
    Runnable beat = beats.get();
    return logs.during("check", path(file), log -> check(file, deep, log, beat));
  }

  private SourceCheckOutcome check(
      SourceFile file, boolean deep, ProgramListener log, Runnable beat) {
    try {
      awaitPermit(beat);
      Optional<String> change = change(file);
      if (change.isPresent()) {
        return new SourceCheckOutcome.Changed(change.get());
      }
      return unlessItChanges(file, deep, log, beat);
    } catch (IOException e) {
      throw Faults.of(Evidence.ofFile(EvidenceKind.FILE_ACCESS, file.path().value(), e.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Faults.of(EvidenceKind.WORKER_RESTARTED, "the worker stopped during the check");
    }
  }

  private void awaitPermit(Runnable beat) throws InterruptedException {
    while (!permit.mayBegin()) {
      beat.run();
      Thread.sleep(A_SECOND);
    }
  }

  /** Nothing that is said of a file that changes meanwhile counts. */
  private SourceCheckOutcome unlessItChanges(
      SourceFile file, boolean deep, ProgramListener log, Runnable beat)
      throws IOException, InterruptedException {
    boolean isRead;
    try {
      isRead = isRead(file, deep, log, beat);
    } catch (ApplicationFailure fault) {
      Optional<String> change = change(file);
      if (change.isPresent()) {
        return new SourceCheckOutcome.Changed(change.get());
      }
      throw fault;
    }
    Optional<String> change = change(file);
    if (change.isEmpty() && !isRead) {
      change = Optional.of("it was not there when it was to be read");
    }
    return change
        .<SourceCheckOutcome>map(SourceCheckOutcome.Changed::new)
        .orElseGet(SourceCheckOutcome.Sound::new);
  }

  /**
   * Programs take a disk or a network that does not answer for the end of a file or for damage, and
   * not all of them say so. Nothing is held against a file unless all of its bytes can be read and
   * the same is found once more after that.
   */
  private boolean isRead(SourceFile file, boolean deep, ProgramListener log, Runnable beat)
      throws InterruptedException {
    CheckPrograms asked =
        new CheckPrograms(programs.heardBy(log), tools, threads, path(file), beat);
    try {
      return isJudged(file, deep, asked, beat);
    } catch (ApplicationFailure fault) {
      if (!isAgainstTheFile(fault, deep)) {
        throw fault;
      }
    }
    asked.readBytes();
    return isJudged(file, deep, asked, beat);
  }

  private static boolean isAgainstTheFile(ApplicationFailure fault, boolean deep) {
    return Faults.evidence(fault)
        .map(evidence -> SourceJudgement.of(evidence, deep))
        .filter(SourceJudgement::isBroken)
        .isPresent();
  }

  /** False: there is no film any more that could be judged. */
  private boolean isJudged(SourceFile file, boolean deep, CheckPrograms asked, Runnable beat)
      throws InterruptedException {
    // Also where a hold stops ffprobe for hours, the check is not believed lost.
    ProgramRunner beating =
        (call, everySecond) ->
            programs.run(
                call,
                () -> {
                  everySecond.run();
                  beat.run();
                });
    FileAnalysis files = new FileAnalysis(new Ffprobe(beating, tools), mounts, logs);
    if (!(files.look(file.path()) instanceof Analysis.Analysed analysed)
        || analysed.file().symlink()) {
      return false;
    }
    if (deep) {
      new WholeCheck(asked, analysed.media()).check();
    } else {
      new EndCheck(asked, analysed.media()).check();
    }
    return true;
  }

  /** In what a file differs from what it was. */
  private Optional<String> change(SourceFile file) throws IOException {
    try {
      if (Files.isSymbolicLink(path(file))) {
        return Optional.of("it is a link by now");
      }
      FileIdentity.Stamp stamp = FileIdentity.Stamp.of(path(file));
      boolean isTheSame = stamp.size() == file.size() && stamp.mtime().equals(file.mtime());
      return isTheSame ? Optional.empty() : Optional.of("it has changed since it was last seen");
    } catch (NoSuchFileException e) {
      mounts.requireMounted(file.path());
      return Optional.of("it is not there any more");
    }
  }

  private static Path path(SourceFile file) {
    return Path.of(file.path().value());
  }
}
