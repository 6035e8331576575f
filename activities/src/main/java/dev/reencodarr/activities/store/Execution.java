package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.VideoId;
import java.util.UUID;

/**
 * One execution of an attempt to change a video's files: one call of an activity. The server runs
 * an attempt again that it believes lost, so two executions of one attempt may be alive; only the
 * latest may touch a file.
 *
 * @param epoch to which it has raised the video's
 * @param id unlike that of any other, also where a database that was restored counts anew
 */
public record Execution(VideoId video, long epoch, UUID id) {}
