package dev.reencodarr.activities.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A worker as it last reported itself.
 *
 * @param queues names of the task queues that it serves
 * @param paused queue → why it is not polled at the moment
 * @param power what it does at once
 */
public record LivingWorker(
    String host,
    String zone,
    List<String> queues,
    Map<String, String> paused,
    WorkerRepository.Power power,
    String version,
    Instant startedAt,
    Instant seenAt) {}
