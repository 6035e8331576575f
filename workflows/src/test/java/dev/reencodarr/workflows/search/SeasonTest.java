package dev.reencodarr.workflows.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reencodarr.workflows.plan.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Whole seasons of real curves, one video after the other, each with what those before taught. */
class SeasonTest {

  private static final double COST_OF_LOOK = 0.7;
  private static final double LOOK_IS_OFF = 0.09;

  /** What a season took: probes and looks of a video, and the same as a share of stock's. */
  private record Taken(double probes, double looks, double stock) {
    double ratio() {
      return (probes + COST_OF_LOOK * looks) / stock;
    }
  }

  private static Taken season(List<RealVideo> videos, double target, boolean seeded) {
    SearchPolicy policy =
        new SearchPolicy(Metric.VMAF, target, target - 2, 0.4, 0.25, 5, 70, 90, COST_OF_LOOK);
    Random random = new Random(7);
    List<SearchedVideo> before = new ArrayList<>();
    double probes = 0;
    double looks = 0;
    double stock = 0;
    for (RealVideo video : videos) {
      Seed seed = Seeds.of(Seed.Origin.SEASON, seeded ? before : List.of(), Metric.VMAF, target);
      List<SearchPoint> points = new ArrayList<>();
      List<SearchPoint> looked = new ArrayList<>();
      SearchStep step = CrfSearch.next(new Known(points, looked, seed), policy);
      while (!(step instanceof SearchStep.Found found)) {
        switch (step) {
          case SearchStep.Probe(double crf, double chance) -> points.add(video.measure(crf));
          case SearchStep.Look(double crf) ->
              looked.add(video.measure(crf).betterBy(LOOK_IS_OFF * random.nextGaussian()));
          default -> throw new AssertionError(video.name() + ": " + step);
        }
        step = CrfSearch.next(new Known(points, looked, seed), policy);
      }
      assertThat(found.point().score()).isGreaterThanOrEqualTo(target);
      before.add(new SearchedVideo(video.name(), 1, points));
      probes += points.size();
      looks += looked.size();
      stock += StockSearch.probes(video::measure, target);
    }
    int count = videos.size();
    return new Taken(probes / count, looks / count, stock / count);
  }

  private static double meanRatio(String kind, boolean seeded) {
    return DoubleStream.of(88, 90, 92, 94, 95)
        .map(target -> season(RealVideo.named(kind), target, seeded).ratio())
        .average()
        .orElseThrow();
  }

  @Test
  void aLikeSeasonTakesLessThanHalfOfWhatTheStockSearchTakes() {
    assertThat(meanRatio("like", true)).isLessThan(0.5);
  }

  @Test
  void anUnlikeOneTakesLittleMore() {
    assertThat(meanRatio("unlike", true)).isLessThan(0.55);
  }

  @Test
  void soDoVideosOfWhichNothingIsKnown() {
    assertThat(meanRatio("like", false)).isLessThan(0.5);
    assertThat(meanRatio("unlike", false)).isLessThan(0.55);
  }

  /** Such as cartoons, whose curves are flatter and lie higher than those of most videos. */
  @Test
  void aSeasonThatIsUnlikeWhatMostVideosAreIsLearntWithinAFewEpisodes() {
    Random random = new Random(11);
    List<SearchedVideo> before = new ArrayList<>();
    int strangers = 0;
    int siblings = 0;
    for (int episode = 0; episode < 24; episode++) {
      double at95 = 52 + random.nextGaussian();
      SyntheticVideo video =
          new SyntheticVideo(
              "cartoon",
              episode,
              crf -> 100 - 5 * Math.exp(0.03 * (crf - at95)),
              crf -> 50 - crf / 2,
              0);
      SearchPolicy policy = new SearchPolicy(95, 93, 0.4, 0.25, 5, 70, 90);
      strangers += probes(video, policy, Seed.prior(Metric.VMAF)).size();
      List<SearchPoint> points =
          probes(video, policy, Seeds.of(Seed.Origin.SEASON, before, Metric.VMAF, 95));
      siblings += episode < 4 ? 0 : points.size();
      before.add(new SearchedVideo("episode " + episode, 1, points));
    }
    assertThat(siblings / 20.0).isLessThan(1.8);
    assertThat(strangers / 24.0).isGreaterThan(2.3);
  }

  private static List<SearchPoint> probes(SyntheticVideo video, SearchPolicy policy, Seed seed) {
    List<SearchPoint> points = new ArrayList<>();
    while (CrfSearch.next(new Known(points, List.of(), seed), policy)
        instanceof SearchStep.Probe(double crf, double chance)) {
      points.add(video.measure(crf));
    }
    return points;
  }

  /** One that was measured wrongly, or is no episode at all. */
  @Test
  void oneSiblingThatIsUnlikeTheOthersHardlyCounts() {
    List<SearchedVideo> season = new ArrayList<>();
    for (int episode = 0; episode < 8; episode++) {
      season.add(sibling(30 + 0.3 * episode));
    }
    Belief without = Seeds.of(Seed.Origin.SEASON, season, Metric.VMAF, 95).belief();
    season.add(sibling(66));

    Belief with = Seeds.of(Seed.Origin.SEASON, season, Metric.VMAF, 95).belief();

    double loss = Metric.VMAF.lossOf(95);
    assertThat(with.crfOf(loss, 0.01)).isCloseTo(without.crfOf(loss, 0.01), within(1.5));
  }

  private static SearchedVideo sibling(double crfAt95) {
    return new SearchedVideo(
        "at " + crfAt95,
        1,
        DoubleStream.of(-2, 0, 3)
            .mapToObj(
                off -> new SearchPoint(crfAt95 + off, 100 - 5 * Math.exp(0.05 * off), 40, 1, 1))
            .toList());
  }
}
