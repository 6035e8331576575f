package dev.reencodarr.workflows.plan;

import java.util.List;

/**
 * The settings that decide how a video is searched and encoded; a snapshot travels with each pass.
 *
 * @param band a score of target to target + band is accepted; above 0
 * @param presets of the ladder, the wanted one first
 * @param lowerTarget whether the ladder goes on below the target, down to the floor
 * @param leastSavingPredicted percent of the source that a probe must promise to save
 * @param leastSavingResult percent of the source that the result must save
 * @param scoring how VMAF is measured
 */
public record QualitySettings(
    Goal goal,
    TargetRule target,
    double band,
    double crfStep,
    double minCrf,
    double maxCrf,
    List<Integer> presets,
    boolean lowerTarget,
    double leastSavingPredicted,
    double leastSavingResult,
    Scoring scoring) {

  /** The defaults of the table in {@code docs/settings.md}. */
  public static QualitySettings defaults() {
    return new QualitySettings(
        Goal.SPACE,
        TargetRule.bySize(),
        0.4,
        0.25,
        5,
        70,
        List.of(8, 6),
        true,
        10,
        5,
        Scoring.defaults());
  }

  /** These settings with the wishes of one request laid over them. */
  public QualitySettings with(Wishes wishes) {
    return new QualitySettings(
        wishes.goal().orElse(goal),
        wishes.target().isPresent() ? TargetRule.fixed(wishes.target().getAsDouble()) : target,
        band,
        crfStep,
        minCrf,
        maxCrf,
        presets,
        lowerTarget,
        leastSavingPredicted,
        leastSavingResult,
        scoring);
  }
}
