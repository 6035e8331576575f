package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.search.SearchRecord;
import java.time.Instant;

/**
 * A search as it is kept.
 *
 * @param searchedAt when it came to its end
 */
public record SearchRow(SearchRecord search, Instant searchedAt) {}
