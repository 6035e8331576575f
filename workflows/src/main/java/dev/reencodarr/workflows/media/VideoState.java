package dev.reencodarr.workflows.media;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The state of a video as people see it; the transitions stand in one table here. */
public enum VideoState {
  /** Known to a library, nothing asked of it yet, or asked and not begun. */
  FOUND,
  ANALYSING,
  SEARCHING,
  ENCODING,
  REPLACING,
  /** Parked: it waits for space, a mount, an operator or an encoder. */
  WAITING,
  ENCODED,
  SKIPPED,
  FAILED,
  CANCELLED;

  private static final Set<VideoState> WORK =
      EnumSet.of(ANALYSING, SEARCHING, ENCODING, REPLACING, WAITING);
  private static final Map<VideoState, Set<VideoState>> NEXT = transitions();

  private static Map<VideoState, Set<VideoState>> transitions() {
    Map<VideoState, Set<VideoState>> next = new EnumMap<>(VideoState.class);
    Set<VideoState> ends = EnumSet.of(FOUND, ENCODED, SKIPPED, FAILED, CANCELLED);
    // A worker may be lost at any point, so every state of work can be entered from each other.
    for (VideoState work : WORK) {
      Set<VideoState> reachable = EnumSet.copyOf(WORK);
      reachable.addAll(ends);
      next.put(work, reachable);
    }
    // A scan settles sure skips and failures without a workflow; undo goes through REPLACING.
    next.put(FOUND, EnumSet.of(FOUND, ANALYSING, REPLACING, SKIPPED, FAILED, CANCELLED));
    for (VideoState end : EnumSet.of(ENCODED, SKIPPED, FAILED, CANCELLED)) {
      next.put(end, EnumSet.of(FOUND, ANALYSING, REPLACING, SKIPPED, FAILED));
    }
    return next;
  }

  /** Whether a video in this state may be put into the other. */
  public boolean mayBecome(VideoState other) {
    return this == other || NEXT.getOrDefault(this, Set.of()).contains(other);
  }

  /** Whether a workflow is at work on the video. */
  public boolean isWork() {
    return WORK.contains(this);
  }

  /** The names of the states in which a workflow is at work on the video. */
  public static List<String> codesOfWork() {
    return WORK.stream().map(VideoState::code).toList();
  }

  /** The name in the database, the command line and JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #code()}.
   *
   * @throws IllegalArgumentException if no state has this name
   */
  public static VideoState parse(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
