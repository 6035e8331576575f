package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.media.MediaPath;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One sample of one film.
 *
 * @param whole the encode of the whole film, of which this is a piece
 * @param at seconds into the film; empty: from its middle
 * @param output where it is to lie; empty: in the work folder
 */
public record SampleRequest(
    EncodeRequest whole, OptionalDouble at, double seconds, Optional<MediaPath> output) {}
