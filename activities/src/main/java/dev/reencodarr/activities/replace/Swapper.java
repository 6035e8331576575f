package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.temporal.Heartbeats;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.replace.UndoOutcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Puts results in place and takes them back; what it promises stands in docs/file-safety.md. */
public final class Swapper implements ReplaceActivities {

  private final Machine machine;
  private final ReplacementRepository rows;
  private final LibraryGuard libraries;
  private final MountTrial mounts;
  private final SwapMeans means;
  private final CrashPoints points;
  private final Supplier<Consumer<EncodeProgress>> heartbeats;

  /**
   * @param mounts what the mounts of this machine can do
   * @param limits reserves and what is allowed where a mount offers little
   */
  public Swapper(
      Machine machine,
      ReplacementRepository rows,
      LibraryGuard libraries,
      Mounts mounts,
      Settings.Limits limits) {
    this(
        machine,
        rows,
        mounts,
        SwapMeans.of(limits, libraries),
        CrashPoints.none(),
        () -> Heartbeats.ofThisActivity()::beat);
  }

  Swapper(
      Machine machine,
      ReplacementRepository rows,
      MountTrial mounts,
      SwapMeans means,
      CrashPoints points,
      Supplier<Consumer<EncodeProgress>> heartbeats) {
    this.machine = machine;
    this.rows = rows;
    this.libraries = means.libraries();
    this.mounts = mounts;
    this.means = means;
    this.points = points;
    this.heartbeats = heartbeats;
  }

  @Override
  public SwapOutcome swap(SwapRequest request) {
    libraries.require(request.libraryRoot());
    try {
      return swapFenced(request);
    } catch (Journal.Revoked revoked) {
      return new SwapOutcome.Superseded();
    } catch (IOException e) {
      libraries.require(request.libraryRoot());
      throw FileFaults.replacing("the swap of " + request.source() + " failed", e);
    }
  }

  private SwapOutcome swapFenced(SwapRequest request) throws IOException, Journal.Revoked {
    VideoId video = request.video();
    Raised raised = raised(video, request.attempt());
    Journal journal = raised.journal();
    Optional<Replacement> known = rows.byAttempt(request.attempt());
    if (known.isPresent() && known.get().state() != ReplacementState.INTENDED) {
      return answered(known.get(), journal);
    }
    if (known.isEmpty()) {
      libraries.requireInUse(request.libraryRoot());
    }
    settleOthers(video, request.attempt(), journal);
    Ways ways = journal.look(Step.TRY_MOUNT, () -> waysOf(request));
    Replacement row =
        known.isPresent() ? known.get() : intended(request, ways.open().getFirst(), raised);
    return swapping(steps(row, journal, true, ways)).run();
  }

  /** What an attempt may do from now on, and nobody before it. */
  private record Raised(Journal journal, long epoch) {}

  private Raised raised(VideoId video, String attempt) {
    points.at(Step.RAISE_EPOCH, CrashPoints.Moment.BEFORE);
    long epoch = rows.raiseEpoch(video, attempt);
    points.at(Step.RAISE_EPOCH, CrashPoints.Moment.AFTER);
    return new Raised(
        new Journal(rows, action -> rows.whileCurrent(video, epoch, action), points), epoch);
  }

  /** What an attempt that came to its end answers when it is run again. */
  private SwapOutcome answered(Replacement row, Journal journal) throws IOException {
    if (row.state() == ReplacementState.DONE) {
      try {
        steps(row, journal, true).sweepStage();
      } catch (Journal.Revoked revoked) {
        // the stage folder is a later attempt's
      }
    }
    return row.outcome()
        .or(() -> row.resultIdentity().map(identity -> SwapSteps.replaced(row, identity)))
        .orElseThrow(() -> new IllegalStateException("no outcome in row " + row.id()));
  }

  /** Brings what revoked attempts have left to an end, before anything new is begun. */
  private void settleOthers(VideoId video, String attempt, Journal journal)
      throws IOException, Journal.Revoked {
    for (Replacement row : rows.unfinished(video)) {
      if (!row.attempt().equals(attempt)) {
        Ways ways = journal.look(Step.TRY_MOUNT, () -> waysNow(row));
        swapping(steps(row, journal, false, ways)).settle();
      }
    }
  }

  /** By what the mount can do with files of the source's owner; ours, if the source is gone. */
  private Ways waysOf(SwapRequest request) throws IOException {
    Path staged = Path.of(request.staged().path().value());
    DotFolder folder = DotFolder.ofStaged(Path.of(request.libraryRoot().value()), staged);
    return waysOf(folder, Path.of(request.source().value()));
  }

  private Ways waysOf(DotFolder folder, Path file) throws IOException {
    Optional<FileOwner> ofFile = FileOwner.of(file);
    FileOwner owner =
        ofFile.isPresent()
            ? ofFile.get()
            : FileOwner.of(folder.path())
                .orElseThrow(() -> new NoSuchFileException(folder.path().toString()));
    return Ways.of(mounts.of(folder, owner), means.withAGap());
  }

  private Replacement intended(SwapRequest request, SwapWay way, Raised raised)
      throws IOException, Journal.Revoked {
    Journal journal = raised.journal();
    Path staged = Path.of(request.staged().path().value());
    DotFolder folder = DotFolder.ofStaged(Path.of(request.libraryRoot().value()), staged);
    UUID id = UUID.randomUUID();
    Replacement row =
        new Replacement(
            id,
            Optional.of(request.video()),
            request.attempt(),
            request.libraryRoot(),
            request.source(),
            request.targetPath(),
            request.staged().path(),
            new MediaPath(folder.quarantineOf(id).toString()),
            way,
            ReplacementState.INTENDED,
            "",
            request.identity(),
            request.staged().sha256(),
            request.staged().sizeBytes(),
            Optional.empty(),
            Optional.empty(),
            false,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    journal.open(row, raised.epoch());
    return row;
  }

  /** For what changes no places any more. */
  private SwapSteps steps(Replacement row, Journal journal, boolean ownAttempt) {
    return steps(row, journal, ownAttempt, Ways.from(row.way(), means.withAGap()));
  }

  private SwapSteps steps(Replacement row, Journal journal, boolean ownAttempt, Ways ways) {
    return new SwapSteps(row, journal, new Contents(row, beats()), ownAttempt, means, ways);
  }

  private static Swapping swapping(SwapSteps steps) {
    return steps.row().staysAtPath() ? new SamePathSwap(steps) : new NewPathSwap(steps);
  }

  private LongConsumer beats() {
    Consumer<EncodeProgress> heartbeat = heartbeats.get();
    return bytes ->
        heartbeat.accept(
            new EncodeProgress(EncodeProgress.Phase.COPYING, machine.host(), -1, 0, -1, bytes));
  }

  @Override
  public UndoOutcome undo(VideoId video, String attempt) {
    try {
      return undoFenced(video, attempt);
    } catch (Journal.Revoked revoked) {
      return new UndoOutcome.Refused("a later attempt has taken over");
    } catch (IOException e) {
      throw FileFaults.replacing("the undo of video " + video + " failed", e);
    }
  }

  /** By what the mount can do now; where that cannot be tried, by the way of the swap. */
  private Ways waysNow(Replacement row) {
    try {
      return waysOf(Quarantine.of(row).dotFolder(), Path.of(row.target().value()));
    } catch (IOException e) {
      // a full mount takes no trial files, and exchanges all the same
      return Ways.from(row.way(), means.withAGap());
    }
  }

  private UndoOutcome undoFenced(VideoId video, String attempt)
      throws IOException, Journal.Revoked {
    Journal journal = raised(video, attempt).journal();
    settleOthers(video, attempt, journal);
    Optional<Replacement> row = rows.byUndoAttempt(attempt).or(() -> rows.latestCommitted(video));
    if (row.isEmpty()) {
      return new UndoOutcome.Refused("nothing of this video was replaced");
    }
    libraries.require(row.get().libraryRoot());
    Ways ways = journal.look(Step.TRY_MOUNT, () -> waysNow(row.get()));
    SwapSteps steps = steps(row.get(), journal, true, ways);
    boolean finished =
        row.get().undoAttempt().equals(Optional.of(attempt)) && row.get().undoIntent().isEmpty();
    if (finished) {
      return UndoRun.finished(steps);
    }
    Optional<String> gone = whyNothingIsKept(row.get());
    return gone.isPresent()
        ? new UndoOutcome.Refused(gone.get())
        : new UndoRun(steps, attempt, whereabouts(row.get())).run();
  }

  private static Optional<String> whyNothingIsKept(Replacement row) {
    return row.quarantined()
        ? Optional.empty()
        : row.acceptedAt()
            .map(when -> "what was kept was let go for good on " + when)
            .or(() -> row.restoredTo().map(place -> "the original was put to " + place))
            .or(() -> Optional.of("nothing is kept in quarantine"));
  }

  private Whereabouts whereabouts(Replacement row) {
    return new Whereabouts(
        Path.of(row.libraryRoot().value()),
        row.video().flatMap(rows::lastSeenAt).map(path -> Path.of(path.value())));
  }

  @Override
  public RestoreOutcome restore(VideoId video, String attempt, MediaPath place) {
    try {
      Journal journal = raised(video, attempt).journal();
      settleOthers(video, attempt, journal);
      Optional<Replacement> row = rows.latestCommitted(video);
      if (row.isEmpty()) {
        return new RestoreOutcome.Refused("nothing of this video was replaced");
      }
      if (!row.get().quarantined() && row.get().restoredTo().filter(place::equals).isPresent()) {
        return new RestoreOutcome.Restored(place);
      }
      Optional<String> gone = whyNothingIsKept(row.get());
      if (gone.isPresent()) {
        return new RestoreOutcome.Refused(gone.get());
      }
      libraries.require(row.get().libraryRoot());
      return new RestoreRun(steps(row.get(), journal, true), place, means.reserveBytes(), beats())
          .run();
    } catch (Journal.Revoked revoked) {
      return new RestoreOutcome.Refused("a later attempt has taken over");
    } catch (IOException e) {
      throw FileFaults.replacing(
          "the original of video " + video + " could not be put to " + place, e);
    }
  }

  @Override
  public Accepted accept(VideoId video, String attempt, Acceptance acceptance) {
    try {
      Journal journal = raised(video, attempt).journal();
      settleOthers(video, attempt, journal);
      return accept(rows.keptOf(video, acceptance.keptBefore()), journal, acceptance);
    } catch (Journal.Revoked revoked) {
      return new Accepted(0, 0, List.of("a later attempt has taken over"));
    } catch (IOException e) {
      throw FileFaults.replacing("what is kept of video " + video + " could not be let go", e);
    }
  }

  @Override
  public Accepted acceptOrphan(UUID replacement, Acceptance acceptance) {
    Journal journal = new Journal(rows, action -> rows.whileOrphan(replacement, action), points);
    try {
      return accept(
          rows.byId(replacement).filter(Replacement::quarantined).stream().toList(),
          journal,
          acceptance);
    } catch (Journal.Revoked revoked) {
      return new Accepted(0, 0, List.of("its video is known again"));
    } catch (IOException e) {
      throw FileFaults.replacing("what is kept of replacement " + replacement + " could not go", e);
    }
  }

  private Accepted accept(List<Replacement> kept, Journal journal, Acceptance acceptance)
      throws IOException, Journal.Revoked {
    int files = 0;
    long bytes = 0;
    List<String> reasons = new ArrayList<>();
    for (Replacement row : kept) {
      switch (accept(row, journal, acceptance)) {
        case AcceptRun.Ending.Freed freed -> {
          files++;
          bytes += freed.bytes();
        }
        case AcceptRun.Ending.Kept stays -> reasons.add(row.quarantine() + ": " + stays.why());
      }
    }
    return new Accepted(files, bytes, reasons);
  }

  /** Waiting for a library that is away would hold the video's other work up. */
  private AcceptRun.Ending accept(Replacement row, Journal journal, Acceptance acceptance)
      throws IOException, Journal.Revoked {
    try {
      return new AcceptRun(
              steps(row, journal, true),
              whereabouts(row),
              rows.laterDone(row.id()),
              acceptance.evenWithoutCounterpart())
          .run();
    } catch (ApplicationFailure away) {
      String why = String.valueOf(away.getOriginalMessage());
      journal.write(Step.KEEP_LONGER, () -> rows.keptBecause(row.id(), why));
      return new AcceptRun.Ending.Kept(why);
    }
  }
}
