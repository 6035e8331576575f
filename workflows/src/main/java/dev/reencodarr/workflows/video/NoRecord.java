package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.FailureActivities;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchPointActivities;
import dev.reencodarr.workflows.search.SearchRecord;
import dev.reencodarr.workflows.search.Seed;
import dev.reencodarr.workflows.search.SeedRequest;
import java.util.List;

/** Steps that say nothing of what they are done for: it is no video's own work. */
final class NoRecord {

  private NoRecord() {}

  /** No failure of a video. */
  static final class Failures implements FailureActivities {

    @Override
    public void record(FailureRecord failure) {}

    @Override
    public void resolveStage(VideoId video, FailureStage stage) {}
  }

  /**
   * What is known helps, and what is measured is kept; that there was a search is not.
   *
   * @param points that are known
   */
  record Points(SearchPointActivities points) implements SearchPointActivities {

    @Override
    public List<SearchPoint> known(SourceIdentity identity, ProbeSetting setting) {
      return points.known(identity, setting);
    }

    @Override
    public int idleSlots(Encoder encoder, String zone) {
      return points.idleSlots(encoder, zone);
    }

    @Override
    public Seed seed(SeedRequest request) {
      return points.seed(request);
    }

    @Override
    public void searched(SearchRecord search) {}
  }
}
