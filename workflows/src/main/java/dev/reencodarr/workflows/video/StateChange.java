package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;

/**
 * A step of a video on its way.
 *
 * @param step counted by the workflow from 1, so that a late duplicate cannot move a video back
 * @param detail for people: what is being done, or what a waiting video waits for; may be empty
 */
public record StateChange(VideoId video, RunKey run, int step, VideoState state, String detail) {}
