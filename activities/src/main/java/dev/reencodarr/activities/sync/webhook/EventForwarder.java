package dev.reencodarr.activities.sync.webhook;

import dev.reencodarr.workflows.sync.TouchedTitles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what lies in the spool, each connection's titles together, and lets it go when all of it
 * was taken; less and less often while nobody takes it.
 */
final class EventForwarder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventForwarder.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final EventSpool spool;
  private final Consumer<TouchedTitles> taker;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("webhook-forwarder").daemon().factory());

  /**
   * @param taker throws where it cannot take them now
   */
  EventForwarder(EventSpool spool, Consumer<TouchedTitles> taker) {
    this.spool = spool;
    this.taker = taker;
  }

  void start() {
    again(LOOK);
  }

  private void again(Duration pause) {
    try {
      var _ = clock.schedule(() -> look(pause), pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // It is closed.
    }
  }

  private void look(Duration before) {
    Duration pause = LOOK;
    try {
      forward();
    } catch (IOException | RuntimeException e) {
      pause = longer(before);
      log.debug("events wait, they could not be handed on", e);
    }
    again(pause);
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private void forward() throws IOException {
    EventSpool.Batch batch = spool.take();
    if (!batch.isEmpty()) {
      touched(batch.events()).forEach(taker);
      spool.done(batch);
    }
  }

  private static List<TouchedTitles> touched(List<SpooledEvent> events) {
    Map<TouchedTitles, List<Long>> byConnection = new LinkedHashMap<>();
    events.forEach(event ->
        byConnection
            .computeIfAbsent(event.touched(List.of()), connection -> new ArrayList<>())
            .add(event.title()));
    return byConnection.entrySet().stream().map(it -> it.getKey().with(it.getValue())).toList();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
