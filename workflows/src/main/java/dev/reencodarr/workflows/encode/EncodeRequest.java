package dev.reencodarr.workflows.encode;

import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.EncodePlan;

/**
 * One encode of one source at one CRF.
 *
 * @param crf in the scale of the plan's encoder
 * @param preset of the rung that found the CRF
 */
public record EncodeRequest(
    VideoId video,
    MediaPath source,
    SourceIdentity identity,
    MediaFacts facts,
    EncodePlan plan,
    double crf,
    int preset) {}
