package dev.reencodarr.workflows.replace;

import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.EncodePlan;

/**
 * A result to be judged against its source.
 *
 * @param target the VMAF target of the rung that was encoded
 */
public record VerifyRequest(
    VideoId video,
    MediaPath source,
    SourceIdentity identity,
    MediaFacts facts,
    EncodePlan plan,
    double target,
    EncodeOutcome.Encoded result) {}
