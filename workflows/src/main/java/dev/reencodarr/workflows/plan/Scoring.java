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
 * @param xpsnrPixelFormat ab-av1's {@code --xpsnr-pix-format}: by default it compares an 8-bit
 *     source with a 10-bit encode as if they were of one kind, which gives nonsense
 */
public record Scoring(Metric metric, String scale, int subsample, String xpsnrPixelFormat) {

  private static final String TEN_BIT = "yuv420p10le";

  public Scoring {
    metric = Objects.requireNonNullElse(metric, Metric.VMAF);
    xpsnrPixelFormat = Objects.requireNonNullElse(xpsnrPixelFormat, TEN_BIT);
  }

  /** By VMAF. */
  public Scoring(String scale, int subsample) {
    this(Metric.VMAF, scale, subsample, TEN_BIT);
  }

  public static Scoring defaults() {
    return new Scoring("auto", 1);
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
