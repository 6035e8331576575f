package dev.reencodarr.bench.webhooks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which events are sent, and when: of a title a single one, whichever, so that nothing makes up for
 * it; of an upgrade two; some of the single ones twice; and all in no order.
 */
final class Mixture {

  private final Random chance;

  Mixture(long seed) {
    this.chance = new Random(seed);
  }

  /**
   * Calls spread evenly.
   *
   * @param count of calls; what the titles do not come to are doubled ones
   * @param micros from one to the next
   */
  List<Call> of(List<Touched> titles, int count, long micros) {
    List<Call> once = new ArrayList<>();
    List<Call> all = new ArrayList<>();
    for (Touched title : titles) {
      List<Call> events = new ArrayList<>(title.events());
      if (title.change() == Change.UPGRADE && events.size() > 1) {
        all.add(events.getFirst());
        all.add(events.getLast());
      } else {
        once.add(events.get(chance.nextInt(events.size())));
      }
    }
    Collections.shuffle(once, chance);
    all.addAll(once);
    for (int doubled = 0; all.size() < count; doubled++) {
      all.add(once.get(doubled % once.size()));
    }
    Collections.shuffle(all, chance);
    return spread(all.subList(0, count), micros);
  }

  /** The same calls, one after the other. */
  static List<Call> spread(List<Call> calls, long micros) {
    List<Call> spread = new ArrayList<>();
    for (Call call : calls) {
      spread.add(call.at(spread.size() * micros));
    }
    return List.copyOf(spread);
  }
}
