package dev.reencodarr.activities.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.VideoId;
import java.time.Instant;
import java.util.Optional;

/**
 * A failure as it is kept.
 *
 * @param video empty for a failure of a sync, a worker or the system, and once the video is gone
 * @param context what was known of machine, tools and program at the time
 * @param retryCount attempts before this one
 * @param isFinal false for an attempt that was retried or a rung that was followed by another
 * @param resolvedAt empty while it is open
 */
public record FailureRow(
    long id,
    Optional<VideoId> video,
    FailureStage stage,
    FailureCategory category,
    String code,
    String message,
    JsonNode context,
    int retryCount,
    boolean isFinal,
    Optional<Instant> resolvedAt,
    Instant insertedAt) {}
