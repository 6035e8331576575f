package dev.reencodarr.activities.library;

import dev.reencodarr.workflows.library.ScanTally;
import java.util.List;
import java.util.Objects;

/**
 * How far a walk has come; the details of its heartbeat.
 *
 * @param folder the last one whose files are all written down; empty before the first
 * @param tally of everything up to it
 * @param ownFolders of ours that the walk has come by; they are looked at when it has ended,
 *     whoever ends it; none where an earlier release has walked
 */
public record WalkCursor(String folder, ScanTally tally, List<String> ownFolders) {

  private static final ScanTally NOTHING = new ScanTally(0, 0, 0, 0, 0, 0, 0, 0);

  public WalkCursor {
    ownFolders = List.copyOf(Objects.requireNonNullElse(ownFolders, List.of()));
  }

  static WalkCursor start() {
    return new WalkCursor("", NOTHING, List.of());
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
