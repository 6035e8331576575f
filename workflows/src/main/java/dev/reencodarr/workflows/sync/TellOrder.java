package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.media.VideoId;

/**
 * Whose changes are to be told.
 *
 * @param zone whose machines reach those who are told
 */
public record TellOrder(VideoId video, String zone) {}
