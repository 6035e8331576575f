package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import java.time.Instant;

/**
 * A library as it is kept.
 *
 * @param zone set of machines that see its files
 * @param readOnly nothing is ever written into it; for runs with an output folder
 */
public record Library(
    LibraryId id, String name, MediaPath root, String zone, boolean readOnly, Instant createdAt) {}
