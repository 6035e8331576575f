package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.Encoder;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the wished encoders come into question: those that are offered, in the order of
 * preference, without those that are known not to do it.
 */
final class EncoderPick {

  private final List<Encoder> wished;
  private final Set<Encoder> gone = EnumSet.noneOf(Encoder.class);
  private final Set<Encoder> refusing = EnumSet.noneOf(Encoder.class);

  /**
   * @param wished in the order of preference, at least one
   */
  EncoderPick(List<Encoder> wished) {
    this.wished = List.copyOf(wished);
  }

  /** Those that come into question, the best first; empty where it has to be waited. */
  List<Encoder> among(Collection<Encoder> offered) {
    return wished.stream()
        .filter(offered::contains)
        .filter(encoder -> !gone.contains(encoder) && !refusing.contains(encoder))
        .toList();
  }

  /** Those that are waited for where none comes into question. */
  List<Encoder> awaited() {
    return wished.stream().filter(encoder -> !refusing.contains(encoder)).toList();
  }

  /** Whether there is another one to turn to when this one does not do it. */
  boolean hasAnotherThan(Encoder encoder) {
    return wished.stream()
        .anyMatch(other -> other != encoder && !gone.contains(other) && !refusing.contains(other));
  }

  void lost(Encoder encoder, EncoderLost.Why why) {
    switch (why) {
      case DEVICE_GONE -> gone.add(encoder);
      case REFUSES_THE_FILM -> refusing.add(encoder);
      case NOBODY_TOOK_IT -> {}
    }
  }

  /** It is waited: a device may be back by then. */
  void forgetWhatIsGone() {
    gone.clear();
  }
}
