package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Wishes;

/** What one pass over a video is to do. */
public record VideoOrder(VideoId video, Purpose purpose, Wishes wishes) {

  /** The kinds of passes; one id for all, so that they never overlap. */
  public enum Purpose {
    ENCODE,
    UNDO
  }
}
