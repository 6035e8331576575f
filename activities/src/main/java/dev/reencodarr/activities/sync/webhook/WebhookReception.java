package dev.reencodarr.activities.sync.webhook;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.sync.WebhookEndpoint;
import dev.reencodarr.activities.store.sync.WebhookEndpointRepository;
import dev.reencodarr.activities.store.sync.WebhookSecretRepository;
import dev.reencodarr.workflows.sync.TouchedTitles;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the webhooks of all connections on one machine. Where it cannot listen it says so and tries
 * again; nothing else of the worker depends on it.
 */
public final class WebhookReception implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WebhookReception.class);
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final WebhookPlace place;
  private final Consumer<TouchedTitles> taker;
  private final WebhookEndpointRepository endpoints;
  private final Doorkeeper doors;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("webhooks").daemon().factory());
  private @Nullable EventSpool spool;
  private @Nullable EventForwarder forwarder;
  private @Nullable WebhookListener listener;
  private String problem = "";

  /**
   * @param taker hands titles on, and throws where that cannot be done now
   */
  public WebhookReception(WebhookPlace place, Database database, Consumer<TouchedTitles> taker) {
    this.place = place;
    this.taker = taker;
    this.endpoints = new WebhookEndpointRepository(database);
    WebhookSecretRepository secrets = new WebhookSecretRepository(database);
    this.doors = new Doorkeeper(() -> secrets.readable(SecretKey.in(place.home())));
  }

  /** Begins to listen; throws nothing, whatever is wrong. */
  public void start() {
    look();
    var _ =
        clock.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void look() {
    if (clock.isShutdown()) {
      return;
    }
    doors.look();
    listen();
    try {
      endpoints.seen(new WebhookEndpoint(place.zone(), place.host(), place.publicUrl(), problem));
    } catch (RuntimeException e) {
      // PostgreSQL is away: who is known is heard all the same.
      log.debug("it cannot be written down where webhooks are heard", e);
    }
  }

  private void listen() {
    if (listener != null) {
      return;
    }
    try {
      EventSpool events = opened();
      listener = WebhookListener.at(place.address(), new WebhookHandler(doors, events));
      problem = "";
      log.info("webhooks are heard at {}, as {}", place.address(), place.publicUrl());
    } catch (IOException e) {
      String words = "cannot listen at " + place.address() + ": " + e.getMessage();
      if (!words.equals(problem)) {
        log.error("webhooks are NOT heard, this machine {}", words);
      }
      problem = words;
    }
  }

  /** What an earlier run has left is handed on from the start. */
  private EventSpool opened() throws IOException {
    EventSpool open = spool;
    if (open == null) {
      open = EventSpool.open(place.spool());
      spool = open;
      EventForwarder handing = new EventForwarder(open, taker);
      forwarder = handing;
      handing.start();
    }
    return open;
  }

  /** The port; 0 while it does not listen. */
  public synchronized int port() {
    return listener == null ? 0 : listener.port();
  }

  /** Ends it; what was not handed on is so by the next start. */
  @Override
  public void close() {
    // First: a look may wait for PostgreSQL.
    clock.shutdownNow();
    end();
  }

  private synchronized void end() {
    if (listener != null) {
      listener.close();
    }
    if (forwarder != null) {
      forwarder.close();
    }
    try {
      if (spool != null) {
        spool.close();
      }
      endpoints.gone(place.host());
    } catch (IOException | RuntimeException e) {
      log.debug("nothing is lost by that", e);
    }
  }
}
