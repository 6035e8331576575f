package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.SamplePlan;
import dev.reencodarr.workflows.plan.Scoring;
import java.util.List;
import java.util.Objects;

/**
 * Everything besides the CRF that decides what a probe measures. Points are reused only where all
 * of it is equal.
 *
 * @param encodeArguments as in the plan
 * @param samples what is measured of the film; as ab-av1 has it where an earlier release has asked
 */
public record ProbeSetting(
    Encoder encoder,
    int preset,
    String pixelFormat,
    List<String> encodeArguments,
    Scoring scoring,
    SamplePlan samples) {

  private static final String SCORED_BY = " scoring=";

  public ProbeSetting {
    samples = Objects.requireNonNullElseGet(samples, SamplePlan::defaults);
  }

  /** With ab-av1's own samples. */
  public ProbeSetting(
      Encoder encoder,
      int preset,
      String pixelFormat,
      List<String> encodeArguments,
      Scoring scoring) {
    this(encoder, preset, pixelFormat, encodeArguments, scoring, SamplePlan.defaults());
  }

  /** The same encode, scored as looks are. */
  public ProbeSetting ofLooks() {
    return new ProbeSetting(
        encoder, preset, pixelFormat, encodeArguments, scoring.ofLooks(), samples);
  }

  /** One line that is equal exactly when the settings are; the key of stored points. */
  public String key() {
    return encoder.ffmpegName()
        + " preset="
        + preset
        + " pix="
        + pixelFormat
        + " args="
        + encodeArguments
        + scoredBy(scoring)
        + samplesKey();
  }

  /** Whether the setting with this key scores in this way. */
  public static boolean isScoredBy(Scoring scoring, String key) {
    return key.contains(scoredBy(scoring));
  }

  /** The metric of the setting with this key. */
  public static Metric metricOf(String key) {
    return key.contains(SCORED_BY + "[--xpsnr") ? Metric.XPSNR : Metric.VMAF;
  }

  private static String scoredBy(Scoring scoring) {
    return SCORED_BY + scoring.arguments();
  }

  /** The usual plan has no name, so that points of earlier releases are known still. */
  private String samplesKey() {
    return samples.equals(SamplePlan.defaults())
        ? ""
        : " samples=every "
            + PlainNumber.text(samples.everySeconds())
            + " least "
            + samples.least()
            + " of "
            + PlainNumber.text(samples.seconds());
  }
}
