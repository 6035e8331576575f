package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.TellOrder;
import java.util.List;

/**
 * Rows of what is to be told of videos. They are written in the transaction that writes the change,
 * so that nothing is told that was not done, and nothing that was done is forgotten.
 */
public interface ToBeTold {

  /** The videos of a zone of which something new is to be told; who asks takes this upon it. */
  List<TellOrder> toBeCalled(String zone);

  /**
   * The videos whose workflow was called long ago and has not told everything: it is to be started
   * where it is gone. One that waits for its next round is not to be woken.
   */
  List<TellOrder> toBeStartedWhereGone(String zone);

  /** It could not be called after all. */
  void notCalled(VideoId video);
}
