package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.MeasuredPoint;
import dev.reencodarr.activities.store.SearchPointRepository;
import dev.reencodarr.activities.store.SearchRepository;
import dev.reencodarr.activities.store.SearchRow;
import dev.reencodarr.starter.view.KnownSearch;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.search.SearchRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what the latest search of a video did, and the points that it knew. */
final class SearchLookup {

  private final SearchRepository searches;
  private final SearchPointRepository points;

  SearchLookup(Database database) {
    this.searches = new SearchRepository(database);
    this.points = new SearchPointRepository(database);
  }

  /** The latest that came to an end; empty where none has. */
  Optional<KnownSearch> latest(VideoId video) {
    return searches.latest(video).map(this::known);
  }

  private KnownSearch known(SearchRow row) {
    // Rungs of one preset share their points; the last of them is the one that may have found.
    Map<Integer, SearchRecord.Tried> lastOfPreset = new LinkedHashMap<>();
    row.search().tried().forEach(rung -> lastOfPreset.put(rung.preset(), rung));
    List<KnownSearch.Point> all = new ArrayList<>();
    lastOfPreset.values().forEach(rung -> all.addAll(curve(row, rung)));
    return new KnownSearch(row.search(), all);
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
    curve.sort(Comparator.comparingDouble(point -> point.measured().point().crf()));
    return curve;
  }

  private List<MeasuredPoint> measured(SearchRow row, String settingKey) {
    return points.measured(row.search().sampledHash(), settingKey, row.searchedAt()).stream()
        .map(one ->
            new MeasuredPoint(
                one.point().pooled(row.search().pool()),
                one.host(),
                one.seconds(),
                one.measuredAt()))
        .toList();
  }
}
