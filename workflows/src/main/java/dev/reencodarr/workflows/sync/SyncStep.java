package dev.reencodarr.workflows.sync;

/**
 * A part of a sync.
 *
 * @param lastTitle the highest id of the titles that were looked at
 * @param titles how many; 0: there are no more
 */
public record SyncStep(long lastTitle, int titles, SyncTally tally) {}
