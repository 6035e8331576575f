package dev.reencodarr.workflows.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.plan.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrfSearchTest {

  private static final SearchPolicy AT_95 = new SearchPolicy(95, 93, 0.4, 0.25, 5, 70, 90);

  /** What a look may be off by. */
  private static final double OFF = 0.3;

  private record Run(SearchStep end, List<SearchPoint> points, List<SearchPoint> looks) {}

  private static SearchPolicy withLooks(SearchPolicy policy) {
    return new SearchPolicy(
        policy.metric(),
        policy.target(),
        policy.floor(),
        policy.band(),
        policy.step(),
        policy.minCrf(),
        policy.maxCrf(),
        policy.mostPercent(),
        0.7);
  }

  private static Run search(SyntheticVideo video, SearchPolicy policy) {
    return search(video, policy, Seed.prior(policy.metric()));
  }

  private static Run search(SyntheticVideo video, SearchPolicy policy, Seed seed) {
    Random random = new Random(video.seed());
    List<SearchPoint> points = new ArrayList<>();
    List<SearchPoint> looks = new ArrayList<>();
    while (true) {
      switch (CrfSearch.next(new Known(points, looks, seed), policy)) {
        case SearchStep.Probe(double crf, double chance) -> {
          assertThat(chance).isBetween(0.0, 1.0);
          points.add(video.measure(fresh(crf, points, video, policy)));
        }
        case SearchStep.Look(double crf) -> {
          double off = OFF * (2 * random.nextDouble() - 1);
          looks.add(video.measure(fresh(crf, looks, video, policy)).betterBy(off));
        }
        case SearchStep end -> {
          return new Run(end, points, looks);
        }
      }
    }
  }

  private static double fresh(
      double crf, List<SearchPoint> before, SyntheticVideo video, SearchPolicy policy) {
    assertThat(before).as("%s: each CRF once", video).noneMatch(point -> point.crf() == crf);
    assertThat(crf).isBetween(policy.minCrf(), policy.maxCrf());
    assertThat((crf - policy.minCrf()) / policy.step()).isEqualTo(Math.rint((crf - 5) / 0.25));
    return crf;
  }

  private static Known known(List<SearchPoint> points) {
    return new Known(points, List.of(), Seed.prior(Metric.VMAF));
  }

  private static SearchPoint point(double crf, double score, double percent) {
    return new SearchPoint(crf, score, percent, 1, 1);
  }

  private static Stream<SearchPolicy> withAndWithoutLooks() {
    return Stream.of(AT_95, withLooks(AT_95));
  }

  @ParameterizedTest
  @MethodSource("withAndWithoutLooks")
  void everyCurveEndsWithinThirteenProbesAndNeverBelowTheTarget(SearchPolicy policy) {
    Random random = new Random(1);
    for (int i = 0; i < 6_000; i++) {
      SyntheticVideo video = SyntheticVideo.anyKind(random);

      Run run = search(video, policy);

      assertThat(run.points()).as("%s", video).hasSizeLessThanOrEqualTo(13);
      assertThat(run.looks()).as("%s", video).hasSizeLessThanOrEqualTo(3);
      if (run.end() instanceof SearchStep.Found(SearchPoint point)) {
        assertThat(point.score()).isGreaterThanOrEqualTo(95);
        assertThat(point.predictedPercent()).isLessThanOrEqualTo(90);
        assertThat(run.points()).contains(point);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("withAndWithoutLooks")
  void onCurvesThatOnlyFallItFindsTheBandOrTheLastCrfThatReachesTheTarget(SearchPolicy policy) {
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

      SearchStep end = search(video, policy).end();

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
        stock += StockSearch.probes(video::measure, 95);
      }
    }

    assertThat(ours / found).isLessThan(4).isLessThan(stock / found);
  }

  @ParameterizedTest
  @MethodSource("withAndWithoutLooks")
  void neverGivesUpAVideoThatCouldSaveEnoughAtTheFloor(SearchPolicy policy) {
    Random random = new Random(4);
    for (int i = 0; i < 6_000; i++) {
      SyntheticVideo video =
          i % 2 == 0 ? SyntheticVideo.exponential(random) : SyntheticVideo.concave(random);

      Run run = search(video, policy);

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
    assertThat(CrfSearch.next(known(List.of(point(29, 92.9, 113))), AT_95))
        .isInstanceOf(SearchStep.Hopeless.class);
    assertThat(CrfSearch.next(known(List.of(point(29, 92.9, 100))), AT_95))
        .isInstanceOf(SearchStep.TooLarge.class);
  }

  @Test
  void aTrendTowardsTheFloorThatStaysFarTooLargeEndsTheLadder() {
    List<SearchPoint> points = List.of(point(20, 96, 260), point(26, 94, 200));

    assertThat(CrfSearch.next(known(points), AT_95)).isInstanceOf(SearchStep.Hopeless.class);
  }

  @Test
  void aSizeThatIsOnlyALittleTooLargeIsLeftToTheNextRung() {
    assertThat(CrfSearch.next(known(List.of(point(25, 95.02, 92))), AT_95))
        .isInstanceOf(SearchStep.TooLarge.class);
  }

  @Test
  void withoutPointsItBeginsWhereATypicalVideoHasTheTargetOrWhereTheSeedSays() {
    Belief known = new Belief(41, Math.log(5), 0.05, 1e-4, 1e-6, 0);
    Seed seed = new Seed(Seed.Origin.SEASON, 3, List.of(), known);

    SearchStep typical = CrfSearch.next(known(List.of()), AT_95);
    SearchStep told = CrfSearch.next(new Known(List.of(), List.of(), seed), AT_95);

    assertThat(((SearchStep.Probe) typical).crf()).isBetween(24.0, 32.0);
    assertThat(((SearchStep.Probe) told).crf()).isBetween(40.0, 41.0);
  }

  @Test
  void aLookIsTakenWhereAProbeWouldProbablyMissAndAProbeWhereItWouldProbablyNot() {
    SearchPolicy policy = withLooks(AT_95);
    Belief sure = new Belief(30, Math.log(4.8), 0.05, 1e-6, 1e-8, 0);

    assertThat(CrfSearch.next(known(List.of()), policy)).isInstanceOf(SearchStep.Look.class);
    assertThat(
            CrfSearch.next(
                new Known(List.of(), List.of(), new Seed(Seed.Origin.SEASON, 9, List.of(), sure)),
                policy))
        .isInstanceOf(SearchStep.Probe.class);
  }

  /**
   * @param lost points of VMAF at CRF 28
   */
  private static SyntheticVideo lean(double lost) {
    return new SyntheticVideo(
        "lean",
        1,
        crf -> 100 - lost * Math.exp(0.05 * (crf - 28)),
        crf -> 220 * Math.exp(-0.055 * (crf - 28)),
        0);
  }

  @Test
  void aVideoThatIsFarTooLargeIsRefusedByLooksAlone() {
    Run run = search(lean(5), withLooks(AT_95));

    assertThat(run.end()).isInstanceOf(SearchStep.Hopeless.class);
    assertThat(run.points()).isEmpty();
    assertThat(run.looks()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void oneWhoseFactsLetExpectThatIsRefusedByOneLook() {
    // such films score about a point less than is typical
    Run run = search(lean(6), withLooks(AT_95), Seed.prior(Metric.VMAF).expecting(95));

    assertThat(run.end()).isInstanceOf(SearchStep.Hopeless.class);
    assertThat(run.points()).isEmpty();
    assertThat(run.looks()).hasSize(1);
  }

  @Test
  void factsThatAreWrongRefuseNothingAndCostLessThanOneLook() {
    Random random = new Random(8);
    Seed wrong = Seed.prior(Metric.VMAF).expecting(300);
    int videos = 2_000;
    int looks = 0;
    int more = 0;
    for (int i = 0; i < videos; i++) {
      SyntheticVideo video = SyntheticVideo.exponential(random).alwaysSmall();

      Run told = search(video, withLooks(AT_95), wrong);
      Run usual = search(video, withLooks(AT_95));

      assertThat(told.end()).as("%s", video).hasSameClassAs(usual.end());
      looks += told.looks().size() - usual.looks().size();
      more += told.points().size() - usual.points().size();
    }
    assertThat((double) (looks + more) / videos).isLessThan(1);
  }

  @Test
  void aLookNeverDecidesWhatIsAccepted() {
    List<SearchPoint> looks = List.of(point(30, 95.2, 40));

    SearchStep next =
        CrfSearch.next(new Known(List.of(), looks, Seed.prior(Metric.VMAF)), withLooks(AT_95));

    assertThat(next).isInstanceOf(SearchStep.Probe.class);
    assertThat(((SearchStep.Probe) next).crf()).isBetween(29.5, 30.5);
  }

  @Test
  void whatIsALittleTooLargeInTheUpperBandIsSearchedNearerToTheTarget() {
    SyntheticVideo video =
        new SyntheticVideo(
            "just fits",
            1,
            crf -> 100 - 5 * Math.exp(0.05 * (crf - 28)),
            crf -> 89 * Math.exp(-0.055 * (crf - 28)),
            0);
    SearchPoint tooLarge = video.measure(26.75);
    assertThat(tooLarge.score()).isBetween(95.0, 95.4);
    assertThat(tooLarge.predictedPercent()).isGreaterThan(90);
    List<SearchPoint> points = new ArrayList<>(List.of(tooLarge));

    SearchStep step = CrfSearch.next(known(points), AT_95);
    while (step instanceof SearchStep.Probe(double crf, double chance)) {
      points.add(video.measure(crf));
      step = CrfSearch.next(known(points), AT_95);
    }

    assertThat(step).isInstanceOf(SearchStep.Found.class);
    assertThat(((SearchStep.Found) step).point().predictedPercent()).isLessThanOrEqualTo(90);
    assertThat(points).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void theHighestCrfOfTheRangeIsFoundWhenEvenThatIsBetterThanWanted() {
    assertThat(CrfSearch.next(known(List.of(point(70, 98, 5))), AT_95))
        .isEqualTo(new SearchStep.Found(point(70, 98, 5)));
  }

  @Test
  void theBetterOfTwoNeighboursIsFoundThoughItLiesAboveTheBand() {
    List<SearchPoint> points = List.of(point(30, 96, 40), point(30.25, 94.9, 39));

    assertThat(CrfSearch.next(known(points), AT_95))
        .isEqualTo(new SearchStep.Found(point(30, 96, 40)));
  }

  @Test
  void theLowestCrfThatMissesTheTargetMeansNotReachable() {
    assertThat(CrfSearch.next(known(List.of(point(5, 94.9, 80))), AT_95))
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
    SearchStep step = CrfSearch.next(known(points), AT_95);
    while (step instanceof SearchStep.Probe(double crf, double chance)) {
      points.add(video.measure(crf));
      probes++;
      step = CrfSearch.next(known(points), AT_95);
    }

    assertThat(step).isInstanceOf(SearchStep.Found.class);
    assertThat(((SearchStep.Found) step).point().score()).isBetween(95.0, 95.4);
    assertThat(probes).isLessThanOrEqualTo(8);
  }

  @Test
  void withIdleWorkersTheStepsOnBothSidesAreTakenToo() {
    Known nothing = known(List.of());

    List<SearchStep> alone = CrfSearch.together(nothing, AT_95, 1);
    List<SearchStep> three = CrfSearch.together(nothing, AT_95, 3);

    assertThat(alone).containsExactly(CrfSearch.next(nothing, AT_95));
    assertThat(three).hasSize(3).startsWith(alone.getFirst());
    assertThat(three.stream().map(step -> ((SearchStep.Measurement) step).crf()))
        .doesNotHaveDuplicates();
  }

  @Test
  void measuredTogetherEveryCurveEndsInFewerRoundsAndAsTruly() {
    Random random = new Random(6);
    double roundsOfOne = 0;
    double roundsOfThree = 0;
    for (int i = 0; i < 2_000; i++) {
      SyntheticVideo video = SyntheticVideo.exponential(random).alwaysSmall();
      roundsOfOne += rounds(video, 1);
      roundsOfThree += rounds(video, 3);
    }
    assertThat(roundsOfThree).isLessThan(0.8 * roundsOfOne);
  }

  private static int rounds(SyntheticVideo video, int most) {
    List<SearchPoint> points = new ArrayList<>();
    int rounds = 0;
    while (true) {
      List<SearchStep> steps = CrfSearch.together(known(points), AT_95, most);
      if (!(steps.getFirst() instanceof SearchStep.Measurement)) {
        if (steps.getFirst() instanceof SearchStep.Found(SearchPoint point)) {
          assertThat(point.score()).isGreaterThanOrEqualTo(95);
        }
        return rounds;
      }
      rounds++;
      for (SearchStep step : steps) {
        points.add(
            video.measure(fresh(((SearchStep.Measurement) step).crf(), points, video, AT_95)));
      }
      assertThat(rounds).as("%s", video).isLessThanOrEqualTo(13);
    }
  }
}
