package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.analysis.Ffprobe;
import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.analysis.MountCheck;
import dev.reencodarr.activities.analysis.NotMedia;
import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramListener;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.activities.temporal.Heartbeats;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.replace.Verdict;
import dev.reencodarr.workflows.replace.VerifyActivities;
import dev.reencodarr.workflows.replace.VerifyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Judges results by everything that could make a swap a loss; cheap checks come first. */
public final class Verifier implements VerifyActivities {

  private final ProgramRunner programs;
  private final AttemptLogs logs;
  private final ToolSet tools;
  private final Machine machine;
  private final DeviceBudgets budgets;
  private final Ffprobe ffprobe;
  private final MountCheck mounts;
  private final Supplier<Consumer<EncodeProgress>> heartbeats;

  /**
   * @param budgets that of a result's encoder scores it: a device that has made it is not kept
   *     waiting for another
   * @param mounts tells a source that has changed from one whose library is not there
   */
  public Verifier(
      ProgramRunner programs,
      AttemptLogs logs,
      ToolSet tools,
      Machine machine,
      DeviceBudgets budgets,
      Ffprobe ffprobe,
      MountCheck mounts) {
    this(
        programs,
        logs,
        tools,
        machine,
        budgets,
        ffprobe,
        mounts,
        () -> Heartbeats.ofThisActivity()::beat);
  }

  Verifier(
      ProgramRunner programs,
      AttemptLogs logs,
      ToolSet tools,
      Machine machine,
      DeviceBudgets budgets,
      Ffprobe ffprobe,
      MountCheck mounts,
      Supplier<Consumer<EncodeProgress>> heartbeats) {
    this.programs = programs;
    this.logs = logs;
    this.tools = tools;
    this.machine = machine;
    this.budgets = budgets;
    this.ffprobe = ffprobe;
    this.mounts = mounts;
    this.heartbeats = heartbeats;
  }

  @Override
  public Verdict verify(VerifyRequest request) {
    return logs.during(
        "verification", Path.of(request.source().value()), log -> notRefused(verify(request, log)));
  }

  /** A refusal is thrown, so that it leaves what every failed attempt leaves: a log, a witness. */
  private static Verdict notRefused(Verdict verdict) {
    if (verdict instanceof Verdict.Refused refused) {
      throw Faults.of(EvidenceKind.RESULT_REFUSED, refused.words());
    }
    return verdict;
  }

  private Verdict verify(VerifyRequest request, ProgramListener log) {
    try {
      Optional<Verdict> changed = sourceChange(request);
      return changed.isPresent() ? changed.get() : judge(request, log);
    } catch (ProgramNotStarted e) {
      throw Faults.of(EvidenceKind.TOOL_UNFIT, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw Faults.of(EvidenceKind.FILE_ACCESS, "a file could not be read for verification: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Faults.of(EvidenceKind.WORKER_RESTARTED, "verification was interrupted");
    }
  }

  private Optional<Verdict> sourceChange(VerifyRequest request) throws IOException {
    Path source = Path.of(request.source().value());
    Optional<String> change;
    try {
      change = request.identity().changeTo(FileIdentity.of(source));
    } catch (NoSuchFileException e) {
      change = Optional.of("it is gone");
    }
    if (change.isPresent()) {
      // Where its library is not there, nothing is known of it, and the result is still wanted.
      mounts.requireMounted(request.source());
    }
    return change.map(what -> new Verdict.SourceChanged(source + ": " + what));
  }

  private Verdict judge(VerifyRequest request, ProgramListener log)
      throws IOException, InterruptedException {
    Path file = Path.of(request.result().result().value());
    if (Files.notExists(file)) {
      return new Verdict.ResultGone(file + ": there is no such result any more");
    }
    MediaFacts result;
    try {
      result = ffprobe.heardBy(log).read(file);
    } catch (NotMedia e) {
      return new Verdict.Refused(
          Verdict.Check.UNREADABLE, "ffprobe makes nothing of the result: " + e.getMessage());
    }
    if (!request.plan().isInPlannedContainer(result)) {
      // asked first: in a transport stream even the film is not seen
      return new Verdict.Refused(
          Verdict.Check.CONTAINER,
          "the result is "
              + result.formatName()
              + ", but becomes "
              + request.plan().targetPath().fileName());
    }
    Optional<Judged> judged = Judged.of(request, result);
    return judged.isPresent()
        ? judge(judged.get(), log)
        : new Verdict.Refused(Verdict.Check.VIDEO_STREAM, "the result has no film in it");
  }

  private Verdict judge(Judged judged, ProgramListener log)
      throws IOException, InterruptedException {
    Consumer<EncodeProgress> heartbeat = heartbeats.get();
    Instruments instruments =
        new Instruments(
            programs.heardBy(log),
            tools,
            budgets.of(judged.request().plan().encoder()),
            InsideLibrary.folderOf(judged.resultFile()),
            () -> heartbeat.accept(sign(0)));

    MainVideo film = new MainVideo(judged);
    Optional<Verdict.Refused> refused =
        film.isEncoded()
            .or(film::hasPlannedFormat)
            .or(film::hasPlannedRange)
            .or(new StreamTable(judged)::check);
    if (refused.isPresent()) {
      return refused.get();
    }
    FrameTally source = counted(instruments, judged, judged.sourceFile(), judged.sourceVideo());
    FrameTally result = counted(instruments, judged, judged.resultFile(), judged.resultVideo());
    FrameCount frames = new FrameCount(judged, instruments, source, result);
    refused = frames.check();
    if (refused.isPresent()) {
      return refused.get();
    }
    refused = new PlayingTime(judged, source).check();
    if (refused.isPresent()) {
      return refused.get();
    }
    refused = frames.checkTheLast();
    if (refused.isPresent()) {
      return refused.get();
    }
    long size = Files.size(judged.resultFile());
    if (!savesEnough(judged, size)) {
      return new Verdict.SavesTooLittle(size);
    }
    SegmentScore segments = new SegmentScore(judged, instruments);
    SegmentScore.Scores scores = segments.measure(source, result);
    refused = segments.check(scores);
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<Verdict> missed = segments.promise(scores);
    if (missed.isPresent()) {
      return missed.get();
    }
    String sha256 = Sha256.of(judged.resultFile(), bytes -> heartbeat.accept(sign(bytes)));
    return new Verdict.Verified(
        sha256, size, segments.counted(scores), unscaled(segments, source, result));
  }

  /** What nobody has asked to be good is not checked, only told. */
  private static OptionalDouble unscaled(
      SegmentScore segments, FrameTally source, FrameTally result)
      throws IOException, InterruptedException {
    Optional<SegmentScore> unscaled = segments.besideUnscaled();
    return unscaled.isPresent()
        ? OptionalDouble.of(unscaled.get().measure(source, result).mean())
        : OptionalDouble.empty();
  }

  /** Where the rate is even, their number says when the last frame comes. */
  private static FrameTally counted(
      Instruments instruments, Judged judged, Path file, MediaStream.Video film)
      throws InterruptedException {
    return judged.variesInRate()
        ? instruments.countTimedPackets(file, film.index())
        : instruments.countPackets(file, film.index());
  }

  private static boolean savesEnough(Judged judged, long size) {
    double saved = 100.0 * (judged.request().identity().size() - size);
    return saved
        >= judged.request().plan().quality().leastSavingResult()
            * judged.request().identity().size();
  }

  private EncodeProgress sign(long bytes) {
    return new EncodeProgress(EncodeProgress.Phase.VERIFYING, machine.host(), -1, 0, -1, bytes);
  }
}
