package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.Acceptance;
import java.util.Optional;

/**
 * What one pass over a video is to do.
 *
 * @param acceptance of an order to {@link Purpose#ACCEPT}
 * @param place of an order to {@link Purpose#RESTORE}: where the original is to lie
 */
public record VideoOrder(
    VideoId video,
    Purpose purpose,
    Wishes wishes,
    Optional<Acceptance> acceptance,
    Optional<MediaPath> place) {

  /** The kinds of passes; one id for all, so that they never overlap. */
  public enum Purpose {
    ENCODE,
    /** Only the search, for a forecast: the video stays what it was. */
    MEASURE,
    /** The original takes its place again. */
    UNDO,
    /** The original goes elsewhere. */
    RESTORE,
    /** What is kept in quarantine goes for good. */
    ACCEPT
  }

  /** An order that needs nothing more. */
  public VideoOrder(VideoId video, Purpose purpose, Wishes wishes) {
    this(video, purpose, wishes, Optional.empty(), Optional.empty());
  }

  /** What a request asks for: an encode, or only its search. */
  public static VideoOrder of(VideoId video, Wishes wishes) {
    return new VideoOrder(video, wishes.measureOnly() ? Purpose.MEASURE : Purpose.ENCODE, wishes);
  }

  /** Whether it is what a request asked for, so that its end settles requests. */
  public boolean isRequested() {
    return switch (purpose) {
      case ENCODE, MEASURE -> true;
      case UNDO, RESTORE, ACCEPT -> false;
    };
  }

  /** Puts the original to another place. */
  public static VideoOrder restore(VideoId video, MediaPath place) {
    return new VideoOrder(
        video, Purpose.RESTORE, Wishes.none(), Optional.empty(), Optional.of(place));
  }

  /** Lets go what is kept. */
  public static VideoOrder accept(VideoId video, Acceptance acceptance) {
    return new VideoOrder(
        video, Purpose.ACCEPT, Wishes.none(), Optional.of(acceptance), Optional.empty());
  }
}
