package dev.reencodarr.workflows.forecast;

import dev.reencodarr.workflows.plan.QualitySettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Says what videos will save and cost, and how sure that is, by playing it through with many
 * possible truths: what one truth is wrong about it is wrong about for all videos, so the range of
 * the sum is as wide as it has to be. The same question gets the same answer.
 */
public final class Forecaster {

  /** Fewer for very many videos, whose own deviations even out; 80 tell a tenth well enough. */
  private static final int MOST_TRUTHS = 240;

  private static final int LEAST_TRUTHS = 80;
  private static final int MOST_PLAYS = 6_000_000;
  private static final long SEED = 20_260_101;

  /** 80 % of a normal distribution lie within so many standard deviations. */
  private static final double EIGHTY_PERCENT = 1.2816;

  private final List<Known> known;
  private final List<Pace> paces;
  private final QualitySettings quality;

  /**
   * @param known what was measured, of whatever video
   * @param paces what encodes have cost
   * @param quality what videos will be encoded with
   */
  public Forecaster(List<Known> known, List<Pace> paces, QualitySettings quality) {
    this.known = List.copyOf(known);
    this.paces = List.copyOf(paces);
    this.quality = quality;
  }

  /** The forecast of these videos. */
  public Forecast of(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return new Forecast(Range.zero(), Range.zero(), known.size(), List.of());
    }
    SizeModel sizes = SizeModel.of(known, groups(candidates));
    CostModel costs = CostModel.of(paces);
    SplittableRandom chance = new SplittableRandom(SEED);
    Tally[] tallies = tallies(candidates, sizes, costs);
    int plays = Math.clamp(MOST_PLAYS / candidates.size(), LEAST_TRUTHS, MOST_TRUTHS);
    double[] saved = new double[plays];
    double[] seconds = new double[plays];
    List<SizeModel.Truth> truths = sizes.truths(plays, chance);
    for (int i = 0; i < plays; i++) {
      double machines = costs.machines(chance);
      Map<String, Double> unknownGroups = new HashMap<>();
      for (Tally tally : tallies) {
        saved[i] += tally.play(truths.get(i), unknownGroups, chance);
        seconds[i] += tally.cpuSeconds * machines * CostModel.video(chance);
      }
    }
    List<Deal> deals = new ArrayList<>();
    for (Tally tally : tallies) {
      deals.add(tally.deal());
    }
    deals.sort(Comparator.comparingDouble(Deal::savedPerCpuHour).reversed());
    return new Forecast(Range.of(saved), Range.of(seconds), known.size(), List.copyOf(deals));
  }

  private static Set<String> groups(List<Candidate> candidates) {
    Set<String> groups = new HashSet<>();
    candidates.forEach(candidate -> {
      groups.add(candidate.source().season());
      groups.add(candidate.source().series());
    });
    return groups;
  }

  private Tally[] tallies(List<Candidate> candidates, SizeModel sizes, CostModel costs) {
    return candidates.stream()
        .map(candidate ->
            new Tally(
                candidate,
                sizes,
                costs.expected(candidate.source(), candidate.measured().isPresent(), quality)))
        .toArray(Tally[]::new);
  }

  /** What the truths come to for one video. */
  private final class Tally {

    private final Candidate candidate;
    private final double[] facts;
    private final int season;
    private final int series;
    private final double logBitsPerPixel;
    private final double cpuSeconds;
    private int plays;
    private double sumOfSaved;
    private double mean;
    private double squares;

    Tally(Candidate candidate, SizeModel sizes, double cpuSeconds) {
      this.candidate = candidate;
      this.facts = Features.of(candidate.source());
      this.season = sizes.column(candidate.source().season());
      this.series = sizes.column(candidate.source().series());
      this.logBitsPerPixel = Math.log(candidate.source().bitsPerPixel());
      this.cpuSeconds = cpuSeconds;
    }

    /** Returns the bytes saved if this is the truth. */
    double play(SizeModel.Truth truth, Map<String, Double> unknownGroups, SplittableRandom chance) {
      double logShare =
          candidate.measured().isPresent()
              ? measured(candidate.measured().get(), chance)
              : unmeasured(truth, unknownGroups, chance);
      double saved = Saving.bytes(candidate.source(), Math.exp(logShare), quality);
      plays++;
      sumOfSaved += saved;
      double off = logShare - mean;
      mean += off / plays;
      squares += off * (logShare - mean);
      return saved;
    }

    private static double measured(AtTarget size, SplittableRandom chance) {
      return size.logShare() + size.spread() * chance.nextGaussian();
    }

    private double unmeasured(
        SizeModel.Truth truth, Map<String, Double> unknownGroups, SplittableRandom chance) {
      double value =
          truth.of(facts) - logBitsPerPixel + truth.within() * SizeModel.Truth.deviation(chance);
      value += group(season, candidate.source().season(), truth, unknownGroups, chance);
      value += group(series, candidate.source().series(), truth, unknownGroups, chance);
      return value;
    }

    private static double group(
        int column,
        String name,
        SizeModel.Truth truth,
        Map<String, Double> unknownGroups,
        SplittableRandom chance) {
      if (column >= 0) {
        return truth.level(column);
      }
      return column == SizeModel.NONE
          ? 0
          : unknownGroups.computeIfAbsent(
              name, group -> truth.ofLevel() * SizeModel.Truth.deviation(chance));
    }

    Deal deal() {
      double spread = Math.sqrt(squares / Math.max(1, plays - 1));
      return new Deal(
          candidate.id(),
          candidate.path(),
          candidate.source().bytes(),
          sumOfSaved / plays,
          new Range(saved(EIGHTY_PERCENT * spread), saved(0), saved(-EIGHTY_PERCENT * spread)),
          cpuSeconds,
          basis());
    }

    private double saved(double off) {
      return Saving.bytes(candidate.source(), Math.exp(mean + off), quality);
    }

    private Basis basis() {
      if (candidate.measured().isPresent()) {
        return Basis.MEASURED;
      }
      if (season >= 0 || series >= 0) {
        return Basis.SIBLINGS;
      }
      return known.isEmpty() ? Basis.FACTS : Basis.SIMILAR;
    }
  }
}
