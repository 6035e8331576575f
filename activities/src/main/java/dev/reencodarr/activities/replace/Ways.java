package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.MountAbility;
import dev.reencodarr.workflows.replace.SwapWay;
import java.util.Arrays;
import java.util.List;

/**
 * The ways that are open to two files, the best first: where a mount refuses one for this very
 * file, the next is taken.
 *
 * @param open never empty; the last one can be gone on every mount
 * @param stableInodes whether an inode number tells one file from another on this mount
 */
record Ways(List<SwapWay> open, boolean stableInodes) {

  static Ways of(MountAbility ability, boolean withAGap) {
    return from(ability.bestWay(withAGap), withAGap, ability.stableInodes());
  }

  /** Where the mount could not be tried. */
  static Ways from(SwapWay first, boolean withAGap) {
    return from(first, withAGap, false);
  }

  private static Ways from(SwapWay first, boolean withAGap, boolean stableInodes) {
    SwapWay last = withAGap ? SwapWay.RENAME_AWAY : SwapWay.COPY;
    List<SwapWay> open =
        Arrays.stream(SwapWay.values())
            .filter(way -> way.compareTo(first) >= 0)
            .filter(way -> way.compareTo(SwapWay.COPY) < 0 || way == last)
            .toList();
    return new Ways(open.isEmpty() ? List.of(last) : open, stableInodes);
  }
}
