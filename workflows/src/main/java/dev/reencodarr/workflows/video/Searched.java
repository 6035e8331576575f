package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.replace.Verdict;
import dev.reencodarr.workflows.search.Correction;
import dev.reencodarr.workflows.search.Rung;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchPolicy;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a search came to. */
sealed interface Searched {

  /**
   * @param rung whose target the point reaches
   * @param probes points and looks that the search rested on, with every preset that it tried
   * @param knownProbes of them, those that no pass of this run has measured
   * @param slope of the loss for each CRF, as the search has learnt it
   * @param correctedFrom the CRF of a first try whose result was not good enough
   * @param firstScore of that result
   */
  record Found(
      Rung rung,
      SearchPoint point,
      int probes,
      int knownProbes,
      double slope,
      OptionalDouble correctedFrom,
      OptionalDouble firstScore)
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
                  OptionalDouble.of(point.crf()),
                  OptionalDouble.of(score)));
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

    VideoEnd.Encode figures(
        EncodePlan plan, EncodeOutcome.Encoded result, Verdict.Verified verified) {
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
          plan.quality().check() == ResultCheck.OFF
              ? OptionalDouble.empty()
              : OptionalDouble.of(verified.segmentScore()),
          plan.quality().check(),
          correctedFrom,
          firstScore,
          verified.unscaledScore());
    }
  }

  record NotWorthIt(String why, String curve) implements Searched {}

  record SourceChanged() implements Searched {}
}
