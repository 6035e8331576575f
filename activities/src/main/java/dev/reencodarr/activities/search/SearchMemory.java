package dev.reencodarr.activities.search;

import dev.reencodarr.activities.store.SearchPointRepository;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchPointActivities;
import java.util.List;

/** The points that were measured before. */
public final class SearchMemory implements SearchPointActivities {

  private final SearchPointRepository points;

  public SearchMemory(SearchPointRepository points) {
    this.points = points;
  }

  @Override
  public List<SearchPoint> known(SourceIdentity identity, ProbeSetting setting) {
    return points.all(identity, setting);
  }
}
