package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.plan.Wishes;
import java.time.Instant;
import java.util.Optional;

/**
 * A video in a request.
 *
 * @param priority 1 (first) to 5 (last), by the request and by rules
 * @param outcome once it is settled
 */
public record RequestedVideo(
    RequestId request,
    Wishes wishes,
    int priority,
    Video video,
    Optional<Instant> startedAt,
    Optional<Outcome> outcome) {}
