package dev.reencodarr.workflows.failure;

import dev.reencodarr.workflows.media.Encoder;

/** Which failures of a probe or an encode another encoder may not have. */
public enum NextEncoder {
  /** It would fail with any encoder, or passes by itself. */
  STAY,
  /** The device is gone, or takes no more: another encoder meanwhile. */
  DEVICE_GONE,
  /** This encoder does not do this film: another one may. */
  REFUSES_THE_FILM;

  /**
   * Judges.
   *
   * @param decision that holds where there is no other encoder
   * @param encoder that was at work
   */
  public static NextEncoder after(
      FailureStage stage, Classification failure, Decision decision, Encoder encoder) {
    if (stage != FailureStage.CRF_SEARCH && stage != FailureStage.ENCODING) {
      return STAY;
    }
    if (failure.reaction() == Reaction.NEXT_ENCODER) {
      return DEVICE_GONE;
    }
    // A driver that hangs, crashes or has no memory left says so in as many ways as there are.
    return encoder.isOfGpu() && decision instanceof Decision.GiveUp && isOfTheEncoder(failure)
        ? REFUSES_THE_FILM
        : STAY;
  }

  private static boolean isOfTheEncoder(Classification failure) {
    return switch (failure.category()) {
      case CODEC_ISSUES, PROCESS_FAILURE, RESOURCE_EXHAUSTION, TIMEOUT, CONFIGURATION -> true;
      default -> false;
    };
  }
}
