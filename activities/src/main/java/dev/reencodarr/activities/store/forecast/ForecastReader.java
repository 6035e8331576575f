package dev.reencodarr.activities.store.forecast;

import dev.reencodarr.activities.store.MeasuredVideo;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.forecast.AtTarget;
import dev.reencodarr.workflows.forecast.Candidate;
import dev.reencodarr.workflows.forecast.Known;
import dev.reencodarr.workflows.forecast.Pace;
import dev.reencodarr.workflows.forecast.Source;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.plan.rules.FileSettings;
import dev.reencodarr.workflows.plan.rules.RuledFile;
import dev.reencodarr.workflows.plan.rules.VideoRules;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What measured videos say for settings: those points alone that these settings would make. */
final class ForecastReader {

  /** Of a result's size, where no point tells it: how much of it is sound is not known. */
  private static final double OF_RESULT = 0.15;

  private final VideoRules rules;
  private final QualitySettings usual;

  ForecastReader(VideoRules rules) {
    this.rules = rules;
    this.usual = rules.usual().with(Wishes.none());
  }

  /** The video as one that is still to be done; empty where it will be skipped as it is. */
  Optional<Candidate> candidate(MeasuredVideo video) {
    if (video.facts().isEmpty()) {
      return Optional.empty();
    }
    Analysis.Analysed facts = video.facts().get();
    FileSettings ruled =
        rules.settingsOf(
            new RuledFile(
                video.path(),
                video.library(),
                facts.file(),
                facts.media(),
                video.managed(),
                Instant.now()),
            Wishes.none());
    return ruled.plan(video.path(), facts.file(), facts.media()) instanceof Planned.Encode
        ? Source.of(video.path(), video.root(), facts.media())
            .map(source ->
                new Candidate(
                    video.id(), video.path(), source, fromPoints(video, source, ruled.quality())))
        : Optional.empty();
  }

  /** What is known of the video's size at the target. */
  Optional<Known> known(MeasuredVideo video) {
    return source(video)
        .flatMap(source ->
            fromPoints(video, source, usual)
                .or(() -> video.result().flatMap(result -> fromResult(result, source)))
                .map(size -> new Known(source, size)));
  }

  /** What the video's encode has cost; of one that was only searched, what was predicted. */
  Optional<Pace> pace(MeasuredVideo video) {
    return source(video)
        .flatMap(source ->
            video
                .encode()
                .map(
                    encode -> Pace.of(source, encode.preset(), encode.seconds() * encode.threads()))
                .or(() ->
                    video.points().stream()
                        .filter(point -> point.predictedSeconds() > 0)
                        .min(Comparator.comparingDouble(MeasuredVideo.Point::crf))
                        .map(point ->
                            Pace.of(
                                source,
                                point.preset(),
                                point.predictedSeconds() * point.threads()))));
  }

  private Optional<Source> source(MeasuredVideo video) {
    return video
        .facts()
        .flatMap(facts -> Source.of(video.path(), video.root(), facts.media()))
        .or(() -> video.result().map(result -> sourceOf(video, result)));
  }

  /** Of a source that is replaced the points tell how much of it was the film. */
  private static Source sourceOf(MeasuredVideo video, MeasuredVideo.Result result) {
    long copied =
        video.points().stream()
            .filter(point -> point.predictedPercent() > 0)
            .mapToLong(point ->
                result.sourceBytes()
                    - Math.round(100 * point.predictedBytes() / point.predictedPercent()))
            .filter(bytes -> bytes >= 0)
            .findFirst()
            .orElse(0);
    double frames = video.encode().map(encode -> (double) encode.frames()).orElse(0.0);
    return Source.of(
        video.path(),
        video.root(),
        result.codec(),
        result.width(),
        result.height(),
        frames / result.seconds(),
        result.seconds(),
        result.sourceBytes(),
        copied,
        result.hdr());
  }

  private static Optional<AtTarget> fromPoints(
      MeasuredVideo video, Source source, QualitySettings quality) {
    List<MeasuredVideo.Point> comparable =
        video.points().stream()
            .filter(point -> ProbeSetting.isScoredBy(quality.scoring(), point.settingKey()))
            .toList();
    int wanted = quality.presets().getFirst();
    Optional<Integer> preset =
        comparable.stream()
            .map(MeasuredVideo.Point::preset)
            .min(Comparator.comparingInt(one -> Math.abs(one - wanted)));
    List<SearchPoint> points =
        comparable.stream()
            .filter(point -> preset.filter(nearest -> nearest == point.preset()).isPresent())
            .map(MeasuredVideo.Point::searched)
            .toList();
    return AtTarget.of(quality.scoring().metric(), quality.targetFor(source.bytes()), points);
  }

  private Optional<AtTarget> fromResult(MeasuredVideo.Result result, Source source) {
    double film = source.videoBytes();
    double share = (film - (result.sourceBytes() - result.bytes())) / film;
    boolean isWanted = result.target() == usual.targetFor(source.bytes());
    return share > 0 && usual.scoring().metric() == Metric.VMAF
        ? Optional.of(AtTarget.of(share, isWanted ? OF_RESULT : 2 * OF_RESULT))
        : Optional.empty();
  }
}
