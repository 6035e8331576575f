package dev.reencodarr.activities.search;

import dev.reencodarr.workflows.search.ProbeRequest;
import java.util.HashSet;
import java.util.Set;

/**
 * What is being measured on this machine. Copies of a file ask for the same point at the same time:
 * one measures it, the others wait and find it.
 */
final class ProbesUnderWay {

  private static final long LOOK_EVERY_MILLIS = 1_000;

  private final Set<String> underWay = new HashSet<>();

  /** The right to measure one point; to be closed. */
  final class Turn implements AutoCloseable {

    private final String point;

    private Turn(String point) {
      this.point = point;
    }

    @Override
    public void close() {
      synchronized (underWay) {
        underWay.remove(point);
        underWay.notifyAll();
      }
    }
  }

  /**
   * Waits until nobody else measures the same.
   *
   * @param everySecond is called while it waits, and may throw to end that
   */
  Turn take(ProbeRequest request, Runnable everySecond) throws InterruptedException {
    String point =
        request.identity().sampledHash() + " " + request.setting().key() + " " + request.crf();
    while (true) {
      synchronized (underWay) {
        if (underWay.add(point)) {
          return new Turn(point);
        }
        underWay.wait(LOOK_EVERY_MILLIS);
      }
      everySecond.run();
    }
  }
}
