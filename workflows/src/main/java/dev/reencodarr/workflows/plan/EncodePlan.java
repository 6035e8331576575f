package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The wanted encode of one file: what the settings make of its facts.
 *
 * @param target VMAF to reach
 * @param floor the lowest target that the ladder may come down to
 * @param pixelFormat that the result must have, such as {@code yuv420p10le}
 * @param filters that the picture goes through; none in passes that an earlier release has begun
 * @param encodeArguments further arguments of ab-av1 that change the picture, the same for probes
 *     and the encode (such as {@code --svt tune=0}); each flag and value an element of its own
 * @param streamArguments further arguments of {@code ab-av1 encode} alone, for the streams that are
 *     not the main video (such as {@code --enc c:s=srt}, {@code --enc map=-0:3})
 * @param streams what becomes of every stream of the source, by index
 * @param prepareArguments what ffmpeg has to do before the encode, as {@code ffmpeg -nostdin -y -v
 *     error -i src.<ext>} and these, run in the job folder; it writes the files (covers) that
 *     {@code streamArguments} name relative to that folder. Empty where there is nothing to prepare
 * @param targetPath where the result will lie when it replaces its source; equal to the source's
 *     path where the container stays
 */
public record EncodePlan(
    Encoder encoder,
    double target,
    double floor,
    String pixelFormat,
    PictureFilters filters,
    List<String> encodeArguments,
    List<String> streamArguments,
    List<String> prepareArguments,
    List<PlannedStream> streams,
    MediaPath targetPath,
    QualitySettings quality) {

  public EncodePlan {
    filters = Objects.requireNonNullElseGet(filters, PictureFilters::none);
  }

  /** Of a picture that is encoded as it is. */
  public EncodePlan(
      Encoder encoder,
      double target,
      double floor,
      String pixelFormat,
      List<String> encodeArguments,
      List<String> streamArguments,
      List<String> prepareArguments,
      List<PlannedStream> streams,
      MediaPath targetPath,
      QualitySettings quality) {
    this(
        encoder,
        target,
        floor,
        pixelFormat,
        PictureFilters.none(),
        encodeArguments,
        streamArguments,
        prepareArguments,
        streams,
        targetPath,
        quality);
  }

  /** The further arguments of ab-av1 for a probe: its samples are encoded as the film will be. */
  public List<String> probeArguments() {
    return Stream.concat(filters.probeArguments().stream(), encodeArguments.stream()).toList();
  }

  /** Whether a file is in the container that the target's name promises. */
  public boolean isInPlannedContainer(MediaFacts facts) {
    return Container.named(targetPath).holds(facts);
  }
}
