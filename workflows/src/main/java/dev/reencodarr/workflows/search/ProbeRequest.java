package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;

/** One probe: what a CRF would give, measured on samples of the source. */
public record ProbeRequest(
    VideoId video,
    MediaPath source,
    SourceIdentity identity,
    int mainVideoIndex,
    ProbeSetting setting,
    double crf) {}
