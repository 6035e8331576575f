package dev.reencodarr.starter.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.reencodarr.activities.store.RequestedVideo;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of a video in an order, in JSON: the video, and the outcome beside it.
 *
 * @param result such as {@code encoded}; null while it is not settled
 * @param outcome one line for people
 */
public record OutcomeView(
    @JsonUnwrapped VideoView video, Optional<String> result, Optional<String> outcome) {

  public static OutcomeView of(RequestedVideo requested) {
    return new OutcomeView(
        VideoView.of(requested.video()),
        requested.outcome().map(outcome -> outcome.result().name().toLowerCase(Locale.ROOT)),
        requested.outcome().map(outcome -> outcome.text()));
  }
}
