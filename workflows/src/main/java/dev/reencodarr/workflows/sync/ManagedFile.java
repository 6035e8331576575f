package dev.reencodarr.workflows.sync;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * An episode file or a movie file, as the program has it.
 *
 * @param title id of its series or movie
 * @param season 0 for movies and specials
 * @param path absolute, as the program calls it
 * @param size bytes
 * @param videoCodec its own label, such as AV1; empty where it did not look
 * @param formatScore of its custom formats
 * @param cutoffNotMet whether an upgrade is wished for
 * @param quality the program's own object, as JSON text; empty if there was none
 * @param languages its own array, as JSON text; empty if there was none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ManagedFile(
    long id,
    long title,
    int season,
    String path,
    long size,
    String videoCodec,
    int formatScore,
    boolean cutoffNotMet,
    String quality,
    String languages,
    String releaseGroup,
    String sceneName,
    String edition) {}
