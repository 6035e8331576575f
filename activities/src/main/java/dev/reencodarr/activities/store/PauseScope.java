package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.VideoId;

/** What an operator pauses. */
public sealed interface PauseScope {

  /** Every video of every library. */
  record Everything() implements PauseScope {}

  /** Every video of a library. */
  record OfLibrary(LibraryId library) implements PauseScope {}

  /** One video. */
  record OfVideo(VideoId video) implements PauseScope {}
}
