package dev.reencodarr.activities.sync.arr;

import java.util.Collection;
import java.util.List;

/** Ids of titles, files, episodes and commands: 1 to 2^31 - 1. */
final class Ids {

  private Ids() {}

  static boolean isOne(long id) {
    return id > 0 && id <= Integer.MAX_VALUE;
  }

  /**
   * An order without an id is one for the whole library.
   *
   * @throws IllegalArgumentException if it is none
   */
  static long checked(long id) {
    if (!isOne(id)) {
      throw new IllegalArgumentException("no id: " + id);
    }
    return id;
  }

  /** Each once. */
  static List<Long> checked(Collection<Long> ids) {
    return ids.stream().map(Ids::checked).distinct().toList();
  }
}
