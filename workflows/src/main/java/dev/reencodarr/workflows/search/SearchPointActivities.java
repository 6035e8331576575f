package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.SourceIdentity;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** The memory of points and searches; runs on {@code control}. */
@ActivityInterface(namePrefix = "SearchPoint")
public interface SearchPointActivities {

  /** Every point measured of this content with exactly these settings, by CRF. */
  List<SearchPoint> known(SourceIdentity identity, ProbeSetting setting);

  /** What the season of a video, or videos that are like it, teach about its curve. */
  Seed seed(SeedRequest request);

  /** How many probes with this encoder could begin at once in the zone, besides what is at work. */
  int idleSlots(Encoder encoder, String zone);

  /** Keeps what a search did; run twice, it keeps it once. */
  void searched(SearchRecord search);
}
