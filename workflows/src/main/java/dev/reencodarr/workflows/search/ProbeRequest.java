package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;

/**
 * One probe: what a CRF would give, measured on samples of the source.
 *
 * @param silentSeconds of the source's duration before anything begins
 */
public record ProbeRequest(
    VideoId video,
    MediaPath source,
    SourceIdentity identity,
    int mainVideoIndex,
    double silentSeconds,
    ProbeSetting setting,
    double crf) {}
