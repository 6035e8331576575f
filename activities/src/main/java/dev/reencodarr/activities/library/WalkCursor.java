package dev.reencodarr.activities.library;

import dev.reencodarr.workflows.library.ScanTally;

/**
 * How far a walk has come; the details of its heartbeat.
 *
 * @param folder the last one whose files are all written down; empty before the first
 * @param tally of everything up to it
 */
public record WalkCursor(String folder, ScanTally tally) {

  private static final ScanTally NOTHING = new ScanTally(0, 0, 0, 0, 0, 0, 0, 0);

  static WalkCursor start() {
    return new WalkCursor("", NOTHING);
  }

  /** Whether this folder itself is written down. */
  boolean covers(String other) {
    return !folder.isEmpty() && order(other).compareTo(order(folder)) <= 0;
  }

  /** Whether this folder and all folders in it are written down. */
  boolean coversAllOf(String other) {
    return covers(other) && !folder.equals(other) && !folder.startsWith(below(other));
  }

  private static String below(String folder) {
    return folder.endsWith("/") ? folder : folder + "/";
  }

  /** Folders before what is in them, siblings by name: the order in which they are walked. */
  static String order(String path) {
    return path.replace('/', '\0');
  }
}
