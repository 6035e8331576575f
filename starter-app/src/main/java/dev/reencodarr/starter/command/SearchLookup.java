package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.MeasuredPoint;
import dev.reencodarr.activities.store.MeasuredSetting;
import dev.reencodarr.activities.store.SearchPointRepository;
import dev.reencodarr.activities.store.SearchRepository;
import dev.reencodarr.activities.store.SearchRow;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.starter.view.KnownSearch;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.ScorePool;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what the latest search of a video did, and the points that it knew. */
final class SearchLookup {

  /** As far as PostgreSQL is concerned. */
  private static final Instant FOR_EVER = Instant.parse("9999-01-01T00:00:00Z");

  private final SearchRepository searches;
  private final SearchPointRepository points;
  private final QualitySettings quality;

  /**
   * @param quality of what is searched now: a search that goes on has no record that says it
   */
  SearchLookup(Database database, QualitySettings quality) {
    this.searches = new SearchRepository(database);
    this.points = new SearchPointRepository(database);
    this.quality = quality;
  }

  /** The latest, also one that goes on; empty where nothing was ever measured or on record. */
  Optional<KnownSearch> latest(Video video) {
    Optional<SearchRow> ended = searches.latest(video.id());
    if (ended.isPresent() && !maySearch(video.state())) {
      return ended.map(this::known);
    }
    Optional<KnownSearch> open =
        open(video, ended.map(SearchRow::searchedAt).orElse(Instant.EPOCH));
    return open.isPresent() ? open : ended.map(this::known);
  }

  /** One that waits may have been stopped in the middle. */
  private static boolean maySearch(VideoState state) {
    return state == VideoState.SEARCHING || state == VideoState.WAITING;
  }

  private Optional<KnownSearch> open(Video video, Instant since) {
    List<MeasuredSetting> used = points.settingsSince(video.id(), since);
    if (used.isEmpty()) {
      return Optional.empty();
    }
    Metric metric = ProbeSetting.metricOf(used.getLast().settingKey());
    // Of each preset the setting that was used last: the scores of others are not comparable.
    Map<Integer, MeasuredSetting> probes = new LinkedHashMap<>();
    Map<Integer, MeasuredSetting> looks = new LinkedHashMap<>();
    used.stream()
        .filter(setting -> ProbeSetting.metricOf(setting.settingKey()) == metric)
        .forEach(setting -> (isOfLooks(setting) ? looks : probes).put(setting.preset(), setting));
    Set<Integer> presets = new LinkedHashSet<>(probes.keySet());
    presets.addAll(looks.keySet());
    List<KnownSearch.Point> all = new ArrayList<>();
    for (int preset : presets) {
      List<KnownSearch.Point> curve = new ArrayList<>();
      Optional.ofNullable(probes.get(preset)).map(this::measured).orElseGet(List::of).stream()
          .map(point -> new KnownSearch.Point(preset, point, false, false))
          .forEach(curve::add);
      Optional.ofNullable(looks.get(preset)).map(this::measured).orElseGet(List::of).stream()
          .map(look -> new KnownSearch.Point(preset, look, true, false))
          .forEach(curve::add);
      all.addAll(byCrf(curve));
    }
    return Optional.of(new KnownSearch.Open(metric, maySearch(video.state()), since, all));
  }

  private boolean isOfLooks(MeasuredSetting setting) {
    Scoring looks = quality.scoring().ofLooks();
    return !looks.equals(quality.scoring()) && ProbeSetting.isScoredBy(looks, setting.settingKey());
  }

  private List<MeasuredPoint> measured(MeasuredSetting setting) {
    return measured(setting.sampledHash(), setting.settingKey(), FOR_EVER, quality.pool());
  }

  private KnownSearch known(SearchRow row) {
    // Rungs of one preset share their points; the last of them is the one that may have found.
    Map<Integer, SearchRecord.Tried> lastOfPreset = new LinkedHashMap<>();
    row.search().tried().forEach(rung -> lastOfPreset.put(rung.preset(), rung));
    List<KnownSearch.Point> all = new ArrayList<>();
    lastOfPreset.values().forEach(rung -> all.addAll(curve(row, rung)));
    return new KnownSearch.Ended(row.search(), row.searchedAt(), all);
  }

  private List<KnownSearch.Point> curve(SearchRow row, SearchRecord.Tried rung) {
    List<KnownSearch.Point> curve = new ArrayList<>();
    for (MeasuredPoint point : measured(row, rung.settingKey())) {
      boolean accepted = rung.crf().stream().anyMatch(crf -> crf == point.point().crf());
      curve.add(new KnownSearch.Point(rung.preset(), point, false, accepted));
    }
    rung.looksKey().map(key -> measured(row, key)).orElseGet(List::of).stream()
        .map(look -> new KnownSearch.Point(rung.preset(), look, true, false))
        .forEach(curve::add);
    return byCrf(curve);
  }

  private static List<KnownSearch.Point> byCrf(List<KnownSearch.Point> curve) {
    return curve.stream()
        .sorted(Comparator.comparingDouble(point -> point.measured().point().crf()))
        .toList();
  }

  private List<MeasuredPoint> measured(SearchRow row, String settingKey) {
    return measured(row.search().sampledHash(), settingKey, row.searchedAt(), row.search().pool());
  }

  private List<MeasuredPoint> measured(
      String sampledHash, String settingKey, Instant until, ScorePool pool) {
    return points.measured(sampledHash, settingKey, until).stream()
        .map(one ->
            new MeasuredPoint(
                one.point().pooled(pool), one.host(), one.seconds(), one.measuredAt()))
        .toList();
  }
}
