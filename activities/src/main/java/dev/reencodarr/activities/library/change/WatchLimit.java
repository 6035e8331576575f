package dev.reencodarr.activities.library.change;

import java.io.IOException;

/** The system grants no further watch. */
final class WatchLimit extends IOException {

  WatchLimit(IOException refusal) {
    super(
        "the system grants no more watches (%s): raise fs.inotify.max_user_watches (and max_user_instances) with sysctl"
            .formatted(refusal.getMessage()),
        refusal);
  }

  /** Whether the refusal speaks of a limit, by the words of the JDK and of the kernel. */
  static boolean isOne(IOException refusal) {
    String words = String.valueOf(refusal.getMessage());
    return words.contains("limit of inotify") || words.contains("No space left on device");
  }
}
