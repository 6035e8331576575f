package dev.reencodarr.workflows.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * How many bits a pixel of a result needs at its target: a straight line through the facts, with a
 * level of its own for each folder and series that something is known of, all in logarithms. What
 * is believed of it before ({@link Features}) and what was measured are weighed by Bayes' rule;
 * outliers weigh less. How far videos of one folder, and folders, lie apart is not known either:
 * several answers are kept, each with the weight that the measurements give it.
 */
final class SizeModel {

  /** Whether videos of one folder are alike or not, as standard deviations. */
  private static final double[] WITHIN = {0.08, 0.16, 0.3, 0.5};

  private static final double[] BETWEEN = {0.1, 0.2, 0.4, 0.7, 1.1};
  private static final double USUAL_WITHIN = 0.25;
  private static final double USUAL_BETWEEN = 0.4;
  private static final double VAGUE = 0.7;

  /** More groups than these make the sums slow and nothing surer. */
  private static final int MOST_GROUPS = 120;

  /** Degrees of freedom of Student's t: an outlier of four deviations counts a quarter. */
  private static final double TAILS = 4;

  /** A folder, or series, of which nothing is known. */
  static final int UNKNOWN = -1;

  /** The video lies in none. */
  static final int NONE = -2;

  /**
   * What was measured is never quite like what is still to be done, however much it is; that much
   * stays unsure of all videos together.
   */
  private static final double OF_SAMPLE = 0.15;

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Integer> columns = new HashMap<>();
  private final List<Cell> cells = new ArrayList<>();

  /** What is known of one video, and where the levels of its folder and series stand. */
  private static final class Row {
    private final double[] facts;
    private final int season;
    private final int series;
    private final double value;
    private final double noise;

    Row(Known known, int season, int series) {
      this.facts = Features.of(known.source());
      this.season = season;
      this.series = series;
      this.value = known.size().logShare() + Math.log(known.source().bitsPerPixel());
      this.noise = known.size().spread();
    }

    double variance(double within, double between) {
      return within * within
          + noise * noise
          + (season == UNKNOWN ? varianceOfLevel(between) : 0)
          + (series == UNKNOWN ? varianceOfLevel(between) : 0);
    }

    /** How much the value at this place counts. */
    double factor(int place) {
      return place < Features.COUNT ? facts[place] : 1;
    }

    int[] places() {
      int[] places = new int[Features.COUNT + 2];
      int count = 0;
      for (int i = 0; i < Features.COUNT; i++) {
        places[count++] = i;
      }
      if (season >= 0) {
        places[count++] = season;
      }
      if (series >= 0) {
        places[count++] = series;
      }
      return Arrays.copyOf(places, count);
    }
  }

  private record Cell(double within, double between, Gaussian posterior, double weight) {}

  /** One of the possible truths. */
  static final class Truth {
    private final double within;
    private final double between;
    private final double[] values;

    private Truth(double within, double between, double[] values) {
      this.within = within;
      this.between = between;
      this.values = values;
    }

    /** Standard deviation of videos of one folder. */
    double within() {
      return within;
    }

    /** Standard deviation of the level of a folder, or of a series, that nothing is known of. */
    double ofLevel() {
      return Math.sqrt(varianceOfLevel(between));
    }

    /** The level at a column. */
    double level(int column) {
      return values[column];
    }

    /** A deviation with the tails of Student's t, as videos and folders have them. */
    static double deviation(SplittableRandom chance) {
      double squares =
          -Math.log(chance.nextDouble(Double.MIN_NORMAL, 1)) / 2
              - Math.log(chance.nextDouble(Double.MIN_NORMAL, 1)) / 2;
      return chance.nextGaussian() / Math.sqrt(squares);
    }

    /** What the facts alone come to. */
    double of(double[] facts) {
      return Features.logBitsPerPixel(facts, values);
    }
  }

  private SizeModel() {}

  /**
   * @param known what was measured
   * @param asked folders and series of the videos that will be asked about
   */
  static SizeModel of(List<Known> known, Set<String> asked) {
    SizeModel model = new SizeModel();
    model.giveColumns(known, asked);
    for (Known one : known) {
      Source source = one.source();
      model.rows.add(new Row(one, model.column(source.season()), model.column(source.series())));
    }
    double[] trust = new double[model.rows.size()];
    Arrays.fill(trust, 1);
    Cell likeliest = model.weigh(trust);
    model.distrustOutliers(likeliest, trust);
    model.weigh(trust);
    return model;
  }

  private void giveColumns(List<Known> known, Set<String> asked) {
    Map<String, Integer> counts = new HashMap<>();
    for (Known one : known) {
      counts.merge(one.source().season(), 1, Integer::sum);
      counts.merge(one.source().series(), 1, Integer::sum);
    }
    counts.remove("");
    counts.entrySet().stream()
        .filter(group -> group.getValue() > 1 || asked.contains(group.getKey()))
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_GROUPS)
        .forEach(group -> columns.put(group.getKey(), Features.COUNT + columns.size()));
  }

  /** Where the group's level stands; {@link #UNKNOWN} where nothing is known of it. */
  int column(String group) {
    return group.isEmpty() ? NONE : columns.getOrDefault(group, UNKNOWN);
  }

  private Cell weigh(double[] trust) {
    cells.clear();
    List<Double> evidence = new ArrayList<>();
    List<Gaussian> posteriors = new ArrayList<>();
    for (double within : WITHIN) {
      for (double between : BETWEEN) {
        evidence.add(fit(within, between, trust, posteriors));
      }
    }
    double best = evidence.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double sum = evidence.stream().mapToDouble(one -> Math.exp(one - best)).sum();
    for (int i = 0; i < posteriors.size(); i++) {
      cells.add(
          new Cell(
              WITHIN[i / BETWEEN.length],
              BETWEEN[i % BETWEEN.length],
              posteriors.get(i),
              Math.exp(evidence.get(i) - best) / sum));
    }
    return cells.get(evidence.indexOf(best));
  }

  /** Adds the posterior; returns the logarithm of how likely the measurements are with it. */
  private double fit(double within, double between, double[] trust, List<Gaussian> posteriors) {
    int size = Features.COUNT + columns.size();
    double[][] precision = new double[size][size];
    double[] weighted = new double[size];
    double[] mean = Features.priorMean();
    double[] spread = Features.priorSpread();
    double evidence = -distance(within, USUAL_WITHIN) - distance(between, USUAL_BETWEEN);
    for (int i = 0; i < size; i++) {
      double expected = i < Features.COUNT ? mean[i] : 0;
      double variance = i < Features.COUNT ? spread[i] * spread[i] : varianceOfLevel(between);
      precision[i][i] = 1 / variance;
      weighted[i] = expected / variance;
      evidence -= 0.5 * (Math.log(variance) + expected * expected / variance);
    }
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double variance = row.variance(within, between) / trust[i];
      add(precision, weighted, row, 1 / variance);
      evidence -= 0.5 * (Math.log(variance) + row.value * row.value / variance);
    }
    Gaussian posterior = Gaussian.of(precision, weighted);
    posteriors.add(posterior);
    double explained = 0;
    for (int i = 0; i < size; i++) {
      explained += weighted[i] * posterior.mean()[i];
    }
    return evidence + 0.5 * (explained - posterior.logDeterminant());
  }

  private static double distance(double value, double usual) {
    double off = Math.log(value / usual) / VAGUE;
    return off * off / 2;
  }

  /** Series differ as much as the folders of one series. */
  private static double varianceOfLevel(double between) {
    return between * between;
  }

  private static void add(double[][] precision, double[] weighted, Row row, double weight) {
    int[] places = row.places();
    for (int i : places) {
      double left = weight * row.factor(i);
      weighted[i] += left * row.value;
      for (int j : places) {
        precision[i][j] += left * row.factor(j);
      }
    }
  }

  private void distrustOutliers(Cell cell, double[] trust) {
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double expected = 0;
      for (int place : row.places()) {
        expected += cell.posterior().mean()[place] * row.factor(place);
      }
      double off = row.value - expected;
      double square = off * off / row.variance(cell.within(), cell.between());
      trust[i] = Math.min(1, (TAILS + 1) / (TAILS + square));
    }
  }

  /** Possible truths, each as often as it is likely. */
  List<Truth> truths(int count, SplittableRandom chance) {
    List<Truth> truths = new ArrayList<>();
    double reached = 0;
    for (Cell cell : cells) {
      reached += cell.weight();
      while (truths.size() + 0.5 < reached * count && truths.size() < count) {
        truths.add(truth(cell, chance));
      }
    }
    while (truths.size() < count) {
      truths.add(truth(cells.getLast(), chance));
    }
    return truths;
  }

  private static Truth truth(Cell cell, SplittableRandom chance) {
    double[] values = cell.posterior().draw(chance);
    // A richer source never makes a smaller result, nor a larger part of it.
    values[Features.OF_RICHNESS] = Math.clamp(values[Features.OF_RICHNESS], 0, 1);
    values[0] += OF_SAMPLE * chance.nextGaussian();
    return new Truth(cell.within(), cell.between(), values);
  }
}
