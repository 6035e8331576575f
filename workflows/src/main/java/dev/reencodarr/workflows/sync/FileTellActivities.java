package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/**
 * Tells Sonarr and Radarr of a file that was replaced or put back, step by step; runs on {@code
 * files@Z}. Every step can be run twice.
 */
@ActivityInterface(namePrefix = "FileTell")
public interface FileTellActivities {

  /** What is to be told of this video. */
  List<FileTelling> open(VideoId video);

  /** Writes down how the connection has the file, before it is told anything. */
  FileStanding record(FileTelling telling);

  /** Has the title's folder looked through, and stays until that is over. Heartbeats. */
  CommandEnd rescan(FileTelling telling);

  /** How it has the file now. */
  FileStanding look(FileTelling telling);

  /**
   * Has this one file named as the naming there asks for, and stays until that is over; the video
   * goes with it. Heartbeats.
   */
  CommandEnd rename(FileTelling telling);

  /**
   * Puts right what the connection has lost of the file by another name, compares how it rates it,
   * and closes the telling.
   *
   * @return what is worse than before, for people; empty for nothing
   */
  String settle(FileTelling telling);

  /** Nobody manages the file any more. */
  void drop(FileTelling telling);

  /** It could not be told in this round. */
  void failed(FileTelling telling, String problem);
}
