package dev.reencodarr.activities.sync.arr;

import java.util.ArrayList;
import java.util.List;

/** What of a list cannot be used. */
final class LeftOut {

  /** So many are named. */
  private static final int NAMED = 20;

  private final List<Long> ids = new ArrayList<>();
  private int count = 0;

  /**
   * @param id 0 where it has none
   */
  void add(long id) {
    count++;
    if (ids.size() < NAMED) {
      ids.add(id);
    }
  }

  int count() {
    return count;
  }

  String words() {
    return count + " left out that cannot be used, with ids such as " + ids;
  }
}
