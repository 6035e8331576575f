package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Decision;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureActivities;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureCode;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.failure.History;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.failure.RetryPolicy;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.SourceDecoding;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one loop of judged work: run, and when it fails classify, record, decide, wait, run again.
 * What is decided stands in {@link RetryPolicy}, why in {@link FailureTable}.
 */
final class Attempts {

  private static final String PARKS = "lost-workers-park";
  private static final String WAITS_PARK = "long-waits-park";
  private static final String FOLDERS_STAND = "uncleared-folders-stand";
  private static final String CLEAN_UPS_ARE_NOTED = "refused-clean-ups-are-noted";
  private static final String LOSSES_AGE = "lost-workers-of-another-day-are-forgotten";
  private static final String HALVES = "too-little-memory-halves-threads";

  /** Of version 0. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final VideoId video;
  private final RunKey run;
  private final FailureActivities failures;
  private final MachineActivities machines;
  private final VideoStatus status;
  private final Parking parking;
  private final Pausing pausing;
  private final LongWaits longWaits;
  private final StandingFailureActivities standing;
  private final Map<FailureStage, Integer> failed = new EnumMap<>(FailureStage.class);

  /** Whether a probe or an encode of this run had too little memory: it is spared from then on. */
  private boolean threadsHalved = false;

  /** Whether something failed while sources may be decoded by a device: the CPU does it then. */
  private boolean decodesOnCpu = false;

  private @Nullable ChosenEncoder encoders;

  /** Numbers the failures of the run: one found in a stage may be laid on another. */
  private int rows = 0;

  Attempts(
      VideoId video,
      RunKey run,
      VideoSteps steps,
      VideoStatus status,
      Parking parking,
      Pausing pausing) {
    this.video = video;
    this.run = run;
    this.failures = steps.failures();
    this.machines = steps.machines();
    this.standing = steps.standing();
    this.longWaits = new LongWaits(steps.standing());
    this.status = status;
    this.parking = parking;
    this.pausing = pausing;
  }

  /**
   * Runs a step until it has an outcome.
   *
   * @throws GivenUp if the policy gives the video up
   * @throws RungFailed if the policy asks for the next rung
   * @throws CanceledFailure if the workflow was cancelled
   */
  <T> T run(FailureStage stage, Functions.Func<T> step) {
    History history = begin();
    while (true) {
      try {
        T outcome = step.apply();
        succeeded(stage);
        return outcome;
      } catch (ActivityFailure failure) {
        history = afterFailure(stage, evidenceOf(failure), history);
      }
    }
  }

  /**
   * The same for a step that only this machine can do.
   *
   * @throws HostGone if the machine has not taken it in time
   */
  <T> T runOn(String host, FailureStage stage, Functions.Func<T> step) {
    return run(
        stage,
        () -> {
          try {
            return step.apply();
          } catch (ActivityFailure failure) {
            Evidence evidence = evidenceOf(failure);
            if (evidence.kind() == EvidenceKind.NO_HOST) {
              encodesAgain(evidence);
              throw new HostGone(host);
            }
            throw failure;
          }
        });
  }

  /** The history of a step that has not failed yet. */
  History begin() {
    return threadsHalved ? History.none().withHalfTheThreads() : History.none();
  }

  /** Whether probes and encodes of this run are to make do with half the threads. */
  boolean threadsHalved() {
    return threadsHalved;
  }

  /** From now on a step that its encoder fails may turn to another one of this choice. */
  void mayChange(ChosenEncoder choice) {
    encoders = choice;
  }

  /** Whether work that no machine takes is to come back for another choice. */
  boolean looksAgainForEncoders() {
    return encoders != null && encoders.looksAgain();
  }

  /** How a source is to be decoded, as far as what has failed leaves a choice. */
  SourceDecoding decoding(SourceDecoding wished) {
    return decodesOnCpu ? SourceDecoding.onCpu() : wished;
  }

  /**
   * Runs a probe or an encode, again and again while nobody takes it and its encoder is the one
   * that would be chosen now.
   *
   * @throws EncoderLost if nobody has taken it, and another choice is to be made
   */
  <T> T taken(Functions.Func<T> step) {
    while (true) {
      try {
        return step.apply();
      } catch (ActivityFailure failure) {
        waitsOn(failure);
      }
    }
  }

  private void waitsOn(ActivityFailure failure) {
    if (encoders == null || !encoders.looksAgain()) {
      throw failure;
    }
    Evidence evidence = evidenceOf(failure);
    if (evidence.kind() != EvidenceKind.NO_HOST) {
      throw failure;
    }
    if (!encoders.isStillTheChoice()) {
      throw new EncoderLost(EncoderLost.Why.NOBODY_TOOK_IT, evidence.message());
    }
  }

  /**
   * Parks the video until somebody may offer what it needs.
   *
   * @param what nobody offers, for people
   * @param n how often it has been so, from 1
   */
  void awaitEncoder(String what, String zone, int n) {
    Evidence evidence = Evidence.of(EvidenceKind.TOOL_UNFIT, what).with("zone", zone);
    Classification classification = FailureTable.classify(FailureStage.CRF_SEARCH, evidence);
    Decision.ParkFor park = RetryPolicy.awaitOffer(n, what);
    if (longWaits.begins(classification, evidence)) {
      write(classification, evidence, 0, false, park.words());
    }
    status.critical(classification);
    parking.untilRetriedOrLookedAgain(park.after(), park.forWhat());
  }

  /**
   * What an activity failed with; a cancelled one is no failure and is passed on.
   *
   * @throws LibraryRemoved if that is why: no failure either
   */
  Evidence evidenceOf(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure cancelled) {
      throw cancelled;
    }
    Evidence evidence = FailureReading.of(failure);
    if (evidence.kind() == EvidenceKind.LIBRARY_REMOVED) {
      throw new LibraryRemoved(evidence.message());
    }
    return evidence;
  }

  /**
   * Records, decides and waits; returns when the step is to run again, once nothing of it is
   * paused.
   *
   * @return the history with this failure in it; none where an operator has said: from the start
   */
  History afterFailure(FailureStage stage, Evidence evidence, History history) {
    Classification classification = FailureTable.classify(stage, evidence);
    History now = history.plus(classification, evidence, when(evidence));
    Decision decision = decide(classification, now);
    mayBeOfDecoding(stage, evidence);
    turnToAnotherEncoder(stage, classification, evidence, history, decision);
    boolean isFinal = decision instanceof Decision.GiveUp || decision instanceof Decision.Park;
    // One row for each thing that is waited for: how often it is looked at again says nothing.
    boolean isWaitedForAlready =
        decision instanceof Decision.ParkFor && !longWaits.begins(classification, evidence);
    if (!isWaitedForAlready) {
      write(classification, evidence, history.failures(), isFinal, decision.words());
    }
    switch (decision) {
      case Decision.Retry retry -> pause(stage, decision, retry.after());
      case Decision.HalveThreads halve -> {
        threadsHalved = true;
        pause(stage, decision, halve.after());
        return now.withHalfTheThreads();
      }
      case Decision.TakeOver takeOver -> pause(stage, decision, takeOver.after());
      case Decision.Wait wait -> pause(stage, decision, wait.after());
      case Decision.Park park -> {
        parking.untilRetried(park.forWhat());
        return begin();
      }
      case Decision.ParkFor park -> {
        status.critical(classification);
        boolean retried = parking.untilRetriedOrLookedAgain(park.after(), park.forWhat());
        return retried ? begin() : now;
      }
      case Decision.NextRung() -> throw new RungFailed(classification);
      case Decision.GiveUp() -> throw new GivenUp(classification);
    }
    return now;
  }

  private void mayBeOfDecoding(FailureStage stage, Evidence evidence) {
    decodesOnCpu |=
        stage != FailureStage.POST_PROCESS
            && (evidence.kind() == EvidenceKind.PROCESS_EXIT
                || evidence.kind() == EvidenceKind.STALLED);
  }

  private void turnToAnotherEncoder(
      FailureStage stage,
      Classification classification,
      Evidence evidence,
      History history,
      Decision decision) {
    if (encoders == null) {
      return;
    }
    Optional<EncoderLost.Why> why = encoders.leaves(stage, classification, decision);
    if (why.isPresent()) {
      write(classification, evidence, history.failures(), false, "next encoder");
      throw new EncoderLost(why.get(), classification.message());
    }
  }

  /** Version 0 counted the workers that were lost however far apart. */
  private static Instant when(Evidence evidence) {
    return evidence.kind() == EvidenceKind.WORKER_LOST
            && Workflow.getVersion(LOSSES_AGE, Workflow.DEFAULT_VERSION, 1)
                == Workflow.DEFAULT_VERSION
        ? Instant.EPOCH
        : Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private Decision decide(Classification classification, History history) {
    Decision decision = decision(classification, history);
    return decision instanceof Decision.ParkFor park && !longWaitsPark()
        ? new Decision.Wait(LONGEST_WAIT, park.forWhat())
        : decision;
  }

  /** Version 0 waited in place for ever. */
  private static boolean longWaitsPark() {
    return Workflow.getVersion(WAITS_PARK, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  private Decision decision(Classification classification, History history) {
    if (classification.reaction() == Reaction.HALVE_THREADS && !halvesThreads()) {
      return RetryPolicy.decide(retried(classification), history, List.of());
    }
    if (!history.isSuspect()) {
      return RetryPolicy.decide(classification, history, List.of());
    }
    // Version 0 gave such a video up.
    return Workflow.getVersion(PARKS, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION
        ? new Decision.GiveUp()
        : RetryPolicy.decide(classification, history, machines.hosts());
  }

  /** Version 0 ran what had too little memory again as it was. */
  private static boolean halvesThreads() {
    return Workflow.getVersion(HALVES, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  private static Classification retried(Classification failure) {
    return new Classification(
        failure.stage(), failure.category(), failure.code(), failure.message(), Reaction.RETRY);
  }

  /** Records evidence that the workflow itself came to, as final; to be thrown. */
  GivenUp giveUp(FailureStage stage, Evidence evidence) {
    Classification classification = FailureTable.classify(stage, evidence);
    write(classification, evidence, 0, true, new Decision.GiveUp().words());
    return new GivenUp(classification);
  }

  /** Records why a result that was made is not to be had. */
  void encodesAgain(Evidence why) {
    write(FailureTable.classify(FailureStage.POST_PROCESS, why), why, 0, false, "encode again");
  }

  /** Records why a rung of the ladder was left, and what for. */
  void rungLeft(Evidence why, String decided) {
    write(FailureTable.classify(FailureStage.CRF_SEARCH, why), why, 0, false, decided);
  }

  /**
   * Records a work folder that could not be cleared; the sweep of its machine clears it later. What
   * the video has failed with stays what is said of it.
   */
  void cleanUpFailed(String host, ActivityFailure failure) {
    Evidence evidence = evidenceOf(failure);
    Classification uncleared =
        new Classification(
            FailureStage.POST_PROCESS,
            FailureCategory.CLEANUP,
            FailureCode.CLEANUP.name(),
            evidence.message(),
            Reaction.WAIT_AND_RETRY);
    if (Workflow.getVersion(CLEAN_UPS_ARE_NOTED, Workflow.DEFAULT_VERSION, 1) > 0) {
      status.note(uncleared.code() + ": " + uncleared.message());
    } else {
      status.failed(uncleared, false);
    }
    writeRow(uncleared, evidence, 0, false, "leave it to the sweep");
    if (Workflow.getVersion(FOLDERS_STAND, Workflow.DEFAULT_VERSION, 1) > 0) {
      String folder = "work folder of " + host;
      standing.tell(
          run.firstRunId(),
          List.of(
              new StandingFailure(
                  StandingFailure.subjectOfJanitor(folder),
                  uncleared.about(folder, Reaction.WAIT_AND_RETRY),
                  evidence)),
          List.of());
    }
  }

  /** Records that somebody changes the file all the time, and waits. */
  void keepsChanging(Duration pause, String what) {
    Evidence evidence = Evidence.of(EvidenceKind.SOURCE_CHANGED, what);
    Decision decision = new Decision.ParkFor(pause, what);
    write(
        FailureTable.classify(FailureStage.POST_PROCESS, evidence),
        evidence,
        0,
        false,
        decision.words());
  }

  /** The video has come to its end: what it has waited for is the next one's to say. */
  void ended() {
    longWaits.ended();
  }

  private void write(
      Classification classification,
      Evidence evidence,
      int retryCount,
      boolean isFinal,
      String decided) {
    status.failed(classification, isFinal);
    writeRow(classification, evidence, retryCount, isFinal, decided);
  }

  private void writeRow(
      Classification classification,
      Evidence evidence,
      int retryCount,
      boolean isFinal,
      String decided) {
    failed.merge(classification.stage(), 1, Integer::sum);
    rows++;
    failures.record(
        new FailureRecord(
            video,
            run.workflowId(),
            run.firstRunId(),
            rows,
            classification,
            evidence,
            retryCount,
            isFinal,
            decided));
  }

  /** The stage has come to an outcome: what failed in it before is resolved. */
  void succeeded(FailureStage stage) {
    longWaits.overIn(stage);
    if (failed.getOrDefault(stage, 0) > 0) {
      failures.resolveStage(video, stage);
    }
  }

  private void pause(FailureStage stage, Decision decision, Duration after) {
    if (!after.isZero()) {
      status.note(decision.words());
      Workflow.sleep(after);
    }
    // An encode may run on and is to be attached to; it looks at pauses itself.
    if (stage != FailureStage.ENCODING || !(decision instanceof Decision.TakeOver)) {
      pausing.beforeItRunsAgain();
    }
  }
}
