package dev.reencodarr.activities.store;

import java.time.Instant;

/**
 * A pause that holds.
 *
 * @param name of the library, or path of the video; empty for everything
 * @param freezes whether encodes are stopped where they stand, instead of being finished first
 */
public record Pause(PauseScope scope, String name, boolean freezes, Instant since) {}
