package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.temporal.TaskQueues;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A worker as it last reported itself.
 *
 * @param queues names of the task queues that it serves
 * @param paused queue → why it is not polled at the moment
 * @param held why no heavy work runs there, though it is fit; empty where it may
 * @param power what it does at once
 */
public record LivingWorker(
    String host,
    String zone,
    List<String> queues,
    Map<String, String> paused,
    String held,
    WorkerRepository.Power power,
    String version,
    Instant startedAt,
    Instant seenAt) {

  /**
   * Whether it can search with an encoder and encode with it, for a zone. One that is held up does
   * it later.
   */
  public boolean offers(Encoder encoder, String ofZone) {
    return serves(TaskQueues.search(encoder, ofZone)) && serves(TaskQueues.encode(encoder, ofZone));
  }

  private boolean serves(String queue) {
    boolean isUnfit = paused.containsKey(queue) && !held.equals(paused.get(queue));
    return queues.contains(queue) && !isUnfit;
  }
}
