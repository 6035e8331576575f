package dev.reencodarr.activities.store.order;

import dev.reencodarr.activities.store.Video;
import java.util.Optional;

/**
 * What became of a word to a video.
 *
 * @param refusal why it changes nothing; empty where it counts
 */
public record Answer(Video video, Optional<String> refusal) {

  static Answer yes(Video video) {
    return new Answer(video, Optional.empty());
  }

  static Answer no(Video video, String why) {
    return new Answer(video, Optional.of(why));
  }

  public boolean counts() {
    return refusal.isEmpty();
  }
}
