package dev.reencodarr.activities.encode;

import java.time.Duration;

/**
 * The limits of encodes.
 *
 * @param stall without a new frame while encoding, or without CPU time while checking, after which
 *     a job counts as stalled and is ended
 * @param leastPace of an encode; one that is slower for want of a processor is ended
 * @param runningTime of one job since it was launched, across restarts of the worker; a job that
 *     died with its machine is launched anew
 * @param freeBytes that must be free in the work folder besides room for the result
 * @param patience between SIGINT and SIGKILL
 * @param unwanted time that a job runs on which no encode of its workflow asks for
 */
public record EncodeLimits(
    Duration stall,
    Pace leastPace,
    Duration runningTime,
    long freeBytes,
    Duration patience,
    Duration unwanted) {

  /**
   * How fast an encode is to be.
   *
   * @param framesPerSecond over the whole window; 0: however slow
   * @param window that an encode is given to keep it
   */
  public record Pace(double framesPerSecond, Duration window) {}

  /** The defaults of the table in {@code docs/settings.md}. */
  public static EncodeLimits defaults() {
    return new EncodeLimits(
        Duration.ofMinutes(20),
        new Pace(0.05, Duration.ofMinutes(30)),
        Duration.ofDays(14),
        5L << 30,
        Duration.ofSeconds(10),
        Duration.ofMinutes(15));
  }
}
