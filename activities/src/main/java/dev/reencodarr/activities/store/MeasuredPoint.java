package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.search.SearchPoint;
import java.time.Instant;

/**
 * A point as it is kept.
 *
 * @param host that has measured it
 * @param seconds wall time of the probe
 */
public record MeasuredPoint(SearchPoint point, String host, double seconds, Instant measuredAt) {}
