package dev.reencodarr.workflows.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Goal;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.Sources;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.search.SearchPoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a forecast does with what it knows. */
class ForecasterTest {

  private static final long GB = 1_000_000_000;
  private static final QualitySettings QUALITY = QualitySettings.defaults();

  private static Source film(String path, String codec, int height, double hours, long bytes) {
    return Source.of(
        new MediaPath(path),
        new MediaPath("/films"),
        codec,
        height * 16 / 9,
        height,
        24,
        hours * 3600,
        bytes,
        bytes / 20,
        false);
  }

  private static Source episode(String season, int number) {
    return film("/films/Show/" + season + "/" + number + ".mkv", "h264", 1080, 0.7, 2 * GB);
  }

  private static Candidate toDo(String path, Source source) {
    return new Candidate(
        new VideoId(UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8))),
        new MediaPath(path),
        source,
        Optional.empty());
  }

  private static Candidate toDo(Source source) {
    return toDo("/films/one.mkv", source);
  }

  private static Forecast forecast(List<Known> known, Candidate... candidates) {
    return new Forecaster(known, List.of(), QUALITY).of(List.of(candidates));
  }

  private static Deal dealOf(List<Known> known, Source source) {
    return forecast(known, toDo(source)).deals().getFirst();
  }

  private static List<Known> season(String name, int count, double share) {
    return IntStream.range(100, 100 + count)
        .mapToObj(number -> new Known(episode(name, number), AtTarget.of(share, 0.03)))
        .toList();
  }

  @Test
  void nothingToDoSavesNothing() {
    assertThat(forecast(List.of()).saved()).isEqualTo(Range.zero());
    assertThat(forecast(List.of()).deals()).isEmpty();
  }

  @Test
  void whereNothingIsKnownTheRangeIsWideAndSaysThatItRestsOnFacts() {
    Candidate[] films =
        IntStream.range(0, 30)
            .mapToObj(number -> "/films/" + number + "/film.mkv")
            .map(path -> toDo(path, film(path, "h264", 1080, 2, 8 * GB)))
            .toArray(Candidate[]::new);

    Forecast forecast = forecast(List.of(), films);

    assertThat(forecast.deals()).extracting(Deal::basis).containsOnly(Basis.FACTS);
    assertThat(forecast.saved().high()).isGreaterThan(1.5 * forecast.saved().low());
    assertThat(forecast.cpuSeconds().high()).isGreaterThan(3 * forecast.cpuSeconds().low());
    assertThat(forecast.saved().high()).isLessThan((double) forecast.bytes());
  }

  @Test
  void theRangeNarrowsAsVideosBecomeKnown() {
    Candidate[] rest =
        IntStream.range(0, 20)
            .mapToObj(number -> toDo("/films/Show/1/" + number + ".mkv", episode("1", number)))
            .toArray(Candidate[]::new);

    double last = Double.MAX_VALUE;
    for (int known : List.of(0, 2, 12)) {
      Range saved = forecast(season("1", known, 0.5), rest).saved();
      double width = (saved.high() - saved.low()) / saved.middle();
      assertThat(width).isLessThan(last);
      last = width;
    }
    assertThat(last).isBetween(0.02, 0.6);
  }

  @Test
  void siblingsCountMoreThanOthersAndSeriesMoreThanStrangers() {
    List<Known> known = new ArrayList<>(season("good", 6, 0.25));
    known.addAll(season("poor", 6, 0.7));
    for (int number = 0; number < 6; number++) {
      known.add(
          new Known(
              film("/films/Other/1/" + number + ".mkv", "h264", 1080, 0.7, 2 * GB),
              AtTarget.of(0.5, 0.03)));
    }

    Deal good = dealOf(known, episode("good", 1));
    Deal poor = dealOf(known, episode("poor", 1));
    Deal between = dealOf(known, film("/films/X/film.mkv", "h264", 1080, 0.7, 2 * GB));

    assertThat(good.savedBytes()).isGreaterThan(between.savedBytes());
    assertThat(between.savedBytes()).isGreaterThan(poor.savedBytes());
    assertThat(good.basis()).isEqualTo(Basis.SIBLINGS);
    assertThat(between.basis()).isEqualTo(Basis.SIMILAR);
  }

  @Test
  void ownPointsSettleIt() {
    Source source = episode("1", 1);
    Candidate measured =
        new Candidate(
            toDo(source).id(), toDo(source).path(), source, Optional.of(AtTarget.of(0.4, 0.02)));

    Deal deal = forecast(season("1", 8, 0.8), measured).deals().getFirst();

    assertThat(deal.basis()).isEqualTo(Basis.MEASURED);
    assertThat(deal.savedBytes()).isBetween(0.58 * source.videoBytes(), 0.62 * source.videoBytes());
    assertThat(deal.saved().high() - deal.saved().low()).isLessThan(0.05 * source.videoBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 12})
  void aRicherFileOfTheSameLengthSavesMoreAndALargerPartOfItself(int count) {
    List<Known> known = season("1", count, 0.5);
    double lastSaved = 0;
    double lastPart = 0;
    for (int gigabytes = 1; gigabytes <= 64; gigabytes *= 2) {
      Source source = film("/films/a/film.mkv", "h264", 1080, 2, gigabytes * GB);
      Deal deal = dealOf(known, source);
      assertThat(deal.savedBytes()).isGreaterThanOrEqualTo(lastSaved);
      assertThat(deal.savedBytes() / source.bytes()).isGreaterThanOrEqualTo(lastPart);
      lastSaved = deal.savedBytes();
      lastPart = deal.savedBytes() / source.bytes();
    }
  }

  @Test
  void anOlderCodecSavesMore() {
    List<Double> saved =
        List.of("mpeg2video", "h264", "hevc").stream()
            .map(codec -> dealOf(List.of(), film("/films/a/film.mkv", codec, 1080, 2, 8 * GB)))
            .map(Deal::savedBytes)
            .toList();

    assertThat(saved).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void whatIsCopiedIsNotSaved() {
    Source silent = film("/films/a/film.mkv", "h264", 1080, 2, 8 * GB);
    Source loud =
        new Source(
            silent.series(),
            silent.season(),
            silent.codec(),
            silent.width(),
            silent.height(),
            silent.framesPerSecond(),
            silent.seconds(),
            silent.bytes(),
            5 * GB,
            false);

    assertThat(dealOf(List.of(), loud).saved().high()).isLessThan(3 * GB);
    assertThat(dealOf(List.of(), loud).savedBytes())
        .isLessThan(dealOf(List.of(), silent).savedBytes());
  }

  @Test
  void whatWouldBeLeftAloneCountsAsNothing() {
    assertThat(dealOf(season("1", 12, 1.6), episode("1", 1)).saved().middle()).isZero();
  }

  @Test
  void theGoalTimeCountsOnlyWhatItTakes() {
    QualitySettings time =
        QUALITY.with(
            new Wishes(OptionalDouble.empty(), Optional.of(Goal.TIME), 3, Optional.empty()));
    List<Known> known = season("1", 12, 0.87);
    Candidate candidate = toDo(episode("1", 1));

    double space = forecast(known, candidate).saved().middle();
    double quick = new Forecaster(known, List.of(), time).of(List.of(candidate)).saved().middle();

    assertThat(space).isPositive();
    assertThat(quick).isZero();
  }

  @Test
  void theSameQuestionGetsTheSameAnswer() {
    Candidate[] films = {toDo(episode("1", 1)), toDo(episode("2", 2))};

    assertThat(forecast(season("1", 3, 0.5), films))
        .isEqualTo(forecast(season("1", 3, 0.5), films));
  }

  @Test
  void oneOutlierAmongManyChangesLittle() {
    List<Known> known = new ArrayList<>(season("1", 10, 0.5));
    double before = dealOf(known, episode("1", 1)).savedBytes();
    known.add(new Known(episode("1", 99), AtTarget.of(0.02, 0.03)));

    double after = dealOf(known, episode("1", 1)).savedBytes();

    assertThat(after / before).isBetween(0.9, 1.15);
  }

  @Test
  void theBestBytesForACpuHourComeFirst() {
    List<Deal> deals =
        forecast(
                List.of(),
                toDo("/films/a.mkv", film("/films/a.mkv", "hevc", 2160, 2, 12 * GB)),
                toDo("/films/b.mkv", film("/films/b.mkv", "mpeg2video", 576, 2, 7 * GB)))
            .deals();

    assertThat(deals).extracting(deal -> deal.path().fileName()).containsExactly("b.mkv", "a.mkv");
    assertThat(deals)
        .extracting(Deal::savedPerCpuHour)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void whatEncodesHaveCostIsBelievedOfLaterOnes() {
    Source source = episode("1", 1);
    List<Pace> paces =
        IntStream.range(0, 20).mapToObj(number -> Pace.of(source, 8, 20_000)).toList();

    Forecast forecast =
        new Forecaster(List.of(), paces, QUALITY).of(List.of(toDo(source), toDo(source)));

    assertThat(forecast.deals().getFirst().cpuSeconds()).isBetween(19_000.0, 26_000.0);
    assertThat(forecast.cpuSeconds().low()).isLessThan(44_000);
    assertThat(forecast.cpuSeconds().high()).isGreaterThan(44_000);
  }

  // --- the size at the target ----------------------------------------------------------------

  private static SearchPoint point(double score, double percent) {
    return new SearchPoint(30, score, percent, 1, 1);
  }

  @Test
  void betweenTwoPointsTheSizeIsInterpolated() {
    AtTarget size =
        AtTarget.of(Metric.VMAF, 95, List.of(point(96, 50), point(93.75, 40))).orElseThrow();

    assertThat(Math.exp(size.logShare())).isBetween(0.44, 0.46);
    assertThat(size.spread()).isLessThan(0.1);
  }

  @Test
  void beyondThePointsItIsTheLessSureTheFurtherItIs() {
    AtTarget near = AtTarget.of(Metric.VMAF, 95, List.of(point(95.3, 50))).orElseThrow();
    AtTarget far = AtTarget.of(Metric.VMAF, 95, List.of(point(98, 50))).orElseThrow();

    assertThat(near.spread()).isLessThan(far.spread());
    assertThat(far.logShare()).isLessThan(near.logShare());
    assertThat(AtTarget.of(Metric.VMAF, 95, List.of(point(40, 5)))).isEmpty();
    assertThat(AtTarget.of(Metric.VMAF, 95, List.of())).isEmpty();
  }

  @Test
  void soundAndPictureSubtitlesAreWhatIsCopied() {
    MediaStream.Audio stated =
        new MediaStream.Audio(
            1, "dts", "", 6, "5.1", Map.of("number_of_bytes-eng", "300000000"), List.of());
    MediaFacts facts = Sources.media(Sources.MATROSKA, Sources.film(0), stated);

    Source source =
        Source.of(new MediaPath("/films/S/1/e.mkv"), new MediaPath("/films"), facts).orElseThrow();

    assertThat(source.copiedBytes()).isEqualTo(300_000_000);
    assertThat(source.season()).isEqualTo("/films/S/1");
    assertThat(source.series()).isEqualTo("/films/S");
    assertThat(source.hdr()).isFalse();
    assertThat(
            Source.of(
                    new MediaPath("/films/e.mkv"),
                    new MediaPath("/films"),
                    Sources.media(
                        Sources.MATROSKA,
                        Sources.film(0, "hevc", "yuv420p10le", "", HdrKind.HDR10),
                        Sources.audio(1, "aac")))
                .orElseThrow())
        .satisfies(film -> {
          assertThat(film.season()).isEmpty();
          assertThat(film.series()).isEmpty();
          assertThat(film.hdr()).isTrue();
          assertThat(film.copiedBytes()).isEqualTo(2 * 64_000 * 3600 / 8);
        });
  }

  // --- which videos to measure ---------------------------------------------------------------

  private static List<Candidate> seasonToDo(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number -> toDo("/films/Show/" + name + "/" + number + ".mkv", episode(name, number)))
        .toList();
  }

  @Test
  void measuresWhereMostBytesAreTheLeastSure() {
    List<Candidate> candidates = new ArrayList<>(seasonToDo("small", 4));
    candidates.addAll(seasonToDo("large", 20));
    candidates.addAll(seasonToDo("known", 20));

    List<Candidate> chosen = SampleChoice.of(candidates, season("known", 5, 0.5), 3);

    assertThat(chosen)
        .extracting(one -> one.source().season())
        .startsWith("/films/Show/large")
        .doesNotContain("/films/Show/known");
    assertThat(chosen).doesNotHaveDuplicates().hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "8, 5"})
  void choosesNoMoreThanThereAreAndNoneThatWasMeasured(int wanted, int chosen) {
    List<Candidate> candidates = new ArrayList<>(seasonToDo("1", 5));
    candidates.add(
        new Candidate(
            new VideoId(new UUID(0, 1)),
            new MediaPath("/films/Show/1/x.mkv"),
            episode("1", 77),
            Optional.of(AtTarget.of(0.5, 0.1))));

    assertThat(SampleChoice.of(candidates, List.of(), wanted))
        .hasSize(chosen)
        .allMatch(one -> one.measured().isEmpty());
  }

  // --- goals ---------------------------------------------------------------------------------

  @Test
  void balancedLiesBetweenSpaceAndTime() {
    // twice the saving for four times the cost
    assertThat(merit(Goal.SPACE, 2, 4)).isGreaterThan(merit(Goal.SPACE, 1, 1));
    assertThat(merit(Goal.TIME, 2, 4)).isLessThan(merit(Goal.TIME, 1, 1));
    assertThat(merit(Goal.BALANCED, 2, 4)).isEqualTo(merit(Goal.BALANCED, 1, 1));
  }

  private static double merit(Goal goal, double saved, double cost) {
    return saved / Math.pow(cost, Merit.powerOfCost(goal));
  }
}
