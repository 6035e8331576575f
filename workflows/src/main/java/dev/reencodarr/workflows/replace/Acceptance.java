package dev.reencodarr.workflows.replace;

import java.time.Instant;

/**
 * Which of a video's files in quarantine may go.
 *
 * @param keptBefore only what came into quarantine before this moment
 * @param evenWithoutCounterpart also what is perhaps the last copy: the file that took its place is
 *     not seen whole at its path. Only people ask for this.
 */
public record Acceptance(Instant keptBefore, boolean evenWithoutCounterpart) {}
