package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.plan.Wishes;
import java.time.Instant;
import java.util.Optional;

/**
 * A video in a request.
 *
 * @param outcome once it is settled
 */
public record RequestedVideo(
    RequestId request,
    Wishes wishes,
    Video video,
    Optional<Instant> startedAt,
    Optional<Outcome> outcome) {}
