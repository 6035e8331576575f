package dev.reencodarr.workflows.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CrfSearchTest {

  private static final SearchPolicy AT_95 = new SearchPolicy(95, 93, 0.4, 0.25, 5, 70, 90);

  private record Run(SearchStep end, List<SearchPoint> points) {}

  private static Run search(SyntheticVideo video, SearchPolicy policy) {
    List<SearchPoint> points = new ArrayList<>();
    Set<Double> probed = new HashSet<>();
    while (true) {
      switch (CrfSearch.next(points, policy)) {
        case SearchStep.Probe(double crf) -> {
          assertThat(probed.add(crf)).as("%s: CRF %s is probed once", video, crf).isTrue();
          assertThat(crf).isBetween(policy.minCrf(), policy.maxCrf());
          assertThat((crf - policy.minCrf()) / policy.step())
              .isEqualTo(Math.rint((crf - 5) / 0.25));
          points.add(video.measure(crf));
        }
        case SearchStep end -> {
          return new Run(end, points);
        }
      }
    }
  }

  private static SearchPoint point(double crf, double score, double percent) {
    return new SearchPoint(crf, score, percent, 1, 1);
  }

  @Test
  void everyCurveEndsWithinTwelveProbesAndNeverBelowTheTarget() {
    Random random = new Random(1);
    for (int i = 0; i < 6_000; i++) {
      SyntheticVideo video = SyntheticVideo.anyKind(random);

      Run run = search(video, AT_95);

      assertThat(run.points()).as("%s", video).hasSizeLessThanOrEqualTo(12);
      if (run.end() instanceof SearchStep.Found(SearchPoint point)) {
        assertThat(point.score()).isGreaterThanOrEqualTo(95);
        assertThat(point.predictedPercent()).isLessThanOrEqualTo(90);
        assertThat(run.points()).contains(point);
      }
    }
  }

  @Test
  void onCurvesThatOnlyFallItFindsTheBandOrTheLastCrfThatReachesTheTarget() {
    Random random = new Random(2);
    List<Function<Random, SyntheticVideo>> falling =
        List.of(
            SyntheticVideo::exponential,
            SyntheticVideo::concave,
            SyntheticVideo::flat,
            SyntheticVideo::steep);
    for (int i = 0; i < 4_000; i++) {
      SyntheticVideo video = falling.get(i % falling.size()).apply(random).alwaysSmall();
      List<SearchPoint> reaching =
          video.everyPoint(AT_95).stream().filter(point -> point.score() >= 95).toList();

      SearchStep end = search(video, AT_95).end();

      if (reaching.isEmpty()) {
        assertThat(end).as("%s", video).isInstanceOf(SearchStep.NotReachable.class);
      } else {
        assertThat(end).as("%s", video).isInstanceOf(SearchStep.Found.class);
        SearchPoint found = ((SearchStep.Found) end).point();
        assertThat(found.score() <= 95.4 || found.equals(reaching.getLast()))
            .as("%s: %s of %s", video, found, reaching.getLast())
            .isTrue();
      }
    }
  }

  @Test
  void needsFewerThanFourProbesAndFewerThanTheStockSearch() {
    Random random = new Random(3);
    double ours = 0;
    double stock = 0;
    int found = 0;
    while (found < 4_000) {
      SyntheticVideo video = SyntheticVideo.exponential(random).alwaysSmall();
      Run run = search(video, AT_95);
      if (run.end() instanceof SearchStep.Found) {
        found++;
        ours += run.points().size();
        stock += StockSearch.probes(video, 95);
      }
    }

    assertThat(ours / found).isLessThan(4).isLessThan(stock / found);
  }

  @Test
  void neverGivesUpAVideoThatCouldSaveEnoughAtTheFloor() {
    Random random = new Random(4);
    for (int i = 0; i < 6_000; i++) {
      SyntheticVideo video =
          i % 2 == 0 ? SyntheticVideo.exponential(random) : SyntheticVideo.concave(random);

      Run run = search(video, AT_95);

      if (run.end() instanceof SearchStep.Hopeless) {
        assertThat(video.everyPoint(AT_95))
            .as("%s", video)
            .noneMatch(point -> point.score() >= 93 && point.predictedPercent() <= 90);
      }
      if (run.end() instanceof SearchStep.TooLarge) {
        assertThat(video.everyPoint(AT_95))
            .as("%s", video)
            .noneMatch(point -> point.score() >= 95.4 && point.predictedPercent() <= 90);
      }
    }
  }

  @Test
  void aPointBelowTheFloorThatIsFarTooLargeEndsTheLadder() {
    assertThat(CrfSearch.next(List.of(point(29, 92.9, 113)), AT_95))
        .isInstanceOf(SearchStep.Hopeless.class);
    assertThat(CrfSearch.next(List.of(point(29, 92.9, 100)), AT_95))
        .isInstanceOf(SearchStep.TooLarge.class);
  }

  @Test
  void aTrendTowardsTheFloorThatStaysFarTooLargeEndsTheLadder() {
    List<SearchPoint> points = List.of(point(20, 96, 260), point(26, 94, 200));

    assertThat(CrfSearch.next(points, AT_95)).isInstanceOf(SearchStep.Hopeless.class);
  }

  @Test
  void aSizeThatIsOnlyALittleTooLargeIsLeftToTheNextRung() {
    assertThat(CrfSearch.next(List.of(point(25, 95.2, 91)), AT_95))
        .isInstanceOf(SearchStep.TooLarge.class);
  }

  @Test
  void withoutPointsItBeginsWhereATypicalVideoHasTheTargetOrWhereItIsTold() {
    SearchStep typical = CrfSearch.next(List.of(), AT_95);
    SearchStep told = CrfSearch.next(List.of(), AT_95, OptionalDouble.of(41.3));

    assertThat(((SearchStep.Probe) typical).crf()).isBetween(27.0, 32.0);
    assertThat(told).isEqualTo(new SearchStep.Probe(41.25));
  }

  @Test
  void theHighestCrfOfTheRangeIsFoundWhenEvenThatIsBetterThanWanted() {
    assertThat(CrfSearch.next(List.of(point(70, 98, 5)), AT_95))
        .isEqualTo(new SearchStep.Found(point(70, 98, 5)));
  }

  @Test
  void theBetterOfTwoNeighboursIsFoundThoughItLiesAboveTheBand() {
    List<SearchPoint> points = List.of(point(30, 96, 40), point(30.25, 94.9, 39));

    assertThat(CrfSearch.next(points, AT_95)).isEqualTo(new SearchStep.Found(point(30, 96, 40)));
  }

  @Test
  void theLowestCrfThatMissesTheTargetMeansNotReachable() {
    assertThat(CrfSearch.next(List.of(point(5, 94.9, 80)), AT_95))
        .isInstanceOf(SearchStep.NotReachable.class);
  }

  @Test
  void anyNumberOfPointsOfOtherTargetsDoesNotEndASearchEarly() {
    SyntheticVideo video = SyntheticVideo.exponential(new Random(5)).alwaysSmall();
    List<SearchPoint> points = new ArrayList<>();
    for (double crf = 50; crf < 54; crf += 0.25) {
      points.add(video.measure(crf));
    }
    int probes = 0;
    SearchStep step = CrfSearch.next(points, AT_95);
    while (step instanceof SearchStep.Probe(double crf)) {
      points.add(video.measure(crf));
      probes++;
      step = CrfSearch.next(points, AT_95);
    }

    assertThat(step).isInstanceOf(SearchStep.Found.class);
    assertThat(((SearchStep.Found) step).point().score()).isBetween(95.0, 95.4);
    assertThat(probes).isLessThanOrEqualTo(8);
  }
}
