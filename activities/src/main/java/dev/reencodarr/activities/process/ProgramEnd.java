package dev.reencodarr.activities.process;

/**
 * How a program ended.
 *
 * @param exitCode as it gave it; -1 where a signal ended it
 * @param signal that ended it; 0 for none
 * @param timedOut whether we ended it because its limit was passed
 * @param stdout the beginning, up to the limit, as UTF-8
 * @param stderr the first 50 and the last lines, a few kB at most, as UTF-8 without NUL
 * @param starved whether it hardly got a processor until its limit was passed, though it wanted to
 *     run
 */
public record ProgramEnd(
    int exitCode,
    int signal,
    boolean timedOut,
    String stdout,
    String stderr,
    double seconds,
    boolean starved) {

  /** Of a program of which nobody knows that it was starved. */
  public ProgramEnd(
      int exitCode, int signal, boolean timedOut, String stdout, String stderr, double seconds) {
    this(exitCode, signal, timedOut, stdout, stderr, seconds, false);
  }

  /** Whether it ended by itself with exit code 0. */
  public boolean succeeded() {
    return exitCode == 0 && signal == 0 && !timedOut;
  }
}
