package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.failure.Decision;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.forecast.Typical;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.LadderEnd;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.SourceDecoding;
import dev.reencodarr.workflows.search.CrfSearch;
import dev.reencodarr.workflows.search.Ladder;
import dev.reencodarr.workflows.search.NextSteps;
import dev.reencodarr.workflows.search.PresetCurve;
import dev.reencodarr.workflows.search.ProbeOutcome;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.Rung;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchStep;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The CRF search of one video: rung after rung of the ladder, one probe one activity. */
final class VideoSearch {

  private static final String TOGETHER = "probes-in-parallel";

  /** More CRFs at once than three tell little more. */
  private static final int MOST_COMPANIONS = 2;

  private static final String RECORDED = "searches-are-recorded";
  private static final String HOPELESS_ROWS = "hopeless-rungs-are-rows";
  private static final String NEXT = new Decision.NextRung().words();
  private static final String NO_CRF = "no CRF reaches the target";
  private static final String SKIP = "skip the video";

  private final VideoId video;
  private final Claim.Proceed claim;
  private final Analysis.Analysed facts;
  private final EncodePlan plan;
  private final VideoSteps steps;
  private final Attempts attempts;
  private final VideoStatus status;
  private final Pausing pausing;
  private final PresetCurves curves;
  private final SearchLog log;

  /**
   * @param log of this search; added to
   */
  VideoSearch(
      VideoId video,
      Claim.Proceed claim,
      Analysis.Analysed facts,
      EncodePlan plan,
      VideoSteps steps,
      Attempts attempts,
      VideoStatus status,
      Pausing pausing,
      SearchLog log) {
    this.video = video;
    this.claim = claim;
    this.facts = facts;
    this.plan = plan;
    this.steps = steps;
    this.attempts = attempts;
    this.status = status;
    this.pausing = pausing;
    this.log = log;
    this.curves =
        new PresetCurves(
            video,
            facts.file().identity(),
            plan.quality(),
            Typical.percentAtTarget(claim.source(), claim.libraryRoot(), facts.media()),
            steps.points());
  }

  /** Searches, and leaves a record of it unless the source is another by now. */
  Searched run() {
    status.encoder(plan.encoder());
    try {
      Searched end = climbDown();
      switch (end) {
        case Searched.Found found -> record(found.why());
        case Searched.NotWorthIt verdict -> record(verdict.why());
        case Searched.SourceChanged() -> {}
      }
      return end;
    } catch (GivenUp failure) {
      record(failure.classification().code() + ": " + failure.classification().message());
      throw failure;
    } catch (EncoderLost lost) {
      record(lost.what());
      throw lost;
    }
  }

  /** Version 0 left nothing but its points. */
  private void record(String stopped) {
    if (Workflow.getVersion(RECORDED, Workflow.DEFAULT_VERSION, 1) > 0) {
      steps
          .points()
          .searched(
              log.record(
                  video,
                  facts.file().identity(),
                  plan.quality(),
                  stopped,
                  curves.points(),
                  curves.looks()));
    }
  }

  /** Climbs down the ladder until a rung is found, the curve says no, or it is at its end. */
  private Searched climbDown() {
    List<Ladder.Tried> tried = new ArrayList<>();
    List<Rung> rungs = Ladder.rungs(plan, sourceBytes());
    for (Rung rung : rungs) {
      PresetCurve known = curves.of(rung);
      try {
        Rung climbed = PresetCurves.areSeeded() ? rung : rung.withoutLooks();
        log.begins(climbed, known.seed(), !known.isEmpty());
        SearchStep end = climb(known, climbed);
        log.ends(end);
        tried.add(new Ladder.Tried(rung, known.now().measured()));
        switch (end) {
          case SearchStep.Found found -> {
            return found(rung, found.point(), known);
          }
          case SearchStep.Hopeless() -> {
            return hopeless(rung, tried);
          }
          case SearchStep.NotReachable() when isLast(rung, rungs) -> {
            return notReachable(rung, tried);
          }
          case SearchStep.NotReachable() -> left(EvidenceKind.LADDER, rung, NO_CRF, NEXT);
          case SearchStep.TooLarge() when isLast(rung, rungs) -> {
            return tooLarge(rung, tried);
          }
          case SearchStep.TooLarge() -> leftAsTooLarge(rung, NEXT);
          case SearchStep.Measurement step -> throw SearchLog.noEnd(step);
        }
      } catch (SourceHasChanged changed) {
        return new Searched.SourceChanged();
      } catch (RungFailed failed) {
        status.note(rung.preset() + ": " + failed.getMessage());
        if (isLast(rung, rungs)) {
          throw new GivenUp(failed.classification());
        }
      }
    }
    throw new IllegalStateException("a ladder without a rung");
  }

  private Searched.Found found(Rung rung, SearchPoint point, PresetCurve known) {
    List<SearchPoint> used = curves.measured();
    return new Searched.Found(
        rung,
        point,
        used.size(),
        log.known(used),
        known.now().slope(rung.policy()),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** Probes until the rung is decided; what is measured is added. */
  private SearchStep climb(PresetCurve known, Rung rung) {
    while (true) {
      List<SearchStep> steps = decided(known, rung, 1 + idleWorkers());
      if (!(steps.getFirst() instanceof SearchStep.Measurement first)) {
        return steps.getFirst();
      }
      if (steps.size() == 1) {
        known.add(first, measure(rung, first));
      } else {
        measureTogether(known, rung, steps);
      }
    }
  }

  /** A decision is kept in the history: what is known of curves may be known better one day. */
  private List<SearchStep> decided(PresetCurve known, Rung rung, int most) {
    return PresetCurves.areSeeded()
        ? Workflow.sideEffect(
                NextSteps.class,
                () -> new NextSteps(CrfSearch.together(known.now(), rung.policy(), most)))
            .steps()
        : CrfSearch.together(known.now(), rung.policy(), most);
  }

  /** Version 0 measured one CRF after the other, whoever was idle. */
  private int idleWorkers() {
    return Workflow.getVersion(TOGETHER, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION
        ? 0
        : Math.min(MOST_COMPANIONS, steps.points().idleSlots(plan.encoder(), claim.zone()));
  }

  /** Measures several CRFs at once; the first answer that settles the rung ends the others. */
  private void measureTogether(PresetCurve known, Rung rung, List<SearchStep> wanted) {
    Map<SearchStep.Measurement, Promise<SearchPoint>> pending = new LinkedHashMap<>();
    CancellationScope all =
        Workflow.newCancellationScope(() -> {
          for (SearchStep step : wanted) {
            if (step instanceof SearchStep.Measurement one) {
              pending.put(one, Async.function(() -> measure(rung, one)));
            }
          }
        });
    all.run();
    try {
      do {
        Workflow.await(() -> pending.values().stream().anyMatch(Promise::isCompleted));
        for (SearchStep.Measurement one : List.copyOf(pending.keySet())) {
          Promise<SearchPoint> answer = pending.get(one);
          if (answer != null && answer.isCompleted()) {
            pending.remove(one);
            known.add(one, answer.get());
          }
        }
      } while (!pending.isEmpty()
          && decided(known, rung, 1).getFirst() instanceof SearchStep.Measurement);
    } finally {
      all.cancel("another CRF has settled it");
    }
  }

  private SearchPoint measure(Rung rung, SearchStep.Measurement step) {
    double crf = step.crf();
    log.asks(crf);
    ProbeRequest request =
        new ProbeRequest(
            video,
            claim.source(),
            facts.file().identity(),
            facts.media().mainVideo().orElseThrow().index(),
            facts.media().silentSeconds(),
            rung.settingOf(step),
            crf);
    while (true) {
      pausing.before(
          VideoState.SEARCHING,
          "CRF %s, preset %d, for %s"
              .formatted(
                  PlainNumber.text(crf), rung.preset(), metric().textOfTarget(rung.target())));
      switch (probe(rung, request)) {
        case ProbeOutcome.SourceChanged changed -> throw new SourceHasChanged();
        case ProbeOutcome.Paused paused -> status.note("the probe waits");
        case ProbeOutcome.Measured probed -> {
          return measured(probed);
        }
      }
    }
  }

  private ProbeOutcome probe(Rung rung, ProbeRequest request) {
    String summary = "CRF %s preset %d".formatted(PlainNumber.text(request.crf()), rung.preset());
    return attempts.run(
        FailureStage.CRF_SEARCH,
        () ->
            attempts.taken(() ->
                steps
                    .probe(plan.encoder(), claim.zone(), summary, attempts.looksAgainForEncoders())
                    .probe(
                        request
                            .with(attempts.threadsHalved())
                            .with(attempts.decoding(wishedDecoding())))));
  }

  private SourceDecoding wishedDecoding() {
    return SourceDecoding.of(plan.quality(), facts.media().mainVideo().orElseThrow());
  }

  private SearchPoint measured(ProbeOutcome.Measured probed) {
    SearchPoint point = probed.point().pooled(plan.quality().pool());
    log.measured(point, probed);
    status.note(
        "CRF %s: %s, %.0f %%"
            .formatted(
                PlainNumber.text(point.crf()),
                metric().text(point.score(), 2),
                point.predictedPercent()));
    return point;
  }

  private Metric metric() {
    return plan.quality().scoring().metric();
  }

  private long sourceBytes() {
    return facts.file().identity().size();
  }

  private static boolean isLast(Rung rung, List<Rung> rungs) {
    return rung.equals(rungs.getLast());
  }

  // --- the end of the ladder -----------------------------------------------------------------

  private Searched notReachable(Rung rung, List<Ladder.Tried> tried) {
    if (plan.quality().crfNotFound() == LadderEnd.FAIL) {
      throw attempts.giveUp(
          FailureStage.CRF_SEARCH, Evidence.of(EvidenceKind.CRF_NOT_FOUND, Ladder.summary(tried)));
    }
    left(EvidenceKind.LADDER, rung, NO_CRF, SKIP);
    return notWorthIt(rung, NO_CRF, tried);
  }

  private Searched tooLarge(Rung rung, List<Ladder.Tried> tried) {
    if (failsWhenTooLarge()) {
      throw attempts.giveUp(
          FailureStage.CRF_SEARCH,
          Evidence.of(EvidenceKind.SIZE_LIMIT, limit() + "; " + Ladder.summary(tried)));
    }
    leftAsTooLarge(rung, SKIP);
    return notWorthIt(rung, whyTooLarge(), tried);
  }

  private static Searched notWorthIt(Rung rung, String why, List<Ladder.Tried> tried) {
    return new Searched.NotWorthIt(name(rung) + ": " + why, Ladder.summary(tried));
  }

  private Searched hopeless(Rung rung, List<Ladder.Tried> tried) {
    String why = "not even the lowest target can be small enough";
    if (plan.quality().isLimited(sourceBytes())) {
      status.note(name(rung) + ": " + why);
      return tooLarge(rung, tried);
    }
    if (hopelessRungsAreRows()) {
      left(EvidenceKind.LADDER, rung, why, SKIP);
    } else {
      status.note(name(rung) + ": " + why);
    }
    return notWorthIt(rung, why, tried);
  }

  /** Version 0 only noted them. */
  private static boolean hopelessRungsAreRows() {
    return Workflow.getVersion(HOPELESS_ROWS, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  /** What saves too little without any limit is left alone, whatever the settings. */
  private boolean failsWhenTooLarge() {
    return plan.quality().isLimited(sourceBytes())
        && plan.quality().overSizeLimit() == LadderEnd.FAIL;
  }

  private void leftAsTooLarge(Rung rung, String decided) {
    EvidenceKind kind =
        plan.quality().isLimited(sourceBytes()) ? EvidenceKind.SIZE_LIMIT : EvidenceKind.LADDER;
    left(kind, rung, whyTooLarge(), decided);
  }

  private String whyTooLarge() {
    return plan.quality().isLimited(sourceBytes())
        ? "what reaches the target is over " + limit()
        : "what reaches the target saves too little";
  }

  private String limit() {
    return "the limit of %.0f %% of the source"
        .formatted(plan.quality().mostPercent(sourceBytes()));
  }

  private void left(EvidenceKind kind, Rung rung, String why, String decided) {
    attempts.rungLeft(Evidence.of(kind, name(rung) + ": " + why), decided);
  }

  private static String name(Rung rung) {
    return "preset " + rung.preset() + ", target " + PlainNumber.text(rung.target());
  }

  /** Somebody changed the file in mid-search. */
  private static final class SourceHasChanged extends RuntimeException {}
}
