package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import java.util.Optional;

/**
 * A video whose file was measured.
 *
 * @param library name of the one that it lies in
 * @param decision what rules and settings made of it when they were last asked, in one line; empty:
 *     they never were
 */
public record AnalysedVideo(
    VideoId id,
    MediaPath path,
    String library,
    VideoState state,
    Analysis.Analysed facts,
    Optional<String> decision) {}
