package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.media.Encoder;
import java.util.List;
import java.util.Objects;

/**
 * On what a video is to be encoded.
 *
 * @param encoders in the order in which they are wished, at least one, none twice
 * @param choice which of them takes it
 * @param decoding of the source
 * @param ladders presets of encoders that are to have others than usual
 */
public record HardwareWishes(
    List<Encoder> encoders, EncoderChoice choice, Decoding decoding, List<PresetLadder> ladders) {

  public HardwareWishes {
    encoders =
        encoders == null || encoders.isEmpty() ? List.of(Encoder.LIBSVTAV1) : List.copyOf(encoders);
    choice = Objects.requireNonNullElse(choice, EncoderChoice.PREFERRED);
    decoding = Objects.requireNonNullElse(decoding, Decoding.AUTO);
    ladders = ladders == null ? List.of() : List.copyOf(ladders);
  }

  /**
   * The presets of one encoder.
   *
   * @param presets in its own numbers, the wanted one first, at least one
   */
  public record PresetLadder(Encoder encoder, List<Integer> presets) {}

  /** SVT-AV1 alone. */
  public static HardwareWishes usual() {
    return new HardwareWishes(
        List.of(Encoder.LIBSVTAV1), EncoderChoice.PREFERRED, Decoding.AUTO, List.of());
  }

  /** Whether HEVC may come of it. */
  boolean makesHevc() {
    return encoders.stream().anyMatch(encoder -> encoder.codec() == Encoder.Codec.HEVC);
  }

  /** The presets of an encoder. */
  List<Integer> presetsOf(Encoder encoder) {
    return ladders.stream()
        .filter(ladder -> ladder.encoder() == encoder)
        .map(PresetLadder::presets)
        .findFirst()
        .orElse(encoder.presets().usual());
  }
}
