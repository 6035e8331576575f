package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.Conversion;
import dev.reencodarr.workflows.media.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is done with a film beyond its CRF; nothing, unless somebody asks for it.
 *
 * @param grain strength of the film grain that SVT-AV1 measures, leaves out and lets players put
 *     back, 0 to 50; 0: none
 * @param grainDenoise whether the picture is denoised before it is encoded, as far as its grain is
 *     put back; means nothing without grain
 * @param tune what SVT-AV1 optimises for
 * @param container of the result
 * @param audio what becomes of sound; copied in passes that an earlier release has begun
 * @param conversions what may be given up of a film; nothing in such passes
 * @param largestWidth of a result in pixels, even; what is wider is made smaller; 0: nothing is
 * @param scaledAgainst what the scores of smaller pictures are measured against; likewise the
 *     source
 */
public record Treatment(
    int grain,
    boolean grainDenoise,
    Tune tune,
    ContainerChoice container,
    AudioChoice audio,
    Set<Conversion> conversions,
    int largestWidth,
    Scaling.Against scaledAgainst) {

  public Treatment {
    audio = Objects.requireNonNullElse(audio, AudioChoice.COPY);
    conversions = Conversion.set(Objects.requireNonNullElseGet(conversions, Set::of));
    scaledAgainst = Objects.requireNonNullElse(scaledAgainst, Scaling.Against.SOURCE);
  }

  /** What an encoder optimises for. */
  public enum Tune {
    /** Whatever the encoder takes by itself. */
    STANDARD(""),
    /** What eyes see. */
    VQ("tune=0"),
    /** The least error. */
    PSNR("tune=1"),
    /** Structure. */
    SSIM("tune=2");

    private final String argument;

    Tune(String argument) {
      this.argument = argument;
    }
  }

  /** Which container a result is to have. */
  public enum ContainerChoice {
    /** That of the source, where it can hold the result. */
    KEEP,
    MATROSKA,
    /** MP4 where it can hold everything, else that of the source. */
    MP4
  }

  /** What becomes of sound. */
  public enum AudioChoice {
    /** It stays as it is. */
    COPY,
    /** Opus, track by track, where that saves and keeps what is heard. */
    OPUS
  }

  /** Nothing beyond the encode. */
  public static Treatment none() {
    return new Treatment(
        0,
        false,
        Tune.STANDARD,
        ContainerChoice.KEEP,
        AudioChoice.COPY,
        Set.of(),
        0,
        Scaling.Against.SOURCE);
  }

  /** The arguments of ab-av1, for probes and the encode alike; grain and tune are SVT-AV1's. */
  List<String> encodeArguments(Encoder encoder) {
    if (encoder != Encoder.LIBSVTAV1) {
      return List.of();
    }
    List<String> arguments = new ArrayList<>();
    if (tune != Tune.STANDARD) {
      arguments.addAll(List.of("--svt", tune.argument));
    }
    if (grain > 0) {
      arguments.addAll(List.of("--svt", "film-grain=" + grain));
      arguments.addAll(List.of("--svt", "film-grain-denoise=" + (grainDenoise ? 1 : 0)));
    }
    return List.copyOf(arguments);
  }
}
