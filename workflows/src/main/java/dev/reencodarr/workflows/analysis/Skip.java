package dev.reencodarr.workflows.analysis;

import dev.reencodarr.workflows.media.SkipReason;

/**
 * Why a file is left alone.
 *
 * @param detail a sentence with the figures of this file
 */
public record Skip(SkipReason reason, String detail) {}
