package dev.reencodarr.activities.store;

import java.time.Instant;

/**
 * Windows as they were set.
 *
 * @param windows as people write them
 * @param timeZone whose clocks they go by
 * @param ending what happens to running work when they close
 * @param setOn host that they were set on
 */
public record StoredWindows(
    WindowScope scope,
    String windows,
    String timeZone,
    String ending,
    String setOn,
    Instant setAt) {}
