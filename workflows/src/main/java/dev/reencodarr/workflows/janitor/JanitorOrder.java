package dev.reencodarr.workflows.janitor;

/**
 * How thorough a run of the janitor is.
 *
 * @param whole every file and folder of every library is looked at; otherwise only if that was done
 *     for the last time a day ago, since it wakes disks
 */
public record JanitorOrder(boolean whole) {

  /** What the schedule orders. */
  public static JanitorOrder usual() {
    return new JanitorOrder(false);
  }
}
