package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.QualitySettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is tried when a search comes to nothing: the next preset at the full target, then, with the
 * last preset, the target lowered point by point down to the floor.
 */
public final class Ladder {

  private static final double TARGET_STEP = 1;

  private Ladder() {}

  /**
   * A rung that was tried in vain.
   *
   * @param points of its preset that were known when it ended
   */
  public record Tried(Rung rung, List<SearchPoint> points) {}

  /**
   * The rungs of a plan, in the order in which they are tried; at least one.
   *
   * @param sourceBytes size of the source
   */
  public static List<Rung> rungs(EncodePlan plan, long sourceBytes) {
    List<Rung> rungs = new ArrayList<>();
    for (int preset : plan.quality().presets()) {
      rungs.add(rung(plan, sourceBytes, preset, plan.target()));
    }
    if (plan.quality().lowerTarget()) {
      int slowest = plan.quality().presets().getLast();
      for (double target = plan.target() - TARGET_STEP;
          target >= plan.floor();
          target -= TARGET_STEP) {
        rungs.add(rung(plan, sourceBytes, slowest, target));
      }
    }
    return List.copyOf(rungs);
  }

  private static Rung rung(EncodePlan plan, long sourceBytes, int preset, double target) {
    QualitySettings quality = plan.quality();
    SearchPolicy policy =
        new SearchPolicy(
            quality.scoring().metric(),
            target,
            quality.lowerTarget() ? plan.floor() : plan.target(),
            quality.band(),
            quality.crfStep(),
            quality.minCrf(),
            quality.maxCrf(),
            quality.mostPercent(sourceBytes),
            quality.scoring().costOfLook());
    ProbeSetting setting =
        new ProbeSetting(
            plan.encoder(),
            preset,
            plan.pixelFormat(),
            plan.probeArguments(),
            quality.scoring(),
            quality.samples());
    return new Rung(preset, target, policy, setting);
  }

  /**
   * The curve that was tried, for people: for each preset the point that came nearest to what was
   * wanted, such as {@code preset 8: CRF 22.5 gives VMAF 95.1 at 104 % of the source}.
   */
  public static String summary(List<Tried> tried) {
    List<Tried> lastOfEachPreset = new ArrayList<>();
    for (Tried one : tried) {
      lastOfEachPreset.removeIf(other -> other.rung().preset() == one.rung().preset());
      lastOfEachPreset.add(one);
    }
    return lastOfEachPreset.stream()
        .map(one -> "preset " + one.rung().preset() + ": " + nearest(one))
        .collect(Collectors.joining("; "));
  }

  private static String nearest(Tried tried) {
    double target = tried.rung().target();
    Metric metric = tried.rung().setting().scoring().metric();
    return tried.points().stream()
        .filter(point -> point.score() >= target)
        .max(Comparator.comparingDouble(SearchPoint::crf))
        .map(point -> sentence(point, metric))
        .orElseGet(() ->
            tried.points().stream()
                .max(Comparator.comparingDouble(SearchPoint::score))
                .map(best -> "no more than this: " + sentence(best, metric))
                .orElse("nothing was measured"));
  }

  private static String sentence(SearchPoint point, Metric metric) {
    return String.format(
        Locale.ROOT,
        "CRF %s gives %s at %.0f %% of the source",
        PlainNumber.text(point.crf()),
        metric.text(point.score(), 1),
        point.predictedPercent());
  }
}
