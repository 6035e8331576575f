package dev.reencodarr.workflows.sync;

/**
 * What reading the titles came to.
 *
 * @param total how many there are
 */
public record SyncTitles(int total, SyncTally tally) {}
