package dev.reencodarr.workflows.forecast;

import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SamplePlan;
import java.util.List;
import java.util.SplittableRandom;

/**
 * CPU seconds that a video takes: its search and its encode, by the pixels that there are. What was
 * measured tells how fast the machines are; before that, SVT-AV1's usual pace is taken.
 */
final class CostModel {

  private static final int REFERENCE_PRESET = 8;

  /** CPU seconds for a million pixels with the reference preset: 8 frames of 1080p a second. */
  private static final double USUAL = Math.log(0.06);

  /** A preset's number less costs so much more, as a logarithm. */
  private static final double OF_PRESET = 0.25;

  private static final double PRIOR_SPREAD = 0.7;
  private static final double OF_VIDEO = 0.4;

  /** Beyond so many measurements the machines' pace is as sure as it gets. */
  private static final double MOST_THAT_COUNT = 40;

  /** Probes of a search, and what scoring a sample costs beside encoding it. */
  private static final double PROBES = 3;

  private static final double PROBES_IF_KNOWN = 1;
  private static final double WITH_SCORING = 1.6;

  private final double mean;
  private final double spread;

  private CostModel(double mean, double spread) {
    this.mean = mean;
    this.spread = spread;
  }

  static CostModel of(List<Pace> paces) {
    double[] offs =
        paces.stream()
            .filter(pace -> pace.cpuSeconds() > 0 && pace.megapixels() > 0)
            .mapToDouble(pace ->
                Math.log(pace.cpuSeconds() / pace.megapixels())
                    - OF_PRESET * (REFERENCE_PRESET - pace.preset()))
            .sorted()
            .toArray();
    if (offs.length == 0) {
      return new CostModel(USUAL, PRIOR_SPREAD);
    }
    // The middle one, so that a few encodes of a starved machine do not count.
    double middle = offs[offs.length / 2];
    double precision = Math.min(offs.length, MOST_THAT_COUNT) / (OF_VIDEO * OF_VIDEO);
    double prior = 1 / (PRIOR_SPREAD * PRIOR_SPREAD);
    return new CostModel(
        (prior * USUAL + precision * middle) / (prior + precision),
        Math.sqrt(1 / (prior + precision)));
  }

  /** How far off the machines' pace may be from what is expected: a factor of all videos. */
  double machines(SplittableRandom chance) {
    return Math.exp(spread * chance.nextGaussian());
  }

  /** The factor of one video. */
  static double video(SplittableRandom chance) {
    return Math.exp(OF_VIDEO * chance.nextGaussian());
  }

  /** CPU seconds of search and encode, above 0. */
  double expected(Source source, boolean isMeasured, QualitySettings quality) {
    double encode =
        source.megapixels()
            * Math.exp(mean + OF_PRESET * (REFERENCE_PRESET - quality.presets().getFirst()));
    return encode * (1 + search(source, isMeasured, quality.samples()));
  }

  /** The search in parts of the encode. */
  private static double search(Source source, boolean isMeasured, SamplePlan samples) {
    int count = samples.samplesOf(source.seconds());
    double sampled = count == 0 ? 1 : count * samples.seconds() / source.seconds();
    return (isMeasured ? PROBES_IF_KNOWN : PROBES) * sampled * WITH_SCORING;
  }
}
