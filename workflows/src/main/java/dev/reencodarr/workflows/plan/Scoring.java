package dev.reencodarr.workflows.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a picture is scored. Scores measured in different ways are different scales and are never
 * compared.
 *
 * @param metric VMAF where an earlier release has asked
 * @param scale ab-av1's {@code --vmaf-scale}: auto, none or WxH
 * @param subsample VMAF of every n-th frame; 1 scores all
 * @param xpsnrPixelFormat ab-av1's {@code --xpsnr-pix-format}. In 10 bits ffmpeg 9.0's filter gives
 *     nonsense (4 dB where 40 is right) unless the width is a multiple of 128: it reads both
 *     pictures as if their lines lay equally far apart
 */
public record Scoring(Metric metric, String scale, int subsample, String xpsnrPixelFormat) {

  /**
   * Of every third frame. An even number would meet the same layers of the encoder's pyramid of
   * frames again and again, and be off by a point and more.
   */
  private static final int SUBSAMPLE_OF_LOOKS = 3;

  private static final int MOST_SUBSAMPLE_WITH_LOOKS = 1;

  /** Measured at 720p with preset 8: docs/performance.md, Search. */
  private static final double COST_OF_LOOK = 0.7;

  private static final String EIGHT_BIT = "yuv420p";

  public Scoring {
    metric = Objects.requireNonNullElse(metric, Metric.VMAF);
    xpsnrPixelFormat = Objects.requireNonNullElse(xpsnrPixelFormat, EIGHT_BIT);
  }

  /** By VMAF. */
  public Scoring(String scale, int subsample) {
    this(Metric.VMAF, scale, subsample, EIGHT_BIT);
  }

  public static Scoring defaults() {
    return new Scoring("auto", 1);
  }

  /** A way of scoring the same more cheaply and less exactly; itself where there is none. */
  public Scoring ofLooks() {
    return hasLooks() ? new Scoring(metric, scale, SUBSAMPLE_OF_LOOKS, xpsnrPixelFormat) : this;
  }

  /** What a look costs, as a share of a probe: most of it is the encode. 1 where there are none. */
  public double costOfLook() {
    return hasLooks() ? COST_OF_LOOK : 1;
  }

  private boolean hasLooks() {
    return metric == Metric.VMAF && subsample <= MOST_SUBSAMPLE_WITH_LOOKS;
  }

  /** The arguments of ab-av1 that measure in this way. */
  public List<String> arguments() {
    return switch (metric) {
      case VMAF -> vmaf();
      case XPSNR -> List.of("--xpsnr", "--xpsnr-pix-format", xpsnrPixelFormat);
    };
  }

  private List<String> vmaf() {
    List<String> arguments = new ArrayList<>(List.of("--vmaf-scale", scale));
    if (subsample > 1) {
      arguments.add("--vmaf");
      arguments.add("n_subsample=" + subsample);
    }
    return List.copyOf(arguments);
  }
}
