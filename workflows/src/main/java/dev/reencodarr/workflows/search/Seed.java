package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.plan.Metric;
import java.util.List;

/**
 * What a search begins with: the belief about a video's curve before the first of its own points.
 *
 * @param videos how many others have taught it; 0 where none has
 * @param examples names of some of them, for people
 * @param expectedPercent size at the target, in percent of the source, that the video's facts alone
 *     let expect; 0 where they do not
 */
public record Seed(
    Origin origin, int videos, List<String> examples, Belief belief, double expectedPercent) {

  /** Without a word on sizes. */
  public Seed(Origin origin, int videos, List<String> examples, Belief belief) {
    this(origin, videos, examples, belief, 0);
  }

  /** Where it comes from; the first that there is wins. */
  public enum Origin {
    /** Points of this very content, measured before with the same setting. */
    OWN("its own points"),
    /** The preset before on the ladder. */
    PRESET("the preset before"),
    /** Videos of the same folder. */
    SEASON("its season"),
    /** Videos of the library that are alike. */
    SIMILAR("similar videos"),
    /** What most videos are like. */
    PRIOR("what most videos are like");

    private final String words;

    Origin(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /** Presets differ little in score: about as much as this in the logarithm of the loss. */
  private static final double BETWEEN_PRESETS = 0.08;

  private static final double BETWEEN_SLOPES_OF_PRESETS = 0.004;

  /** Of a video of which nothing is known. */
  public static Seed prior(Metric metric) {
    return new Seed(Origin.PRIOR, 0, List.of(), Belief.typical(metric));
  }

  /** The same for a video whose facts let expect this size, in percent of the source. */
  public Seed expecting(double percent) {
    return new Seed(origin, videos, examples, belief, percent);
  }

  /**
   * What the search with one preset teaches the next one; this seed where nothing was measured.
   *
   * @param points of the preset before
   * @param looks at it
   * @param target of the next search
   */
  Seed afterPreset(
      List<SearchPoint> points, List<SearchPoint> looks, double target, Metric metric) {
    if (points.isEmpty() && looks.isEmpty()) {
      return this;
    }
    double loss = metric.lossOf(target);
    Belief learnt = Learning.from(belief, points, looks, metric, loss);
    return new Seed(
        Origin.PRESET,
        0,
        List.of(),
        learnt
            .pivotedAt(Learning.focus(learnt, loss))
            .widened(BETWEEN_PRESETS, BETWEEN_SLOPES_OF_PRESETS));
  }
}
