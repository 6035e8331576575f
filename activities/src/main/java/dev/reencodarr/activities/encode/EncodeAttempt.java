package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.encode.EncodeFaults.Exit;
import dev.reencodarr.activities.encode.JobWatch.Seen;
import dev.reencodarr.activities.failure.AttemptLog;
import dev.reencodarr.activities.pause.PauseWatch;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.DetachedJob.State;
import dev.reencodarr.activities.process.FreeResources;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobRecord;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ToolVersions;
import dev.reencodarr.activities.store.EncodeRow;
import dev.reencodarr.activities.store.EncodeRow.Ending;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.encode.EncodeProgress.Phase;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureCode;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.EncoderThreads;
import dev.reencodarr.workflows.replace.Room;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;

/** One attempt at one encode: attaches to its job or starts it, and waits for its end. */
final class EncodeAttempt {

  /** Says that the result has reached the disk; before, a power cut may have torn it. */
  private static final String ON_DISK = "result-on-disk";

  /** What ab-av1 says where a result is shorter than its source says that it is. */
  private static final String SHORT = "verify: output duration";

  private static final Duration PREPARING = Duration.ofHours(6);

  private final AbAv1Encoder.Parts parts;
  private final EncodeFaults faults;
  private final EncodeRequest request;
  private final JobRecord.Attempt attempt;
  private final Consumer<EncodeProgress> beats;
  private final JobFolder folder;
  private final DetachedJob job;
  private final PauseWatch pause;
  private final Path source;

  EncodeAttempt(
      AbAv1Encoder.Parts parts,
      ToolVersions versions,
      EncodeFaults faults,
      EncodeRequest request,
      JobRecord.Attempt attempt,
      Consumer<EncodeProgress> beats) {
    this.parts = parts;
    this.faults = faults;
    this.request = request;
    this.attempt = attempt;
    this.beats = beats;
    this.folder = parts.folders().folder(request.video().toString(), JobKey.of(request, versions));
    this.job = DetachedJob.in(folder);
    this.pause = PauseWatch.over(parts.pauses(), request.video());
    this.source = Path.of(request.source().value());
  }

  EncodeOutcome run() throws IOException, InterruptedException {
    Optional<String> changed = change();
    if (changed.isPresent()) {
      return changed(changed.get());
    }
    if (isHeldUp()) {
      return paused();
    }
    try (LivingJobs.Seat seat = seat()) {
      return attachOrStart(seat.threads());
    } catch (PauseWatch.HeldUp _) {
      return paused();
    } catch (CoreBudget.MachineHeld _) {
      // It goes back into the queue, for a machine that is not held up.
      return new EncodeOutcome.Paused("");
    }
  }

  /** What runs goes on in a pause, unless it is to be frozen. */
  private boolean isHeldUp() throws IOException {
    return switch (job.state()) {
      case State.NotRunning _ -> pause.isPaused();
      case State.Running _ -> pause.isFrozen();
      case State.Ended _ -> false;
    };
  }

  private EncodeOutcome paused() throws IOException, InterruptedException {
    try (var _ = parts.folders().lock()) {
      job.freeze(Instant.now());
    }
    return new EncodeOutcome.Paused(job.isFrozen() ? parts.machine().host() : "");
  }

  /**
   * A job that runs has its cores, also while its machine is held up; one that has to be started or
   * thawed waits for them.
   */
  private LivingJobs.Seat seat() throws IOException, InterruptedException {
    Encoder encoder = request.plan().encoder();
    Runnable queued =
        () -> {
          beat(Phase.QUEUED);
          pause.requireNotPaused();
        };
    if (job.state() instanceof State.NotRunning) {
      return parts.living().awaitOrLeave(folder, encoder, queued);
    }
    if (job.isFrozen() && !job.isHeld()) {
      return parts.living().await(folder, encoder, queued);
    }
    return parts.living().attend(folder);
  }

  private EncodeOutcome attachOrStart(int threads) throws IOException, InterruptedException {
    try {
      start(threads);
      return outcome(watch());
    } catch (ActivityCanceledException e) {
      // A timeout as its cause means that contact was lost: nobody has asked for an end.
      if (!(e.getCause() instanceof TimeoutFailure)) {
        cancel();
      }
      throw e;
    }
  }

  // --- start -------------------------------------------------------------------------------

  private void start(int threads) throws IOException, InterruptedException {
    try (var _ = parts.folders().lock()) {
      endSuperseded();
      distrustWhatAPowerCutMayHaveTorn();
      if (!(job.state() instanceof State.NotRunning)) {
        attach();
        return;
      }
      requireSpace();
      layOut();
    }
    prepare();
    try (var _ = parts.folders().lock()) {
      List<String> command =
          AbAv1Arguments.of(
              parts.tools().abAv1(),
              request,
              EncoderThreads.used(threads, request.threadsHalved()),
              parts.decoders().now());
      boolean started = job.start(command, parts.tools(), parts.home(), attempt, Instant.now());
      if (!started) {
        attach();
      }
    }
  }

  private void attach() throws IOException {
    if (!job.isHeld()) {
      job.thaw(Instant.now());
    }
    Optional<JobRecord> record = folder.record();
    if (record.isPresent()) {
      folder.write(record.get().waitedForBy(attempt));
    }
  }

  /** Other jobs of this video: what runs is not wanted any more, what has ended is kept. */
  private void endSuperseded() throws IOException {
    for (JobFolder other : parts.folders().of(request.video().toString())) {
      DetachedJob old = DetachedJob.in(other);
      if (!other.name().equals(folder.name()) && !(old.state() instanceof State.Ended)) {
        old.end(parts.limits().patience());
        other.remove();
      }
    }
  }

  private void distrustWhatAPowerCutMayHaveTorn() throws IOException {
    if (job.isOfEarlierBoot() && !Files.exists(folder.file(ON_DISK))) {
      folder.removeAllButRecord();
    }
  }

  private void requireSpace() {
    long wanted = parts.limits().freeBytes() + expectedBytes();
    OptionalLong free = FreeResources.diskBytes(parts.machine().workFolder());
    if (free.isEmpty() || free.getAsLong() < wanted) {
      throw faults.of(
          EvidenceKind.DISK_FULL,
          "the work folder %s has %s bytes free, %d are wanted"
              .formatted(
                  parts.machine().workFolder(),
                  free.isEmpty() ? "an unknown number of" : Long.toString(free.getAsLong()),
                  wanted));
    }
  }

  /** Of the result: what was searched for with a fifth on top, else no more than its source. */
  private long expectedBytes() {
    return request.predictedBytes() > 0
        ? Room.withMargin(request.predictedBytes())
        : request.identity().size();
  }

  /** An empty job folder with nothing but a short name for the source in it. */
  private void layOut() throws IOException {
    job.end(Duration.ZERO);
    parts.folders().logs().keep(folder);
    folder.removeAllButRecord();
    Files.createDirectories(folder.path());
    Files.createSymbolicLink(folder.file(AbAv1Arguments.input(request)), source);
  }

  /** What the plan wants to lie in the job folder before the encode, such as covers. */
  private void prepare() throws IOException, InterruptedException {
    if (request.plan().prepareArguments().isEmpty()) {
      return;
    }
    List<String> line =
        AbAv1Arguments.preparation(parts.tools().ffmpeg(), AbAv1Arguments.input(request), request);
    try (AttemptLog log = parts.logs().begin("preparation", source)) {
      ProgramCall call = new ProgramCall(line, folder.path(), Map.of(), PREPARING, 0, true);
      ProgramEnd end = parts.runner().heardBy(log.programs()).run(call, () -> beat(Phase.ENCODING));
      if (!end.succeeded()) {
        folder.remove();
        throw log.kept(faults.ofStep(line, end));
      }
    }
  }

  private void beat(Phase phase) {
    beats.accept(new EncodeProgress(phase, parts.machine().host(), -1, 0, -1, 0));
  }

  // --- wait and judge ------------------------------------------------------------------------

  private Seen watch() throws IOException, InterruptedException {
    return new JobWatch(
            job,
            progressFile(),
            SourceLength.of(request.facts()),
            parts.limits(),
            parts.machine().host(),
            beats,
            pause::isFrozen)
        .await(() -> record().runningSince());
  }

  private ProgressFile progressFile() {
    return new ProgressFile(folder.file(AbAv1Arguments.PROGRESS));
  }

  private JobRecord record() throws IOException {
    Optional<JobRecord> record = folder.record();
    return record.orElseThrow(
        () -> faults.of(EvidenceKind.UNEXPECTED, "somebody has removed job " + folder.name()));
  }

  private EncodeOutcome outcome(Seen seen) throws IOException, InterruptedException {
    return switch (seen) {
      case Seen.Ended(State.Ended(int code, Instant at)) when code == 0 -> finished(at);
      case Seen.Ended(State.Ended ended) -> refused(ended);
      case Seen.Gone() ->
          throw failed(
              EvidenceKind.PROCESS_EXIT,
              new Exit(-1, 9),
              "the encode was killed from outside: ",
              Instant.now());
      case Seen.ToBeFrozen() -> paused();
      case Seen.Stalled(Phase phase, long frames, boolean starved) -> {
        job.end(parts.limits().patience());
        throw starved(
            starved,
            EvidenceKind.STALLED,
            "no progress for %s while %s, after %d frames; no "
                .formatted(parts.limits().stall(), phase, frames));
      }
      case Seen.Crawling(long frames) -> {
        job.end(parts.limits().patience());
        throw starved(
            true,
            EvidenceKind.STALLED,
            "%d frames in %s while others had the processors; no "
                .formatted(frames, parts.limits().leastPace().window()));
      }
      case Seen.TooLong(boolean starved) -> {
        job.end(parts.limits().patience());
        throw starved(
            starved,
            EvidenceKind.TIME_LIMIT,
            "the encode took longer than %s; no ".formatted(parts.limits().runningTime()));
      }
    };
  }

  private EncodeOutcome refused(State.Ended ended) throws IOException, InterruptedException {
    // A source that was replaced meanwhile fails ab-av1's checks; that says nothing of either film.
    Optional<String> changed;
    try {
      changed = change();
    } catch (ApplicationFailure mountGone) {
      // No wonder that it failed; it starts anew once its source is there.
      throw Faults.explaining(mountGone, ownFault(ended, Map.of()));
    }
    if (changed.isPresent()) {
      return changed(changed.get());
    }
    throw ownFault(ended, shortSource());
  }

  private ApplicationFailure ownFault(State.Ended ended, Map<String, String> found)
      throws IOException, InterruptedException {
    return failed(
        ended.isUnfit() ? EvidenceKind.TOOL_UNFIT : EvidenceKind.PROCESS_EXIT,
        Exit.of(ended),
        "ab-av1 encode ended with ",
        ended.at(),
        found);
  }

  /** Where a result was refused for being short: whether there is no more in its source. */
  private Map<String, String> shortSource() throws IOException, InterruptedException {
    if (!folder.logExcerpt(EncodeFaults.EXCERPT_CHARACTERS).contains(SHORT)) {
      return Map.of();
    }
    SourceCount count = new SourceCount(parts, folder.path(), request, () -> beat(Phase.CHECKING));
    return count
        .shortfall(frames())
        .map(why -> Map.of(Evidence.SHORT_SOURCE, why))
        .orElse(Map.of());
  }

  private EncodeOutcome finished(Instant at) throws IOException, InterruptedException {
    job.end(Duration.ZERO);
    Path result = folder.file(AbAv1Arguments.output(request));
    long size = Files.isRegularFile(result) ? Files.size(result) : 0;
    if (size == 0) {
      throw failed(
          EvidenceKind.PROCESS_EXIT, new Exit(0, 0), "there is no result in spite of ", at);
    }
    Optional<String> changed = change();
    if (changed.isPresent()) {
      return changed(changed.get());
    }
    toDisk(result);
    long frames = progressFile().latest().decodedFrames();
    JobRecord record = record();
    parts.repository().save(row(record, Ending.FINISHED, at, new Exit(0, 0), size, frames));
    return new EncodeOutcome.Encoded(
        folder.name(),
        parts.machine().host(),
        new MediaPath(result.toString()),
        size,
        frames,
        seconds(record, at),
        record.launches());
  }

  private void toDisk(Path result) throws IOException {
    try (FileChannel channel = FileChannel.open(result, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Path mark = folder.file(ON_DISK);
    if (!Files.exists(mark)) {
      Files.createFile(mark);
    }
  }

  /** A job that we have ended, for want of a processor or for a fault of its own. */
  private RuntimeException starved(boolean starved, EvidenceKind kind, String what)
      throws IOException, InterruptedException {
    return Faults.knowing(
        failed(kind, Exit.UNKNOWN, what, Instant.now()),
        Map.of(Evidence.STARVED, Boolean.toString(starved)));
  }

  private ApplicationFailure failed(EvidenceKind kind, Exit exit, String what, Instant at)
      throws IOException, InterruptedException {
    return failed(kind, exit, what, at, Map.of());
  }

  private ApplicationFailure failed(
      EvidenceKind kind, Exit exit, String what, Instant at, Map<String, String> found)
      throws IOException, InterruptedException {
    job.end(Duration.ZERO);
    JobRecord record = record();
    Evidence evidence =
        faults.ofJob(kind, what + exit.text(), exit, record.command(), folder, source, found);
    ApplicationFailure fault = Faults.knowing(Faults.of(evidence), keptLog());
    try {
      parts.repository().save(row(record, ending(evidence), at, exit, 0, frames()));
    } catch (DataAccessException e) {
      // The failure itself matters more than its row.
      fault.addSuppressed(e);
    }
    try (var _ = parts.folders().lock()) {
      folder.remove();
    }
    return fault;
  }

  /** Keeps the log, and says where; a log that cannot be kept changes nothing of the fault. */
  private Map<String, String> keptLog() {
    try {
      // On a full disk this makes some room.
      Files.deleteIfExists(folder.file(AbAv1Arguments.output(request)));
      return parts
          .folders()
          .logs()
          .keep(folder)
          .map(kept -> Map.of(AttemptLog.LOG, kept.toString()))
          .orElse(Map.of());
    } catch (IOException e) {
      return Map.of(AttemptLog.LOG_LOST, e.toString());
    }
  }

  private static Ending ending(Evidence evidence) {
    return switch (evidence.kind()) {
      case STALLED -> Ending.STALLED;
      case TIME_LIMIT -> Ending.TIME_LIMIT;
      default -> tellsOfAFullDisk(evidence) ? Ending.DISK_FULL : Ending.FAILED;
    };
  }

  private static boolean tellsOfAFullDisk(Evidence evidence) {
    return FailureTable.classify(FailureStage.ENCODING, evidence)
        .code()
        .equals(FailureCode.RESOURCE_DISK.name());
  }

  private long frames() throws IOException {
    return progressFile().latest().decodedFrames();
  }

  private void cancel() throws IOException, InterruptedException {
    endAndRemove(Ending.CANCELLED);
  }

  private EncodeOutcome changed(String what) throws IOException, InterruptedException {
    endAndRemove(Ending.SOURCE_CHANGED);
    return new EncodeOutcome.SourceChanged(what);
  }

  private void endAndRemove(Ending ending) throws IOException, InterruptedException {
    job.end(parts.limits().patience());
    try (var _ = parts.folders().lock()) {
      Optional<JobRecord> record = folder.record();
      if (record.isPresent()) {
        parts
            .repository()
            .save(row(record.get(), ending, Instant.now(), Exit.UNKNOWN, 0, frames()));
      }
      folder.remove();
    }
  }

  private EncodeRow row(
      JobRecord record, Ending ending, Instant at, Exit exit, long size, long frames) {
    return new EncodeRow(
        folder.name(),
        request.video(),
        parts.machine().host(),
        request.plan().encoder(),
        request.preset(),
        request.crf(),
        record.command(),
        ending,
        record.firstStarted(),
        at,
        exit.exitCode(),
        exit.signal(),
        size,
        frames,
        seconds(record, at),
        record.launches());
  }

  private static double seconds(JobRecord record, Instant at) {
    return Math.max(0, Duration.between(record.firstStarted(), at).toMillis() / 1000.0);
  }

  // --- the source ------------------------------------------------------------------------------

  /**
   * What has changed at the source's path since it was analysed; empty if nothing has.
   *
   * @throws ApplicationFailure of kind MOUNT_GONE if its library is not there: then nothing is
   *     known of it, what runs goes on, and what is done is kept
   */
  private Optional<String> change() throws IOException {
    Optional<String> change = changeAtItsPath();
    if (change.isPresent()) {
      parts.mounts().requireMounted(request.source());
    }
    return change;
  }

  private Optional<String> changeAtItsPath() throws IOException {
    try {
      return request.identity().changeTo(FileIdentity.of(source));
    } catch (NoSuchFileException e) {
      return Optional.of("the file is not there any more");
    }
  }
}
