package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What somebody wants to see of a film.
 *
 * @param id of the sample; of no video, so that nothing that is done for it touches one
 * @param libraryRoot folder that the film is looked for in
 * @param libraryName that rules ask for; empty: none
 * @param crf to encode with; empty: searched
 * @param preset to encode with; empty: that of the settings
 * @param at seconds into the film; empty: from its middle
 * @param seconds of the sample
 * @param output where the sample is to lie; empty: in the work folder
 */
public record SampleOrder(
    VideoId id,
    MediaPath source,
    MediaPath libraryRoot,
    String libraryName,
    String zone,
    Wishes wishes,
    OptionalDouble crf,
    OptionalInt preset,
    OptionalDouble at,
    double seconds,
    Optional<MediaPath> output) {}
