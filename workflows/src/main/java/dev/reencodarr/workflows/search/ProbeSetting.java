package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Scoring;
import java.util.List;

/**
 * Everything besides the CRF that decides what a probe measures. Points are reused only where all
 * of it is equal.
 *
 * @param encodeArguments as in the plan
 */
public record ProbeSetting(
    Encoder encoder,
    int preset,
    String pixelFormat,
    List<String> encodeArguments,
    Scoring scoring) {

  /** One line that is equal exactly when the settings are; the key of stored points. */
  public String key() {
    return encoder.ffmpegName()
        + " preset="
        + preset
        + " pix="
        + pixelFormat
        + " args="
        + encodeArguments
        + " scoring="
        + scoring.arguments();
  }
}
