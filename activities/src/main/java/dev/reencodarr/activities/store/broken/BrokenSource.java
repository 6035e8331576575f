package dev.reencodarr.activities.store.broken;

import dev.reencodarr.workflows.broken.BrokenState;
import dev.reencodarr.workflows.broken.FoundBy;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.Monitored;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that cannot be decoded from end to end.
 *
 * @param path where it was found
 * @param size bytes, as it was found
 * @param mtime as it was found, in whole microseconds
 * @param problem in a sentence
 * @param detail why it is in its state, for people; may be empty
 * @param automatic whether a rule or setting has ordered another copy
 * @param managed how it was managed before anything was changed; empty: not looked at yet
 * @param kept where it was set aside; empty: it was not, or is there no more
 * @param arrived where another copy lies
 */
public record BrokenSource(
    long id,
    VideoId video,
    MediaPath path,
    long size,
    Instant mtime,
    FoundBy by,
    String problem,
    Instant foundAt,
    BrokenState state,
    String detail,
    Instant stateSince,
    boolean automatic,
    Optional<Managed> managed,
    Optional<MediaPath> kept,
    Optional<MediaPath> arrived) {

  /**
   * How a file is managed.
   *
   * @param connection id; 0 where it was removed since
   * @param parts the episodes, or the movie, that it holds, and which of them were monitored
   * @param grab id of the event in the history that brought it; 0: none is known
   * @param release that it was taken from; empty: none is known
   * @param history id of the latest event in the title's history then; 0: there was none
   */
  public record Managed(
      long connection,
      long title,
      long file,
      Monitored parts,
      long grab,
      String release,
      long history) {}
}
