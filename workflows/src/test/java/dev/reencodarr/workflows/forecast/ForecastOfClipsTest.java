package dev.reencodarr.workflows.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promise of the ranges, on clips that really were measured and that the forecast is not told.
 */
class ForecastOfClipsTest {

  private static final int DRAWS = 60;

  /** Of one draw: whether the total lay in its range, and how many single videos did. */
  private record Draw(boolean isInside, int videosInside, int videos, double width) {}

  private static Draw draw(
      List<MeasuredClips> clips, int knownClips, double target, boolean wholeGroups, long seed) {
    QualitySettings quality =
        QualitySettings.defaults()
            .with(new Wishes(OptionalDouble.of(target), Optional.empty(), 3, Optional.empty()));
    List<MeasuredClips> shuffled = new ArrayList<>(clips);
    Collections.shuffle(shuffled, new Random(seed));
    if (wholeGroups) {
      List<String> groups =
          new ArrayList<>(
              shuffled.stream().map(clip -> clip.source().season()).distinct().toList());
      shuffled.sort((a, b) ->
          Integer.compare(
              groups.indexOf(a.source().season()), groups.indexOf(b.source().season())));
    }
    List<Known> known =
        shuffled.stream().limit(knownClips).map(clip -> clip.known(target)).toList();
    List<MeasuredClips> rest = shuffled.subList(knownClips, shuffled.size());
    Map<VideoId, Double> truth = new HashMap<>();
    for (MeasuredClips clip : rest) {
      double share = Math.exp(clip.atTarget(target).logShare());
      truth.put(clip.candidate().id(), Saving.bytes(clip.source(), share, quality));
    }
    Forecast forecast =
        new Forecaster(known, List.of(), quality)
            .of(rest.stream().map(MeasuredClips::candidate).toList());
    double total = truth.values().stream().mapToDouble(Double::doubleValue).sum();
    int inside =
        (int)
            forecast.deals().stream()
                .filter(deal -> isWithin(truth.getOrDefault(deal.id(), -1.0), deal.saved()))
                .count();
    return new Draw(
        isWithin(total, forecast.saved()),
        inside,
        rest.size(),
        (forecast.saved().high() - forecast.saved().low()) / total);
  }

  private static boolean isWithin(double value, Range range) {
    return value >= range.low() && value <= range.high();
  }

  @ParameterizedTest
  @CsvSource({
    "clips.tsv, 0, 93, false",
    "clips.tsv, 4, 93, false",
    "clips.tsv, 12, 93, false",
    "clips.tsv, 30, 93, false",
    "clips.tsv, 12, 93, true",
    "clips.tsv, 25, 93, true",
    "clips.tsv, 12, 95, false",
    "clips.tsv, 12, 91, true",
    "segments.tsv, 0, 93, false",
    "segments.tsv, 4, 93, false",
    "segments.tsv, 8, 93, false",
    "segments.tsv, 8, 90, false",
    "segments.tsv, 11, 93, true"
  })
  void theTrueTotalLiesInsideTheRangeInAtLeastEightOfTenDraws(
      String resource, int known, double target, boolean wholeGroups) {
    List<MeasuredClips> clips = MeasuredClips.read(resource);

    List<Draw> draws =
        IntStream.range(0, DRAWS)
            .mapToObj(seed -> draw(clips, known, target, wholeGroups, seed))
            .toList();

    long inside = draws.stream().filter(Draw::isInside).count();
    double single =
        draws.stream().mapToInt(Draw::videosInside).sum()
            / (double) draws.stream().mapToInt(Draw::videos).sum();
    assertThat(inside).isGreaterThanOrEqualTo(DRAWS * 8 / 10);
    assertThat(draws.subList(0, 10)).filteredOn(Draw::isInside).hasSizeGreaterThanOrEqualTo(8);
    assertThat(single).as("single videos in theirs").isBetween(0.75, 0.99);
    assertThat(draws.stream().mapToDouble(Draw::width).average().orElseThrow())
        .as("a range that says something")
        .isLessThan(1);
  }
}
