package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.rules.RuleDifferences.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What rules would decide otherwise, in JSON.
 *
 * @param compared videos that rules were asked about before and that are not encoded
 * @param toOrder of those that differ, how many would have to be ordered again
 */
public record RulesDiffView(
    long compared,
    long otherwise,
    long toOrder,
    List<ChangeView> changes,
    List<VideoChange> videos) {

  /** How many videos change in one way. */
  public record ChangeView(String before, String now, long videos) {}

  /** One that changes. */
  public record VideoChange(String id, String path, String before, String now) {}

  /** Counts as they come. */
  public static final class Counting {

    private final int limit;
    private final Map<Way, Long> counts = new HashMap<>();
    private final List<VideoChange> listed = new ArrayList<>();
    private long otherwise;

    private record Way(String before, String now) {}

    /**
     * @param limit of videos that are listed
     */
    public Counting(int limit) {
      this.limit = limit;
    }

    public void add(Difference difference) {
      otherwise++;
      String now = difference.now().decision();
      counts.merge(new Way(difference.before(), now), 1L, Long::sum);
      if (listed.size() < limit) {
        listed.add(
            new VideoChange(
                difference.now().video().id().toString(),
                difference.now().video().path().value(),
                difference.before(),
                now));
      }
    }

    /** All that was counted. */
    public RulesDiffView view(long compared, long toOrder) {
      List<ChangeView> changes = new ArrayList<>();
      counts.forEach((way, count) -> changes.add(new ChangeView(way.before(), way.now(), count)));
      changes.sort(
          Comparator.comparingLong(ChangeView::videos)
              .reversed()
              .thenComparing(ChangeView::before)
              .thenComparing(ChangeView::now));
      return new RulesDiffView(compared, otherwise, toOrder, changes, List.copyOf(listed));
    }
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d of %s would be decided otherwise"
            .formatted(otherwise, Figures.count(compared, "decided video")));
    if (changes.isEmpty()) {
      return lines;
    }
    Table table = new Table().figures("videos").text("before").text("now");
    changes.forEach(change -> table.row(change.videos(), change.before(), change.now()));
    lines.addAll(table.lines());
    lines.add("");
    videos.forEach(video -> lines.add(video.path()));
    if (otherwise > videos.size()) {
      lines.add("and " + (otherwise - videos.size()) + " more: --limit");
    }
    return lines;
  }
}
