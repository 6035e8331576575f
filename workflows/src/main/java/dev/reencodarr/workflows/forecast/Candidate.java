package dev.reencodarr.workflows.forecast;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import java.util.Optional;

/**
 * A video that is still to be done.
 *
 * @param measured what its own points say, where it has any
 */
public record Candidate(VideoId id, MediaPath path, Source source, Optional<AtTarget> measured) {}
