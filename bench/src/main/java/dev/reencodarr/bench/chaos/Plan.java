package dev.reencodarr.bench.chaos;

/**
 * What was asked for.
 *
 * @param runs films, at least 1
 * @param seed gives the same films and faults each time
 * @param real whether the real encoder works; else one that hands out a film made before
 * @param longestStop seconds that the longest of the lasting faults take, at least 1
 */
public record Plan(int runs, long seed, boolean real, int longestStop) {}
