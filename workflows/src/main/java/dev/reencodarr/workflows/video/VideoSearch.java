package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.failure.Decision;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.LadderEnd;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.search.Correction;
import dev.reencodarr.workflows.search.CrfSearch;
import dev.reencodarr.workflows.search.Known;
import dev.reencodarr.workflows.search.Ladder;
import dev.reencodarr.workflows.search.ProbeOutcome;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.Rung;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchPolicy;
import dev.reencodarr.workflows.search.SearchStep;
import dev.reencodarr.workflows.search.Seed;
import dev.reencodarr.workflows.search.SeedRequest;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CRF search of one video: rung after rung of the ladder, one probe one activity. */
final class VideoSearch {

  /** What a search came to. */
  sealed interface Searched {

    /**
     * @param rung whose target the point reaches
     * @param probes points and looks that the search rested on, with every preset that it tried
     * @param knownProbes of them, those that no pass of this run has measured
     * @param slope of the loss for each CRF, as the search has learnt it
     * @param correctedFrom the CRF of a first try whose result was not good enough
     */
    record Found(
        Rung rung,
        SearchPoint point,
        int probes,
        int knownProbes,
        double slope,
        OptionalDouble correctedFrom)
        implements Searched {

      /**
       * What to encode once more, where the result as a whole fell short of the target.
       *
       * @return empty where no lower CRF may be taken
       */
      Optional<Found> corrected(double score) {
        OptionalDouble crf = Correction.crf(point.crf(), score, slope, rung.policy());
        return crf.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Found(
                    rung,
                    Correction.expected(point, crf.getAsDouble()),
                    probes,
                    knownProbes,
                    slope,
                    OptionalDouble.of(point.crf())));
      }

      String summary() {
        return "CRF %s, preset %d, %s of %.4g, %.0f %% predicted"
            .formatted(
                PlainNumber.text(point.crf()),
                rung.preset(),
                rung.setting().scoring().metric().text(point.score(), 2),
                rung.target(),
                point.predictedPercent());
      }

      /** Why the search stopped with it. */
      String why() {
        SearchPolicy policy = rung.policy();
        String given =
            "CRF %s gives %s %.2f"
                .formatted(PlainNumber.text(point.crf()), policy.metric().text(), point.score());
        String target = "the target " + PlainNumber.text(rung.target());
        if (point.score() <= rung.target() + policy.band()) {
          return given + ", no more than " + PlainNumber.text(policy.band()) + " above " + target;
        }
        return given
            + (point.crf() >= policy.maxCrf()
                ? " and is the highest that is allowed"
                : " and is the highest that reaches " + target);
      }

      VideoEnd.Encode figures(EncodePlan plan, EncodeOutcome.Encoded result) {
        return new VideoEnd.Encode(
            plan.encoder(),
            rung.preset(),
            point.crf(),
            rung.target(),
            point.score(),
            result.seconds(),
            probes,
            knownProbes,
            rung.setting().scoring().metric(),
            OptionalDouble.empty(),
            correctedFrom);
      }
    }

    record NotWorthIt(String why, String curve) implements Searched {}

    record SourceChanged() implements Searched {}
  }

  private static final String SEEDED = "searches-are-seeded";
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
  private final Map<Integer, Measured> presets = new TreeMap<>();
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
                  presets.values().stream().flatMap(known -> known.points().stream()).toList(),
                  presets.values().stream().flatMap(known -> known.looks().stream()).toList()));
    }
  }

  /** Climbs down the ladder until a rung is found, the curve says no, or it is at its end. */
  private Searched climbDown() {
    List<Ladder.Tried> tried = new ArrayList<>();
    List<Rung> rungs = Ladder.rungs(plan, sourceBytes());
    Memory memory = new Memory(isSeeded());
    for (Rung rung : rungs) {
      Measured known = memory.of(rung);
      try {
        Rung climbed = memory.seeded() ? rung : rung.withoutLooks();
        log.begins(climbed, known.seed(), known.all().findAny().isPresent());
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

  /** Version 0 began at a typical CRF, and took no looks. */
  private static boolean isSeeded() {
    return Workflow.getVersion(SEEDED, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  private Searched.Found found(Rung rung, SearchPoint point, Measured measured) {
    List<SearchPoint> used = presets.values().stream().flatMap(Measured::all).toList();
    return new Searched.Found(
        rung,
        point,
        used.size(),
        log.known(used),
        measured.now().slope(rung.policy()),
        OptionalDouble.empty());
  }

  /** Probes until the rung is decided; what is measured is added. */
  private SearchStep climb(Measured known, Rung rung) {
    while (true) {
      List<SearchStep> steps = CrfSearch.together(known.now(), rung.policy(), 1 + idleWorkers());
      switch (steps.getFirst()) {
        case SearchStep.Measurement only when steps.size() == 1 ->
            known.add(only, measure(rung, only));
        case SearchStep.Measurement first -> measureTogether(known, rung, steps);
        case SearchStep.Found found -> {
          return found;
        }
        case SearchStep.NotReachable none -> {
          return none;
        }
        case SearchStep.TooLarge tooLarge -> {
          return tooLarge;
        }
        case SearchStep.Hopeless hopeless -> {
          return hopeless;
        }
      }
    }
  }

  /** Version 0 measured one CRF after the other, whoever was idle. */
  private int idleWorkers() {
    return Workflow.getVersion(TOGETHER, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION
        ? 0
        : Math.min(MOST_COMPANIONS, steps.points().idleSlots(plan.encoder(), claim.zone()));
  }

  /** Measures several CRFs at once; the first answer that settles the rung ends the others. */
  private void measureTogether(Measured known, Rung rung, List<SearchStep> wanted) {
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
      while (!pending.isEmpty()
          && CrfSearch.next(known.now(), rung.policy()) instanceof SearchStep.Measurement) {
        Workflow.await(() -> pending.values().stream().anyMatch(Promise::isCompleted));
        for (SearchStep.Measurement one : List.copyOf(pending.keySet())) {
          Promise<SearchPoint> answer = pending.get(one);
          if (answer != null && answer.isCompleted()) {
            pending.remove(one);
            known.add(one, answer.get());
          }
        }
      }
    } finally {
      all.cancel("another CRF has settled it");
    }
  }

  private SearchPoint measure(Rung rung, SearchStep.Measurement step) {
    return switch (step) {
      case SearchStep.Probe probe -> measure(rung, rung.setting(), probe.crf());
      case SearchStep.Look look -> measure(rung, rung.setting().ofLooks(), look.crf());
    };
  }

  private SearchPoint measure(Rung rung, ProbeSetting setting, double crf) {
    log.asks(crf);
    ProbeRequest request =
        new ProbeRequest(
            video,
            claim.source(),
            facts.file().identity(),
            facts.media().mainVideo().orElseThrow().index(),
            facts.media().silentSeconds(),
            setting,
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
            steps
                .probe(plan.encoder(), claim.zone(), summary)
                .probe(request.with(attempts.threadsHalved())));
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

  /**
   * What is known of a preset's curve: what was ever measured, and what this pass adds.
   *
   * @param looks at it, in the order in which they were taken
   */
  private record Measured(List<SearchPoint> points, List<SearchPoint> looks, Seed seed) {
    Known now() {
      return new Known(points, looks, seed);
    }

    void add(SearchStep.Measurement step, SearchPoint point) {
      switch (step) {
        case SearchStep.Probe probe -> points.add(point);
        case SearchStep.Look look -> looks.add(point);
      }
    }

    Stream<SearchPoint> all() {
      return Stream.concat(points.stream(), looks.stream());
    }
  }

  /** The presets of this search; each begins with what the one before has taught. */
  private final class Memory {
    private final boolean seeded;
    private int latest;

    private Memory(boolean seeded) {
      this.seeded = seeded;
    }

    boolean seeded() {
      return seeded;
    }

    Measured of(Rung rung) {
      if (!presets.containsKey(rung.preset())) {
        presets.put(
            rung.preset(),
            new Measured(
                known(rung.setting()),
                seeded && rung.policy().costOfLook() < 1
                    ? known(rung.setting().ofLooks())
                    : new ArrayList<>(),
                seed(rung)));
        latest = rung.preset();
      }
      return presets.get(rung.preset());
    }

    private Seed seed(Rung rung) {
      Measured before = presets.get(latest);
      if (before != null) {
        return before.seed().afterPreset(before.points(), before.looks(), rung.target(), metric());
      }
      return seeded
          ? steps.points().seed(new SeedRequest(video, rung.setting(), rung.target()))
          : Seed.prior(metric());
    }
  }

  private List<SearchPoint> known(ProbeSetting setting) {
    return steps.points().known(facts.file().identity(), setting).stream()
        .map(point -> point.pooled(plan.quality().pool()))
        .collect(Collectors.toCollection(ArrayList::new));
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
