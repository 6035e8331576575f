package dev.reencodarr.activities.search;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.SearchPointRepository;
import dev.reencodarr.activities.store.SearchRepository;
import dev.reencodarr.activities.store.TeacherRepository;
import dev.reencodarr.activities.store.TeacherRow;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchPointActivities;
import dev.reencodarr.workflows.search.SearchRecord;
import dev.reencodarr.workflows.search.SearchedVideo;
import dev.reencodarr.workflows.search.Seed;
import dev.reencodarr.workflows.search.SeedRequest;
import dev.reencodarr.workflows.search.Seeds;
import dev.reencodarr.workflows.temporal.TaskQueues;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The points that were measured before, of the content itself and of videos that are like it, and
 * what searches did with them.
 */
public final class SearchMemory implements SearchPointActivities {

  /** More teachers make a seed no better. */
  private static final int MOST_TEACHERS = 24;

  /** So little alike, a video teaches nothing. */
  private static final double LEAST_LIKENESS = 0.05;

  /** A season that has taught so many videos needs no others. */
  private static final int ENOUGH_SIBLINGS = 6;

  private final SearchPointRepository points;
  private final TeacherRepository teachers;
  private final WorkerRepository workers;
  private final SearchRepository searches;

  public SearchMemory(Database database) {
    this.points = new SearchPointRepository(database);
    this.teachers = new TeacherRepository(database);
    this.workers = new WorkerRepository(database);
    this.searches = new SearchRepository(database);
  }

  @Override
  public List<SearchPoint> known(SourceIdentity identity, ProbeSetting setting) {
    return points.all(identity, setting);
  }

  @Override
  public Seed seed(SeedRequest request) {
    Metric metric = request.setting().scoring().metric();
    Optional<TeacherRow.Traits> traits = teachers.traits(request.video());
    if (traits.isEmpty()) {
      return Seed.prior(metric);
    }
    List<TeacherRow> found = found(request);
    List<SearchedVideo> videos =
        found.stream()
            .map(row -> searched(row, traits.get()))
            .filter(video -> video.likeness() >= LEAST_LIKENESS)
            .sorted(
                Comparator.comparingDouble((SearchedVideo video) -> -video.likeness())
                    .thenComparing(SearchedVideo::name))
            .limit(MOST_TEACHERS)
            .toList();
    Seed.Origin origin =
        found.stream().anyMatch(TeacherRow::season) ? Seed.Origin.SEASON : Seed.Origin.SIMILAR;
    return Seeds.of(origin, videos, metric, request.target());
  }

  @Override
  public int idleSlots(Encoder encoder, String zone) {
    // Slots are told of cores; a GPU is left to other videos.
    return encoder.isOfGpu() ? 0 : workers.idleSlots(TaskQueues.search(encoder, zone), zone);
  }

  @Override
  public void searched(SearchRecord search) {
    searches.store(search);
  }

  /** What is both a sibling and new counts as a sibling. */
  private List<TeacherRow> found(SeedRequest request) {
    Map<String, TeacherRow> byPath = new LinkedHashMap<>();
    teachers
        .season(request.video(), request.setting())
        .forEach(row -> byPath.putIfAbsent(row.path(), row));
    if (byPath.size() < ENOUGH_SIBLINGS) {
      teachers
          .latest(request.video(), request.setting())
          .forEach(row -> byPath.putIfAbsent(row.path(), row));
    }
    return List.copyOf(byPath.values());
  }

  private static SearchedVideo searched(TeacherRow row, TeacherRow.Traits traits) {
    return new SearchedVideo(
        String.valueOf(Path.of(row.path()).getFileName()), Likeness.of(traits, row), row.points());
  }
}
