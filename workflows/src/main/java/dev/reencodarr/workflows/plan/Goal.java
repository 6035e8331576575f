package dev.reencodarr.workflows.plan;

import java.util.List;

/**
 * What the user would rather have: smaller files, or more files done. A goal decides which video is
 * next, and how much a search may spend before it leaves a video alone.
 */
public enum Goal {
  /** The smallest files: every preset, every target down to the floor. */
  SPACE(0, true, true),
  /** Most bytes saved per CPU second: the first preset alone, at the full target. */
  TIME(20, false, false),
  /** Every preset, at the full target. */
  BALANCED(15, true, false);

  private final double leastSaving;
  private final boolean triesSlowerPresets;
  private final boolean lowersTarget;

  Goal(double leastSaving, boolean triesSlowerPresets, boolean lowersTarget) {
    this.leastSaving = leastSaving;
    this.triesSlowerPresets = triesSlowerPresets;
    this.lowersTarget = lowersTarget;
  }

  /** Of the presets of the settings, those that the ladder tries. */
  List<Integer> presets(List<Integer> set) {
    return triesSlowerPresets ? set : set.subList(0, 1);
  }

  /** Whether the ladder may go on below the target, where the settings let it. */
  boolean lowersTarget(boolean set) {
    return lowersTarget && set;
  }

  /** Percent that a probe must promise to save: what is set, or more. */
  double leastSaving(double set) {
    return Math.max(leastSaving, set);
  }
}
