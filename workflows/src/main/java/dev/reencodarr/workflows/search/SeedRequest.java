package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.media.VideoId;

/**
 * Asks what others teach about a video that is about to be searched.
 *
 * @param setting of the probes: videos measured in any other way teach nothing
 * @param target of the search
 */
public record SeedRequest(VideoId video, ProbeSetting setting, double target) {}
