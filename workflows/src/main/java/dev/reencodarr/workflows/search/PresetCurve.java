package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.plan.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a video's curve with one preset, while a search adds to it.
 *
 * @param points that decide; added to
 * @param looks at it, in the order in which they were taken; added to
 * @param seed what was believed before any of them
 */
public record PresetCurve(List<SearchPoint> points, List<SearchPoint> looks, Seed seed) {

  /** Of which nothing was measured yet. */
  public static PresetCurve unknown(Seed seed) {
    return new PresetCurve(new ArrayList<>(), new ArrayList<>(), seed);
  }

  /** What is known by now. */
  public Known now() {
    return new Known(points, looks, seed);
  }

  /** Adds what a measurement has come to. */
  public void add(SearchStep.Measurement step, SearchPoint point) {
    switch (step) {
      case SearchStep.Probe probe -> points.add(point);
      case SearchStep.Look look -> looks.add(point);
    }
  }

  public boolean isEmpty() {
    return points.isEmpty() && looks.isEmpty();
  }

  /** What this preset teaches the next one, whose target this is. */
  public Seed seedOfNext(double target, Metric metric) {
    return seed.afterPreset(points, looks, target, metric);
  }
}
