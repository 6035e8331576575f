package dev.reencodarr.bench.stack;

/**
 * A program that has come to its end.
 *
 * @param out what it printed
 * @param err what it said besides
 * @param seconds from its start to its end
 * @param cpuSeconds of itself and of what it started and waited for
 */
public record Ended(int exitCode, String out, String err, double seconds, double cpuSeconds) {}
