package dev.reencodarr.fakearr.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.event.ArrEvent;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.fakearr.time.FakeClock;
import dev.reencodarr.fakearr.webhook.Delivery.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells what has happened to those that are set up. Each is called at once and waited for, once;
 * what it does not take is lost, and so is what happens while it is left alone for that.
 */
public final class Webhooks implements AutoCloseable {

  private record Waiting(Notification to, Payload payload) {}

  private final Payloads payloads;
  private final FakeClock clock;
  private final Caller caller = new Caller();
  private final BackOff backOff = new BackOff();
  private final Map<Long, Notification> notifications = new TreeMap<>();
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final List<Waiting> collected = new ArrayList<>();
  private boolean collects = false;
  private int toDrop = 0;
  private int toDouble = 0;
  private long last = 0;

  public Webhooks(Library library, FakeClock clock) {
    this.payloads = new Payloads(library);
    this.clock = clock;
  }

  // Set-up.

  public synchronized List<Notification> notifications() {
    return List.copyOf(notifications.values());
  }

  public synchronized Optional<Notification> notification(long id) {
    return Optional.ofNullable(notifications.get(id));
  }

  public synchronized Notification add(ObjectNode json) {
    return put(++last, json);
  }

  public synchronized Notification put(long id, ObjectNode json) {
    Notification notification = new Notification(id, json.deepCopy().put("id", id));
    notifications.put(id, notification);
    return notification;
  }

  public synchronized void remove(long id) {
    notifications.remove(id);
  }

  /** Calls it to see whether it answers. */
  public boolean test(ObjectNode json) {
    Notification to = new Notification(json.path("id").asLong(), json);
    Payload test = payloads.test();
    return deliver(to, test.eventType(), test.body().toString()).outcome() == Outcome.TAKEN;
  }

  // What happens.

  /** Tells all that want to hear of it. */
  public void send(ArrEvent event) {
    for (Payload payload : payloads.of(event)) {
      for (Notification to : notifications()) {
        if (payload.flags().stream().allMatch(to::wants) && concerns(to, event.title())) {
          send(to, payload);
        }
      }
    }
  }

  private static boolean concerns(Notification to, Title title) {
    return to.tags().isEmpty() || !Collections.disjoint(to.tags(), title.tags());
  }

  private void send(Notification to, Payload payload) {
    synchronized (this) {
      if (collects) {
        collected.add(new Waiting(to, payload));
        return;
      }
    }
    String body = payload.body().toString();
    if (dropsThis()) {
      deliveries.add(new Delivery(to, payload.eventType(), body, Outcome.DROPPED, 0));
      return;
    }
    if (backOff.blocks(to.id(), clock.instant())) {
      deliveries.add(new Delivery(to, payload.eventType(), body, Outcome.BLOCKED, 0));
      return;
    }
    var _ = deliver(to, payload.eventType(), body);
    if (doublesThis()) {
      var _ = deliver(to, payload.eventType(), body);
    }
  }

  private synchronized boolean dropsThis() {
    return toDrop > 0 && toDrop-- > 0;
  }

  private synchronized boolean doublesThis() {
    return toDouble > 0 && toDouble-- > 0;
  }

  private Delivery deliver(Notification to, String eventType, String body) {
    int status = caller.call(to, body);
    boolean taken = status >= 200 && status < 300;
    if (taken) {
      backOff.succeeded(to.id(), clock.instant());
    } else {
      backOff.failed(to.id(), clock.instant());
    }
    Delivery delivery =
        new Delivery(to, eventType, body, taken ? Outcome.TAKEN : Outcome.REFUSED, status);
    deliveries.add(delivery);
    return delivery;
  }

  // What a test does.

  /** All that were made or lost, in order. */
  public List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  /** Those of an event, such as Download. */
  public List<Delivery> deliveries(String eventType) {
    return deliveries().stream().filter(one -> one.eventType().equals(eventType)).toList();
  }

  /** Sends one once more, whether the first was taken or lost. */
  public Delivery sendAgain(Delivery delivery) {
    return deliver(delivery.to(), delivery.eventType(), delivery.body());
  }

  /** Sends whatever body to all that are set up, whether they wished for it or not. */
  public void sendAnything(String eventType, String body) {
    for (Notification to : notifications()) {
      var _ = deliver(to, eventType, body);
    }
  }

  /** Loses the next calls. */
  public synchronized void dropNext(int calls) {
    toDrop = calls;
  }

  /** Makes each of the next calls twice. */
  public synchronized void doubleNext(int calls) {
    toDouble = calls;
  }

  /** Makes no calls until {@link #sendCollected}. */
  public synchronized void collect() {
    collects = true;
  }

  /** Makes all calls that were held back, the last first if reversed. */
  public void sendCollected(boolean reversed) {
    List<Waiting> waiting;
    synchronized (this) {
      collects = false;
      waiting = new ArrayList<>(collected);
      collected.clear();
    }
    (reversed ? waiting.reversed() : waiting).forEach(one -> send(one.to(), one.payload()));
  }

  /** For how long one is left alone after the first refusal, the second and so on. */
  public void backOff(Duration... after) {
    backOff.durations(List.of(after));
  }

  @Override
  public void close() {
    caller.close();
  }
}
