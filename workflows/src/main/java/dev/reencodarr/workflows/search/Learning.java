package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.plan.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How points teach about the part of a curve where a certain loss is. */
final class Learning {

  /** A cheap look is off by about so much: 0.09 points of VMAF at 95. */
  private static final double NOISE_OF_LOOKS = 0.018;

  /** No real curve is flatter for long; keeps guesses within sight of the points. */
  static final double FLATTEST_SLOPE = 0.012;

  private static final double LOWEST_CRF = 0;
  private static final double HIGHEST_CRF = 80;

  /** Where the loss is, is itself learnt: it has settled after so many rounds. */
  private static final int ROUNDS = 4;

  private Learning() {}

  /** A point as the belief takes it. */
  private record Lesson(double crf, double loss, double noise) {}

  /**
   * What is believed once points and looks are known.
   *
   * @param loss the one whose CRF is looked for: points near it teach most
   */
  static Belief from(
      Belief before,
      List<SearchPoint> points,
      List<SearchPoint> looks,
      Metric metric,
      double loss) {
    List<Lesson> lessons =
        Stream.concat(
                points.stream().map(point -> lesson(point, metric, 0)),
                looks.stream()
                    .filter(look -> points.stream().noneMatch(point -> point.crf() == look.crf()))
                    .map(look -> lesson(look, metric, NOISE_OF_LOOKS)))
            .toList();
    Belief belief = before;
    for (int round = 0; round < ROUNDS && !lessons.isEmpty(); round++) {
      double focus = focus(belief, loss);
      belief = before;
      for (Lesson lesson : farthestFirst(lessons, focus)) {
        belief = belief.knowing(lesson.crf(), lesson.loss(), focus, lesson.noise());
      }
    }
    return belief;
  }

  private static Lesson lesson(SearchPoint point, Metric metric, double noise) {
    return new Lesson(point.crf(), metric.lossOf(point.score()), noise);
  }

  private static List<Lesson> farthestFirst(List<Lesson> lessons, double focus) {
    return lessons.stream()
        .sorted(
            Comparator.comparingDouble((Lesson lesson) -> -Math.abs(lesson.crf() - focus))
                .thenComparingDouble(Lesson::crf))
        .toList();
  }

  /** Where the loss is to be expected. */
  static double focus(Belief belief, double loss) {
    return Math.clamp(belief.crfOf(loss, FLATTEST_SLOPE), LOWEST_CRF, HIGHEST_CRF);
  }
}
