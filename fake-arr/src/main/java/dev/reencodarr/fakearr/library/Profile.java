package dev.reencodarr.fakearr.library;

/**
 * A quality profile.
 *
 * @param cutoff id of the quality above which nothing better is wished for
 */
public record Profile(
    long id, String name, boolean upgradeAllowed, int cutoff, int cutoffFormatScore) {}
