package dev.reencodarr.workflows.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * How VMAF is measured. Scores measured in different ways are different scales and are never
 * compared.
 *
 * @param scale ab-av1's {@code --vmaf-scale}: auto, none or WxH
 * @param subsample score every n-th frame; 1 scores all
 */
public record Scoring(String scale, int subsample) {

  public static Scoring defaults() {
    return new Scoring("auto", 1);
  }

  /** The arguments of ab-av1 that measure in this way. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--vmaf-scale", scale));
    if (subsample > 1) {
      arguments.add("--vmaf");
      arguments.add("n_subsample=" + subsample);
    }
    return List.copyOf(arguments);
  }
}
