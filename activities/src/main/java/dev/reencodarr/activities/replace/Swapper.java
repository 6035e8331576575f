package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.Execution;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.activities.temporal.Heartbeats;
import dev.reencodarr.activities.temporal.SteadyBeat;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.Settled;
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

  private static final String OVERTAKEN = "a later attempt has taken over";
  private static final String HANGING =
      "another run is inside a step on the files and does not come out of it: does the mount hang?";

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
    requireThere(request);
    try (SteadyBeat beat = beating()) {
      return swapFenced(request, beat);
    } catch (Journal.Revoked revoked) {
      return endOf(request.attempt()).orElseGet(SwapOutcome.Superseded::new);
    } catch (IOException e) {
      libraries.require(request.libraryRoot());
      throw FileFaults.replacing("the swap of " + request.source() + " failed", e);
    }
  }

  /** Whose library was taken out of use as well does not wait until its mount is back. */
  private void requireThere(SwapRequest request) {
    try {
      libraries.require(request.libraryRoot());
    } catch (ApplicationFailure away) {
      if (rows.byAttempt(request.attempt()).isEmpty()) {
        libraries.requireInUse(request.libraryRoot());
      }
      throw away;
    }
  }

  private SwapOutcome swapFenced(SwapRequest request, SteadyBeat beat)
      throws IOException, Journal.Revoked {
    Begun begun = begun(request.video(), request.attempt(), beat);
    return begun.carriedOut(() -> swapped(request, begun));
  }

  private SwapOutcome swapped(SwapRequest request, Begun begun)
      throws IOException, Journal.Revoked {
    VideoId video = request.video();
    Optional<Replacement> known = rows.byAttempt(request.attempt());
    if (known.isPresent() && known.get().state() != ReplacementState.INTENDED) {
      return answered(known.get(), begun);
    }
    settleOthers(video, request.attempt(), begun);
    settleUndos(video, request.attempt(), List.of(), begun);
    if (known.isEmpty()) {
      requireInUse(request, begun);
    }
    Ways ways =
        begun
            .journal()
            .look(
                Step.TRY_MOUNT,
                () -> known.isPresent() ? waysOfSwap(known.get()) : waysOf(request));
    Replacement row =
        known.isPresent() ? known.get() : intended(request, ways.open().getFirst(), begun);
    return swapping(steps(row, begun, true, ways)).run();
  }

  /** In a library that was taken out of use nobody comes for what is staged any more. */
  private void requireInUse(SwapRequest request, Begun begun) throws IOException, Journal.Revoked {
    try {
      libraries.requireInUse(request.libraryRoot());
    } catch (ApplicationFailure refused) {
      if (EvidenceKind.LIBRARY_REMOVED.name().equals(refused.getType())) {
        Path staged = Path.of(request.staged().path().value());
        DotFolder.ofStaged(Path.of(request.libraryRoot().value()), staged);
        begun.journal().alone(() -> SwapSteps.dropStaged(staged));
      }
      throw refused;
    }
  }

  /**
   * An execution that may touch the files from now on, and nobody before it.
   *
   * @param progress is told how many bytes have been worked through
   */
  private record Begun(Journal journal, long epoch, LongConsumer progress) {

    /** What failed because another execution is at work on the files is no failure. */
    <T> T carriedOut(Work<T> work) throws IOException, Journal.Revoked {
      try {
        return work.run();
      } catch (IOException | ApplicationFailure e) {
        journal.requireCurrent();
        throw e;
      }
    }
  }

  private interface Work<T> {
    T run() throws IOException, Journal.Revoked;
  }

  /**
   * @throws Journal.Revoked if a later attempt was begun
   */
  private Begun begun(VideoId video, String attempt, SteadyBeat beat) throws Journal.Revoked {
    points.at(Step.RAISE_EPOCH, CrashPoints.Moment.BEFORE);
    Execution execution;
    try {
      execution = rows.begin(video, attempt).orElseThrow(Journal.Revoked::new);
    } catch (ReplacementRepository.StepUnderWay hangs) {
      throw Faults.of(EvidenceKind.MOUNT_GONE, HANGING);
    }
    points.at(Step.RAISE_EPOCH, CrashPoints.Moment.AFTER);
    return new Begun(
        new Journal(rows, action -> rows.whileCurrent(execution, action), points, execution.id()),
        execution.epoch(),
        progress(beat));
  }

  /** What an attempt that came to its end answers when it is run again. */
  private SwapOutcome answered(Replacement row, Begun begun) throws IOException {
    if (row.state() == ReplacementState.DONE) {
      try {
        steps(row, begun, true).sweepStage();
      } catch (Journal.Revoked revoked) {
        // the stage folder is a later execution's
      }
    }
    return endOf(row);
  }

  private SwapOutcome endOf(Replacement row) {
    return row.outcome()
        .or(() ->
            row.resultIdentity()
                .map(identity -> SwapSteps.replaced(row, identity, rows.otherNames(row.id()))))
        .orElseThrow(() -> new IllegalStateException("no outcome in row " + row.id()));
  }

  /** Of an attempt whose other execution has brought it to its end. */
  private Optional<SwapOutcome> endOf(String attempt) {
    return rows.byAttempt(attempt)
        .filter(row -> row.state() != ReplacementState.INTENDED)
        .map(this::endOf);
  }

  /** Brings what revoked attempts have left to an end, before anything new is begun. */
  private void settleOthers(VideoId video, String attempt, Begun begun)
      throws IOException, Journal.Revoked {
    for (Replacement row : rows.unfinished(video)) {
      if (!row.attempt().equals(attempt)) {
        swapping(steps(row, begun, false, waysOfSwap(row))).settle();
      }
    }
  }

  /**
   * The same for undos that were begun and never finished: they go on towards what they were begun
   * for, or are given up where other files have come to their places since.
   *
   * @param but rows that whoever calls takes on itself
   */
  private void settleUndos(VideoId video, String attempt, List<Replacement> but, Begun begun)
      throws IOException, Journal.Revoked {
    for (Replacement row : rows.unfinishedUndos(video)) {
      if (but.stream().noneMatch(own -> own.id().equals(row.id()))) {
        libraries.require(row.libraryRoot());
        new UndoRun(steps(row, begun, true, waysNow(row)), attempt, whereabouts(row)).run();
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

  private Replacement intended(SwapRequest request, SwapWay way, Begun begun)
      throws IOException, Journal.Revoked {
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
    begun.journal().open(row, begun.epoch());
    return row;
  }

  /** For what changes no places any more. */
  private SwapSteps steps(Replacement row, Begun begun, boolean ownAttempt) {
    return steps(row, begun, ownAttempt, Ways.from(row.way(), means.withAGap()));
  }

  private SwapSteps steps(Replacement row, Begun begun, boolean ownAttempt, Ways ways) {
    return new SwapSteps(
        row, begun.journal(), new Contents(row, begun.progress()), ownAttempt, means, ways);
  }

  private static Swapping swapping(SwapSteps steps) {
    return steps.row().staysAtPath() ? new SamePathSwap(steps) : new NewPathSwap(steps);
  }

  private SteadyBeat beating() {
    return SteadyBeat.begin(heartbeats.get(), worked(0));
  }

  private LongConsumer progress(SteadyBeat beat) {
    return bytes -> beat.accept(worked(bytes));
  }

  private EncodeProgress worked(long bytes) {
    return new EncodeProgress(EncodeProgress.Phase.COPYING, machine.host(), -1, 0, -1, bytes);
  }

  @Override
  public Settled settle(VideoId video, String attempt, UUID replacement) {
    try (SteadyBeat beat = beating()) {
      Begun begun = begun(video, attempt, beat);
      return begun.carriedOut(() -> settled(video, attempt, replacement, begun));
    } catch (Journal.Revoked revoked) {
      return new Settled.Overtaken();
    } catch (IOException e) {
      rows.byId(replacement).map(Replacement::libraryRoot).ifPresent(libraries::require);
      throw FileFaults.replacing("what was begun of replacement " + replacement + " failed", e);
    }
  }

  private Settled settled(VideoId video, String attempt, UUID replacement, Begun begun)
      throws IOException, Journal.Revoked {
    Optional<Replacement> found =
        rows.byId(replacement).filter(row -> row.video().filter(video::equals).isPresent());
    if (found.isEmpty()) {
      return new Settled.GivenUp("replacement " + replacement + " is not known any more");
    }
    Replacement row = found.get();
    libraries.require(row.libraryRoot());
    Contents contents = new Contents(row, begun.progress());
    if (row.undoIntent().isPresent()) {
      Ways ways = begun.journal().look(Step.TRY_MOUNT, () -> waysNow(row));
      SwapSteps steps = new SwapSteps(row, begun.journal(), contents, true, means, ways);
      new UndoRun(steps, attempt, whereabouts(row)).run();
    } else if (row.state() == ReplacementState.INTENDED) {
      Ways ways = begun.journal().look(Step.TRY_MOUNT, () -> waysOfSwap(row));
      swapping(new SwapSteps(row, begun.journal(), contents, true, means, ways)).run();
    }
    Settled settled = asItLies(rows.byId(replacement).orElse(row), contents);
    begun.journal().requireCurrent();
    return settled;
  }

  /**
   * What lies in place, by its content: a row says what was done, and another file may have come
   * since.
   */
  private static Settled asItLies(Replacement row, Contents contents) throws IOException {
    if (row.state() == ReplacementState.DONE) {
      Optional<SourceIdentity> result = contents.resultIdentity(Path.of(row.resultPlace().value()));
      if (result.isPresent()) {
        return new Settled.InPlace(row.resultPlace(), result.get());
      }
    }
    if (row.state() == ReplacementState.UNDONE
        && contents.isOriginal(Path.of(row.originalPlace().value()))) {
      return new Settled.Back(row.originalPlace(), row.original());
    }
    return new Settled.GivenUp(
        "neither result nor original of replacement " + row.id() + " lies where it belongs");
  }

  @Override
  public UndoOutcome undo(VideoId video, String attempt) {
    try (SteadyBeat beat = beating()) {
      return undoFenced(video, attempt, beat);
    } catch (Journal.Revoked revoked) {
      return new UndoOutcome.Refused(OVERTAKEN);
    } catch (IOException e) {
      throw FileFaults.replacing("the undo of video " + video + " failed", e);
    }
  }

  private Ways waysNow(Replacement row) {
    return waysNow(row, row.target());
  }

  /** The stage folder is not asked: it may be swept and gone, whatever the row says. */
  private Ways waysOfSwap(Replacement row) {
    return waysNow(row, row.source());
  }

  /** By what the mount can do now; where that cannot be tried, by the way of the swap. */
  private Ways waysNow(Replacement row, MediaPath file) {
    try {
      return waysOf(Quarantine.of(row).dotFolder(), Path.of(file.value()));
    } catch (IOException e) {
      // a full mount takes no trial files, and exchanges all the same
      return Ways.from(row.way(), means.withAGap());
    }
  }

  private UndoOutcome undoFenced(VideoId video, String attempt, SteadyBeat beat)
      throws IOException, Journal.Revoked {
    Begun begun = begun(video, attempt, beat);
    return begun.carriedOut(() -> undone(video, attempt, begun));
  }

  private UndoOutcome undone(VideoId video, String attempt, Begun begun)
      throws IOException, Journal.Revoked {
    settleOthers(video, attempt, begun);
    Optional<Replacement> row =
        rows.byUndoAttempt(attempt)
            .or(() -> rows.unfinishedUndos(video).reversed().stream().findFirst())
            .or(() -> rows.latestCommitted(video));
    settleUndos(video, attempt, row.stream().toList(), begun);
    if (row.isEmpty()) {
      return new UndoOutcome.Refused("nothing of this video was replaced");
    }
    libraries.require(row.get().libraryRoot());
    Ways ways = begun.journal().look(Step.TRY_MOUNT, () -> waysNow(row.get()));
    SwapSteps steps = steps(row.get(), begun, true, ways);
    boolean finished =
        row.get().undoAttempt().equals(Optional.of(attempt)) && row.get().undoIntent().isEmpty();
    if (finished) {
      return UndoRun.finished(steps);
    }
    Optional<String> gone = whyNothingIsKept(row.get());
    UndoOutcome outcome =
        gone.isPresent()
            ? new UndoOutcome.Refused(gone.get())
            : new UndoRun(steps, attempt, whereabouts(row.get())).run();
    if (outcome instanceof UndoOutcome.Refused) {
      begun.journal().requireCurrent();
    }
    return outcome;
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
    try (SteadyBeat beat = beating()) {
      Begun begun = begun(video, attempt, beat);
      return begun.carriedOut(() -> restored(video, attempt, place, begun));
    } catch (Journal.Revoked revoked) {
      return new RestoreOutcome.Refused(OVERTAKEN);
    } catch (IOException e) {
      throw FileFaults.replacing(
          "the original of video " + video + " could not be put to " + place, e);
    }
  }

  private RestoreOutcome restored(VideoId video, String attempt, MediaPath place, Begun begun)
      throws IOException, Journal.Revoked {
    settleOthers(video, attempt, begun);
    settleUndos(video, attempt, List.of(), begun);
    Optional<Replacement> row = rows.latestCommitted(video);
    return row.isEmpty()
        ? new RestoreOutcome.Refused("nothing of this video was replaced")
        : restored(row.get(), place, begun);
  }

  private RestoreOutcome restored(Replacement row, MediaPath place, Begun begun)
      throws IOException, Journal.Revoked {
    if (!row.quarantined() && row.restoredTo().filter(place::equals).isPresent()) {
      return new RestoreOutcome.Restored(place);
    }
    Optional<String> gone = whyNothingIsKept(row);
    if (gone.isPresent()) {
      return new RestoreOutcome.Refused(gone.get());
    }
    libraries.require(row.libraryRoot());
    RestoreOutcome outcome =
        new RestoreRun(steps(row, begun, true), place, means.reserveBytes(), begun.progress())
            .run();
    if (outcome instanceof RestoreOutcome.Refused) {
      begun.journal().requireCurrent();
    }
    return outcome;
  }

  @Override
  public Accepted accept(VideoId video, String attempt, Acceptance acceptance) {
    try (SteadyBeat beat = beating()) {
      Begun begun = begun(video, attempt, beat);
      return begun.carriedOut(() -> {
        for (Replacement row : rows.unfinished(video)) {
          swapping(steps(row, begun, false, waysOfSwap(row))).settleMoved();
        }
        return accept(rows.keptOf(video, acceptance.keptBefore()), begun, acceptance);
      });
    } catch (Journal.Revoked revoked) {
      return new Accepted(0, 0, List.of(OVERTAKEN));
    } catch (IOException e) {
      throw FileFaults.replacing("what is kept of video " + video + " could not be let go", e);
    }
  }

  @Override
  public Accepted acceptOrphan(UUID replacement, Acceptance acceptance) {
    try (SteadyBeat beat = beating()) {
      return accept(
          rows.byId(replacement).filter(Replacement::quarantined).stream().toList(),
          ofOrphan(replacement, beat),
          acceptance);
    } catch (Journal.Revoked revoked) {
      return new Accepted(0, 0, List.of("its video is known again"));
    } catch (IOException e) {
      throw FileFaults.replacing("what is kept of replacement " + replacement + " could not go", e);
    }
  }

  @Override
  public RestoreOutcome restoreOrphan(UUID replacement, MediaPath place) {
    Optional<Replacement> row = rows.byId(replacement);
    if (row.isEmpty()) {
      return new RestoreOutcome.Refused("no replacement is known by " + replacement);
    }
    try (SteadyBeat beat = beating()) {
      return restored(row.get(), place, ofOrphan(replacement, beat));
    } catch (Journal.Revoked revoked) {
      return new RestoreOutcome.Refused("its video is known again");
    } catch (IOException e) {
      throw FileFaults.replacing(
          "the original of replacement " + replacement + " could not be put to " + place, e);
    }
  }

  private Begun ofOrphan(UUID replacement, SteadyBeat beat) {
    return new Begun(
        new Journal(
            rows, action -> rows.whileOrphan(replacement, action), points, UUID.randomUUID()),
        0,
        progress(beat));
  }

  private Accepted accept(List<Replacement> kept, Begun begun, Acceptance acceptance)
      throws IOException, Journal.Revoked {
    int files = 0;
    long bytes = 0;
    List<String> reasons = new ArrayList<>();
    for (Replacement row : kept) {
      switch (accept(row, begun, acceptance)) {
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
  private AcceptRun.Ending accept(Replacement row, Begun begun, Acceptance acceptance)
      throws IOException, Journal.Revoked {
    try {
      return new AcceptRun(
              steps(row, begun, true),
              whereabouts(row),
              rows.laterDone(row.id()),
              acceptance.evenWithoutCounterpart())
          .run();
    } catch (ApplicationFailure away) {
      String why = String.valueOf(away.getOriginalMessage());
      begun.journal().write(Step.KEEP_LONGER, () -> rows.keptBecause(row.id(), why));
      return new AcceptRun.Ending.Kept(why);
    }
  }
}
