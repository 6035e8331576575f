package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.EncodePlanner;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.Review;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Delivered;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.RoomRequest;
import dev.reencodarr.workflows.replace.Settled;
import dev.reencodarr.workflows.replace.StageRequest;
import dev.reencodarr.workflows.replace.StagedResult;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.UndoOutcome;
import dev.reencodarr.workflows.replace.Verdict;
import dev.reencodarr.workflows.replace.VerifyRequest;
import dev.reencodarr.workflows.search.SearchPoint;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The policy of one video, from top to bottom: claim, settle what was left, analyse, plan, search,
 * encode, verify, replace, finish. How a step is repeated stands in {@link Attempts}, how the CRF
 * is found in {@link VideoSearch}, what people see of it in {@link VideoStatus}.
 */
public final class VideoWorkflowImpl implements VideoWorkflow {

  /** A file that changes under our hands more often than this is left in peace for a day. */
  private static final int PASSES_IN_A_ROW = 3;

  /** A work folder that somebody clears all the time is not filled for ever. */
  private static final int MOST_LOST_RESULTS = 2;

  private static final String PASSES_COUNT_ON = "passes-count-on";
  private static final String ENDS_BEFORE_IT_CLEARS = "cancelled-ends-before-it-clears";
  private static final String STAGES_CANCELLABLY = "stage-can-be-cancelled";
  private static final String RULES_ARE_ASKED = "rules-are-asked";
  private static final String SETTLES_FIRST = "unfinished-replacements-first";
  private static final String PROMISED_AGAIN = "room-is-promised-again";
  private static final Duration UNTIL_IT_IS_STILL = Duration.ofDays(1);
  private static final String KEEPS_CHANGING = "the file keeps changing; looked at again in a day";

  private final VideoOrder order;
  private final VideoId video;
  private final RunKey run;
  private final VideoSteps steps;
  private final VideoStatus status;
  private final Parking parking;
  private final Pausing pausing;
  private final Reviewing reviewing;
  private final Map<SearchPoint, Double> secondsMeasured = new LinkedHashMap<>();
  private final Attempts attempts;
  private @Nullable VideoEncode leftToClear;

  @WorkflowInit
  public VideoWorkflowImpl(VideoOrder order) {
    WorkflowInfo info = Workflow.getInfo();
    this.order = order;
    this.video = order.video();
    this.run = new RunKey(info.getWorkflowId(), info.getFirstExecutionRunId());
    this.steps = new VideoSteps();
    this.status = new VideoStatus(video, run, steps.row());
    this.pausing = new Pausing(status);
    this.parking = new Parking(status, pausing);
    this.reviewing = new Reviewing(status);
    this.attempts = new Attempts(video, run, steps, status, parking, pausing);
  }

  @Override
  public VideoEnd run(VideoOrder sameOrder) {
    VideoEnd end = endOf(order);
    if (end instanceof VideoEnd.NothingToDo) {
      return end;
    }
    Uncancellable.run(() -> {
      attempts.ended();
      steps.row().finish(order, run, end);
      status.ended(end);
      // The machine may be away for long; nobody has to wait for it to see what became of a video.
      clear();
    });
    if (end instanceof VideoEnd.Failed failed) {
      throw ApplicationFailure.newNonRetryableFailure(
          failed.classification().message(), failed.classification().code());
    }
    return end;
  }

  @Override
  public void retry() {
    parking.retry();
  }

  @Override
  public void requireParked() {
    parking.requireParked();
  }

  @Override
  public void pause(boolean freezes) {
    steps.row().pause(video, freezes);
  }

  @Override
  public void resume() {
    steps.row().resume(video);
    pausing.look();
  }

  @Override
  public void approve() {
    reviewing.approve();
  }

  @Override
  public void requireHeldToApprove() {
    reviewing.requireHeld();
  }

  @Override
  public void reject(String reason) {
    reviewing.reject(reason);
  }

  @Override
  public void requireHeldToReject(String reason) {
    reviewing.requireHeld();
  }

  @Override
  public void look() {
    pausing.look();
    reviewing.look();
  }

  private VideoEnd endOf(VideoOrder order) {
    try {
      return switch (steps.row().claim(order, run)) {
        case Claim.Done done -> new VideoEnd.NothingToDo(done.why());
        case Claim.Proceed claim -> {
          status.claimed(claim);
          yield switch (order.purpose()) {
            case ENCODE, MEASURE -> encode(claim);
            case UNDO -> undo(claim);
            case RESTORE -> restore(claim);
            case ACCEPT -> accept(claim);
          };
        }
      };
    } catch (GivenUp failure) {
      return new VideoEnd.Failed(failure.classification());
    } catch (LibraryRemoved removed) {
      status.note(removed.what());
      return new VideoEnd.Cancelled();
    } catch (CanceledFailure cancelled) {
      return new VideoEnd.Cancelled();
    } catch (ActivityFailure failure) {
      // A row was being written when the cancellation came: it is one all the same.
      if (FailureReading.isCancellation(failure)) {
        return new VideoEnd.Cancelled();
      }
      throw failure;
    }
  }

  private VideoEnd encode(Claim.Proceed claim) {
    Optional<VideoEnd> settled = settle(claim);
    return settled.isPresent() ? settled.get() : encodeAnew(claim);
  }

  /**
   * A result that waits for its swap is not made again, and an undo that was begun is not gone
   * against.
   *
   * @return empty where nothing of it lies in place: then there is work to do
   */
  private Optional<VideoEnd> settle(Claim.Proceed claim) {
    Optional<VideoEnd> end = Optional.empty();
    if (order.wishes().outputRoot().isPresent()
        || claim.unfinished().isEmpty()
        || !settlesFirst()) {
      return end;
    }
    pausing.before(VideoState.REPLACING, "what was begun is brought to its end");
    for (UUID replacement : claim.unfinished()) {
      Settled settled =
          Uncancellable.call(() ->
              attempts.run(
                  FailureStage.POST_PROCESS,
                  () -> steps.replace(claim.zone()).settle(video, run.line(), replacement)));
      Optional<VideoEnd> earlier = end;
      end = endOf(settled).or(() -> earlier);
    }
    return end;
  }

  private static Optional<VideoEnd> endOf(Settled settled) {
    return switch (settled) {
      case Settled.InPlace result ->
          Optional.of(new VideoEnd.Redone(result.path(), result.identity()));
      case Settled.Back original ->
          Optional.of(new VideoEnd.Undone(original.path(), original.identity()));
      case Settled.GivenUp givenUp -> Optional.empty();
      case Settled.Overtaken() ->
          Optional.of(new VideoEnd.NothingToDo("another attempt is at work on the file"));
    };
  }

  /** Version 0 encoded again, and the new swap took the waiting result away. */
  private static boolean settlesFirst() {
    return Workflow.getVersion(SETTLES_FIRST, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  private VideoEnd encodeAnew(Claim.Proceed claim) {
    int pass = 0;
    while (true) {
      for (int inARow = 1; inARow <= PASSES_IN_A_ROW; inARow++) {
        pass++;
        Optional<VideoEnd> end = onePass(claim, pass);
        if (end.isPresent()) {
          return end.get();
        }
      }
      boolean countsOn = passesAreCountedOn();
      if (countsOn) {
        attempts.keepsChanging(UNTIL_IT_IS_STILL, KEEPS_CHANGING);
      }
      parking.untilRetriedOr(UNTIL_IT_IS_STILL, KEEPS_CHANGING);
      if (!countsOn) {
        pass = 0;
      }
    }
  }

  /** Version 0 began to count anew, so that later passes got the answers of earlier ones. */
  private static boolean passesAreCountedOn() {
    return Workflow.getVersion(PASSES_COUNT_ON, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  /**
   * @return empty when the source was changed by somebody else: from the top again
   */
  private Optional<VideoEnd> onePass(Claim.Proceed claim, int pass) {
    pausing.before(VideoState.ANALYSING, "");
    Optional<VideoEnd> leftAlone = askManagers(claim);
    return leftAlone.isPresent() ? leftAlone : analysed(claim, pass);
  }

  /** What goes elsewhere takes nobody's place. */
  private Optional<VideoEnd> askManagers(Claim.Proceed claim) {
    boolean concernsThem =
        claim.managed()
            && order.purpose() == VideoOrder.Purpose.ENCODE
            && order.wishes().outputRoot().isEmpty();
    return concernsThem
        ? new ManagedWait(parking, pausing)
            .untilFree(() -> steps.managed(claim.zone()).standing(video))
        : Optional.empty();
  }

  private Optional<VideoEnd> analysed(Claim.Proceed claim, int pass) {
    return switch (analyse(claim)) {
      case Analysis.Analysed facts -> planned(claim, facts, pass);
      case Analysis.Settled settled -> Optional.of(asItLies(settled));
      case Analysis.Vanished() ->
          throw attempts.giveUp(
              FailureStage.ANALYSIS,
              Evidence.ofFile(
                      EvidenceKind.FILE_ACCESS,
                      claim.source().value(),
                      claim.source() + ": No such file or directory")
                  .with("zone", claim.zone()));
    };
  }

  /** What was done before the database came back from a backup is only written down again. */
  private static VideoEnd asItLies(Analysis.Settled settled) {
    return settled.undone()
        ? new VideoEnd.Undone(settled.place(), settled.file())
        : new VideoEnd.Redone(settled.place(), settled.file());
  }

  private Optional<VideoEnd> planned(Claim.Proceed claim, Analysis.Analysed facts, int pass) {
    return switch (plan(claim, facts)) {
      case Planned.Skip skip -> Optional.of(new VideoEnd.Skipped(skip.reason(), skip.detail()));
      case Planned.Encode wanted when targetIsTaken(claim, wanted.plan()) ->
          Optional.of(
              new VideoEnd.Skipped(
                  SkipReason.TARGET_EXISTS, wanted.plan().targetPath() + " is there already"));
      case Planned.Encode wanted when order.purpose() == VideoOrder.Purpose.MEASURE ->
          withAnEncoder(claim, wanted, plan -> onlyMeasure(claim, facts, plan, pass));
      case Planned.Encode wanted -> {
        Optional<ReviewRowActivities.Known> held = heldBefore(claim, facts);
        yield held.isPresent()
            ? takeUp(claim, facts, wanted, held.get(), pass)
            : encodeInRoom(claim, facts, wanted, pass);
      }
    };
  }

  private Optional<VideoEnd> encodeInRoom(
      Claim.Proceed claim, Analysis.Analysed facts, Planned.Encode wanted, int pass) {
    RoomInLibrary room = roomFor(claim, facts);
    room.await();
    if (isHeld(wanted.plan())) {
      // How large it becomes nobody knows before the search, which is to be worth its while.
      review(claim)
          .awaitRoom(roomRequest(claim, facts).expecting(facts.file().identity().size() / 2));
    }
    return withAnEncoder(claim, wanted, plan -> carryOut(claim, facts, plan, room, pass));
  }

  /** What goes elsewhere replaces nothing, and needs no word. */
  private boolean isHeld(EncodePlan plan) {
    return plan.quality().review() == Review.HOLD && order.wishes().outputRoot().isEmpty();
  }

  private VideoReview review(Claim.Proceed claim) {
    return new VideoReview(video, claim, steps, attempts, status, parking, pausing, reviewing);
  }

  private Optional<ReviewRowActivities.Known> heldBefore(
      Claim.Proceed claim, Analysis.Analysed facts) {
    return order.wishes().outputRoot().isEmpty() ? review(claim).takenUp(facts) : Optional.empty();
  }

  /** A result that an earlier run has held is not made again. */
  private Optional<VideoEnd> takeUp(
      Claim.Proceed claim,
      Analysis.Analysed facts,
      Planned.Encode wanted,
      ReviewRowActivities.Known known,
      int pass) {
    HeldResult held = known.result();
    if (known.approved()) {
      review(claim).takeApproved(held, () -> roomFor(claim, facts).await());
      return swap(claim, held, pass);
    }
    try {
      return holdAndSwap(claim, facts, held, pass);
    } catch (ResultLost lost) {
      attempts.encodesAgain(lost.evidence());
      return encodeInRoom(claim, facts, wanted, pass);
    }
  }

  private Optional<VideoEnd> holdAndSwap(
      Claim.Proceed claim, Analysis.Analysed facts, HeldResult held, int pass) {
    VideoReview.Ended ended =
        review(claim).hold(held, this::clear, () -> roomFor(claim, facts).await());
    return switch (ended) {
      case VideoReview.Ended.Approved() -> swap(claim, held, pass);
      case VideoReview.Ended.Rejected rejected ->
          Optional.of(new VideoEnd.Skipped(SkipReason.REJECTED, rejected.why()));
      case VideoReview.Ended.SourceChanged() -> Optional.empty();
    };
  }

  private Optional<VideoEnd> withAnEncoder(
      Claim.Proceed claim, Planned.Encode wanted, Function<EncodePlan, Optional<VideoEnd>> work) {
    return new ChosenEncoder(video, claim.zone(), wanted, steps, status, attempts).with(work);
  }

  /** Version 0 knew no rules, and planned with the settings that the claim told. */
  private Planned plan(Claim.Proceed claim, Analysis.Analysed facts) {
    return Workflow.getVersion(RULES_ARE_ASKED, Workflow.DEFAULT_VERSION, 1) > 0
        ? steps.row().plan(order, run, claim.source(), facts)
        : EncodePlanner.plan(claim.source(), facts.file(), facts.media(), claim.quality());
  }

  /** A result that goes elsewhere needs none in the library. */
  private RoomInLibrary roomFor(Claim.Proceed claim, Analysis.Analysed facts) {
    return new RoomInLibrary(
        roomRequest(claim, facts),
        order.wishes().outputRoot().isEmpty(),
        steps.room(claim.zone()),
        attempts,
        parking);
  }

  private RoomRequest roomRequest(Claim.Proceed claim, Analysis.Analysed facts) {
    return new RoomRequest(
        video, claim.libraryRoot(), claim.source(), facts.file().identity().size(), 0);
  }

  private Analysis analyse(Claim.Proceed claim) {
    return attempts.run(
        FailureStage.ANALYSIS, () -> steps.analysis(claim.zone()).analyse(video, claim.source()));
  }

  private boolean targetIsTaken(Claim.Proceed claim, EncodePlan plan) {
    return order.wishes().outputRoot().isEmpty()
        && !plan.targetPath().equals(claim.source())
        && attempts.run(
            FailureStage.ANALYSIS, () -> steps.analysis(claim.zone()).exists(plan.targetPath()));
  }

  private Searched search(Claim.Proceed claim, Analysis.Analysed facts, EncodePlan plan, int pass) {
    SearchLog log = new SearchLog(run, pass, secondsMeasured);
    status.enter(VideoState.SEARCHING, "");
    return new VideoSearch(video, claim, facts, plan, steps, attempts, status, pausing, log).run();
  }

  /** The points are kept by whoever measures them; a later encode begins with them. */
  private Optional<VideoEnd> onlyMeasure(
      Claim.Proceed claim, Analysis.Analysed facts, EncodePlan plan, int pass) {
    return switch (search(claim, facts, plan, pass)) {
      case Searched.SourceChanged changed -> Optional.empty();
      case Searched.NotWorthIt verdict ->
          Optional.of(new VideoEnd.Measured("measured, not worth it: " + verdict.curve()));
      case Searched.Found found ->
          Optional.of(new VideoEnd.Measured("measured: " + found.summary()));
    };
  }

  private Optional<VideoEnd> carryOut(
      Claim.Proceed claim, Analysis.Analysed facts, EncodePlan plan, RoomInLibrary room, int pass) {
    return switch (search(claim, facts, plan, pass)) {
      case Searched.SourceChanged changed -> Optional.empty();
      case Searched.NotWorthIt verdict ->
          Optional.of(new VideoEnd.Skipped(SkipReason.NOT_WORTH_IT, verdict.curve()));
      case Searched.Found found -> encodeFound(claim, facts, plan, room, found, pass);
    };
  }

  /**
   * Where results are checked, one that falls short of its target is made once more with a lower
   * CRF. A second one is not: the file is left as it is.
   */
  private Optional<VideoEnd> encodeFound(
      Claim.Proceed claim,
      Analysis.Analysed facts,
      EncodePlan plan,
      RoomInLibrary room,
      Searched.Found found,
      int pass) {
    final BelowTarget first;
    try {
      return encodeWith(claim, facts, plan, room, found, pass);
    } catch (BelowTarget missed) {
      first = missed;
    }
    status.note(first.words());
    Optional<Searched.Found> better = found.corrected(first.score());
    if (better.isEmpty()) {
      return notWorthIt(first.words() + "; no lower CRF is allowed");
    }
    if (better.get().point().predictedPercent() > found.rung().policy().mostPercent()) {
      return notWorthIt(
          first.words()
              + "; CRF %s would have %.0f %% of the source's size"
                  .formatted(
                      PlainNumber.text(better.get().point().crf()),
                      better.get().point().predictedPercent()));
    }
    try {
      return encodeWith(claim, facts, plan, room, better.get(), pass)
          .map(end -> withWhatWasBefore(first, better.get(), end));
    } catch (BelowTarget again) {
      return notWorthIt(first.words() + "; " + again.words());
    }
  }

  /** That the second result saves too little says nothing without the first one. */
  private static VideoEnd withWhatWasBefore(
      BelowTarget first, Searched.Found second, VideoEnd end) {
    return end instanceof VideoEnd.Skipped(SkipReason reason, String detail)
            && reason.equals(SkipReason.NOT_WORTH_IT)
        ? new VideoEnd.Skipped(
            reason,
            first.words()
                + "; with CRF %s ".formatted(PlainNumber.text(second.point().crf()))
                + detail)
        : end;
  }

  private static Optional<VideoEnd> notWorthIt(String why) {
    return Optional.of(new VideoEnd.Skipped(SkipReason.NOT_WORTH_IT, why));
  }

  private Optional<VideoEnd> encodeWith(
      Claim.Proceed claim,
      Analysis.Analysed facts,
      EncodePlan plan,
      RoomInLibrary room,
      Searched.Found found,
      int pass) {
    room.awaitFor(found.point().predictedBytes());
    if (isHeld(plan)) {
      review(claim).awaitRoom(roomRequest(claim, facts).expecting(found.point().predictedBytes()));
    }
    VideoEncode encode =
        new VideoEncode(
            new EncodeRequest(
                    video,
                    claim.source(),
                    facts.file().identity(),
                    facts.media(),
                    plan,
                    found.point().crf(),
                    found.rung().preset())
                .expecting(found.point().predictedBytes()),
            claim.zone(),
            steps,
            attempts,
            status);
    leftToClear = encode;
    try {
      return encodeAndReplace(claim, facts, plan, found, encode, pass);
    } finally {
      if (!isCancelled() || !endsBeforeItClears()) {
        clear();
      }
    }
  }

  private void clear() {
    if (leftToClear != null) {
      VideoEncode encode = leftToClear;
      leftToClear = null;
      encode.discard();
    }
  }

  /** Whether the whole run was cancelled; a swap is brought to its end in a scope of its own. */
  private static boolean isCancelled() {
    return CancellationScope.current().isCancelRequested();
  }

  /** Version 0 kept a cancelled video at work until its machines had cleared their folders. */
  private static boolean endsBeforeItClears() {
    return Workflow.getVersion(ENDS_BEFORE_IT_CLEARS, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  private Optional<VideoEnd> encodeAndReplace(
      Claim.Proceed claim,
      Analysis.Analysed facts,
      EncodePlan plan,
      Searched.Found found,
      VideoEncode encode,
      int pass) {
    int lostResults = 0;
    while (true) {
      pausing.before(VideoState.ENCODING, found.summary());
      leftToClear = encode;
      switch (encode.run()) {
        case EncodeOutcome.SourceChanged changed -> {
          return Optional.empty();
        }
        case EncodeOutcome.Paused paused -> status.note("the encode waits");
        case EncodeOutcome.Encoded result -> {
          try {
            return verifyAndReplace(claim, facts, plan, found, result, pass);
          } catch (HostGone _) {
            // The result lies on a machine that does not answer: whoever is free encodes again.
            status.note(result.host() + " does not answer");
          } catch (ResultLost lost) {
            lostResults++;
            if (lostResults > MOST_LOST_RESULTS) {
              throw attempts.giveUp(FailureStage.POST_PROCESS, lost.evidence());
            }
            attempts.encodesAgain(lost.evidence());
            if (isHeld(plan) && isPromisedAgain()) {
              review(claim)
                  .awaitRoom(roomRequest(claim, facts).expecting(found.point().predictedBytes()));
            }
          }
        }
      }
    }
  }

  /** Version 0 made a result that had been held once more without any room for it. */
  private static boolean isPromisedAgain() {
    return Workflow.getVersion(PROMISED_AGAIN, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  private Optional<VideoEnd> verifyAndReplace(
      Claim.Proceed claim,
      Analysis.Analysed facts,
      EncodePlan plan,
      Searched.Found found,
      EncodeOutcome.Encoded result,
      int pass) {
    pausing.before(VideoState.REPLACING, verifying(plan));
    VerifyRequest request =
        new VerifyRequest(
            video,
            claim.source(),
            facts.file().identity(),
            facts.media(),
            plan,
            found.rung().target(),
            result);
    Verdict verdict =
        attempts.runOn(
            result.host(),
            FailureStage.POST_PROCESS,
            () -> steps.verify(result.host()).verify(request));
    return switch (verdict) {
      case Verdict.SourceChanged changed -> Optional.empty();
      case Verdict.BelowTarget below -> throw new BelowTarget(below, found.point().crf());
      case Verdict.ResultGone gone ->
          throw new ResultLost(
              Evidence.ofFile(EvidenceKind.FILE_ACCESS, claim.source().value(), gone.what())
                  .with("host", result.host()));
      case Verdict.SavesTooLittle little ->
          Optional.of(
              new VideoEnd.Skipped(
                  SkipReason.NOT_WORTH_IT,
                  "the result has %.1f %% of the source's size"
                      .formatted(100.0 * little.sizeBytes() / facts.file().identity().size())));
      // By a worker of an earlier version: today's fail, with all that they know.
      case Verdict.Refused refused ->
          throw attempts.giveUp(
              FailureStage.POST_PROCESS,
              Evidence.ofFile(EvidenceKind.RESULT_REFUSED, claim.source().value(), refused.words())
                  .with("host", result.host()));
      case Verdict.Verified verified -> {
        StageRequest stage =
            new StageRequest(
                video, claim.libraryRoot(), claim.source(), result.result(), verified.sha256());
        VideoEnd.Encode figures = found.figures(plan, result, verified);
        yield order.wishes().outputRoot().isPresent()
            ? Optional.of(deliver(claim, plan, result, stage, figures))
            : replace(claim, facts, plan, result, stage, figures, pass);
      }
    };
  }

  private static String verifying(EncodePlan plan) {
    return switch (plan.quality().check()) {
      case OFF, SEGMENTS -> "verifying";
      case WHOLE -> "verifying, which scores all of it and may take longer than the encode";
    };
  }

  private VideoEnd deliver(
      Claim.Proceed claim,
      EncodePlan plan,
      EncodeOutcome.Encoded result,
      StageRequest stage,
      VideoEnd.Encode figures) {
    MediaPath destination =
        order
            .wishes()
            .outputRoot()
            .orElseThrow()
            .resolve(plan.targetPath().relativeTo(claim.libraryRoot()));
    Delivered delivered =
        attempts.runOn(
            result.host(),
            FailureStage.POST_PROCESS,
            () -> steps.stage(result.host()).deliver(stage, destination));
    return switch (delivered) {
      case Delivered.To to -> new VideoEnd.DeliveredTo(to.path(), to.sizeBytes(), figures);
      case Delivered.NameTaken taken ->
          new VideoEnd.Skipped(SkipReason.TARGET_EXISTS, taken.path() + " is there already");
    };
  }

  private Optional<VideoEnd> replace(
      Claim.Proceed claim,
      Analysis.Analysed facts,
      EncodePlan plan,
      EncodeOutcome.Encoded result,
      StageRequest stage,
      VideoEnd.Encode figures,
      int pass) {
    if (isHeld(plan)) {
      return holdAndSwap(
          claim, facts, held(claim, facts, plan, staged(result, stage), figures), pass);
    }
    Optional<StagedResult> before =
        stagesCancellably() ? Optional.of(staged(result, stage)) : Optional.empty();
    return swap(
        claim,
        () -> held(claim, facts, plan, before.orElseGet(() -> staged(result, stage)), figures),
        figures,
        pass);
  }

  private HeldResult held(
      Claim.Proceed claim,
      Analysis.Analysed facts,
      EncodePlan plan,
      StagedResult staged,
      VideoEnd.Encode figures) {
    return new HeldResult(
        video,
        claim.libraryRoot(),
        claim.source(),
        facts.file().identity(),
        plan.targetPath(),
        staged,
        figures);
  }

  private Optional<VideoEnd> swap(Claim.Proceed claim, HeldResult result, int pass) {
    return swap(claim, () -> result, result.figures(), pass);
  }

  /** From here on a cancellation waits: a swap that has begun is brought to its end. */
  private Optional<VideoEnd> swap(
      Claim.Proceed claim, Functions.Func<HeldResult> staged, VideoEnd.Encode figures, int pass) {
    SwapOutcome outcome =
        Uncancellable.call(() -> {
          HeldResult result = staged.apply();
          SwapRequest swap =
              new SwapRequest(
                  video,
                  run.line() + "#" + pass,
                  claim.libraryRoot(),
                  claim.source(),
                  result.identity(),
                  result.target(),
                  result.staged());
          return attempts.run(
              FailureStage.POST_PROCESS, () -> steps.replace(claim.zone()).swap(swap));
        });
    return switch (outcome) {
      case SwapOutcome.Replaced replaced -> Optional.of(new VideoEnd.Encoded(replaced, figures));
      case SwapOutcome.SourceChanged changed -> Optional.empty();
      // Another encode would come to the same end.
      case SwapOutcome.NotPossible refused ->
          throw attempts.giveUp(
              FailureStage.POST_PROCESS,
              Evidence.ofFile(EvidenceKind.FILE_OPERATION, claim.source().value(), refused.why())
                  .with(Evidence.OPERATION, Evidence.FINALIZE));
      case SwapOutcome.TargetExists taken ->
          Optional.of(
              new VideoEnd.Skipped(SkipReason.TARGET_EXISTS, taken.path() + " is there already"));
      case SwapOutcome.Superseded() ->
          Optional.of(new VideoEnd.NothingToDo("another attempt has replaced the file"));
    };
  }

  /** Version 0 could not be cancelled while it waited for room or a mount to copy the result to. */
  private static boolean stagesCancellably() {
    return Workflow.getVersion(STAGES_CANCELLABLY, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  private StagedResult staged(EncodeOutcome.Encoded result, StageRequest stage) {
    return attempts.runOn(
        result.host(), FailureStage.POST_PROCESS, () -> steps.stage(result.host()).stage(stage));
  }

  private VideoEnd undo(Claim.Proceed claim) {
    status.enter(VideoState.REPLACING, "putting the original back");
    UndoOutcome outcome =
        Uncancellable.call(() ->
            attempts.run(
                FailureStage.POST_PROCESS,
                () -> steps.replace(claim.zone()).undo(video, run.line())));
    return switch (outcome) {
      case UndoOutcome.Undone undone when undone.redone() ->
          new VideoEnd.Redone(undone.path(), undone.identity());
      case UndoOutcome.Undone undone -> new VideoEnd.Undone(undone.path(), undone.identity());
      case UndoOutcome.Refused refused -> new VideoEnd.UndoRefused(refused.why());
    };
  }

  private VideoEnd restore(Claim.Proceed claim) {
    MediaPath place = order.place().orElseThrow();
    status.enter(VideoState.REPLACING, "putting the original to " + place);
    RestoreOutcome outcome =
        Uncancellable.call(() ->
            attempts.run(
                FailureStage.POST_PROCESS,
                () -> steps.replace(claim.zone()).restore(video, run.line(), place)));
    return switch (outcome) {
      case RestoreOutcome.Restored restored -> new VideoEnd.Restored(restored.path());
      case RestoreOutcome.Refused refused -> new VideoEnd.UndoRefused(refused.why());
    };
  }

  private VideoEnd accept(Claim.Proceed claim) {
    Acceptance acceptance = order.acceptance().orElseThrow();
    return new VideoEnd.Released(
        Uncancellable.call(() ->
            attempts.run(
                FailureStage.POST_PROCESS,
                () -> steps.replace(claim.zone()).accept(video, run.line(), acceptance))));
  }
}
