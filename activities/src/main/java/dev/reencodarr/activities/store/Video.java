package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.ResultCheck;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A video as its row says.
 *
 * @param detail for people: why it is skipped, what it waits for; may be empty
 * @param failureCode such as EXIT_137; of failed videos alone
 * @param size in bytes, as last seen
 * @param mtime as last seen, in whole microseconds
 * @param sampledHash of the content last analysed
 * @param media what analysis said; empty fields until then
 * @param originalSize bytes before it was replaced; empty unless encoded in place
 * @param otherNames further hard links that the original had when it was last looked at
 * @param originalCodec before it was replaced
 * @param encode of the latest encode, in place or delivered
 * @param output where the latest result was delivered to, if it was
 * @param decision what rules and settings made of it when they were last asked, in one line
 * @param missingSince since when scans do not find it
 */
public record Video(
    VideoId id,
    LibraryId library,
    String libraryName,
    MediaPath path,
    VideoState state,
    Optional<SkipReason> skipReason,
    String detail,
    Optional<String> failureCode,
    long size,
    Instant mtime,
    Optional<String> sampledHash,
    int hardLinks,
    Media media,
    OptionalLong originalSize,
    int otherNames,
    Optional<String> originalCodec,
    Optional<EncodeFigures> encode,
    Optional<Output> output,
    Optional<String> decision,
    Optional<Instant> missingSince,
    Instant insertedAt,
    Instant updatedAt) {

  /** Bytes that the replacement saved; empty unless encoded in place, 0 while links remain. */
  public OptionalLong savedBytes() {
    if (state != VideoState.ENCODED || originalSize.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(otherNames > 0 ? 0 : originalSize.getAsLong() - size);
  }

  /**
   * What is in it, as people see it in lists.
   *
   * @param hdr as {@code HdrKind} in lower case
   */
  public record Media(
      Optional<String> codec,
      OptionalInt width,
      OptionalInt height,
      OptionalDouble durationSeconds,
      Optional<String> hdr) {}

  /**
   * Figures of an encode.
   *
   * @param encoder ffmpeg's name
   * @param seconds of encoding
   * @param probes points of the curve that the search rested on, whenever they were measured
   * @param knownProbes of them, those that an earlier run had measured
   * @param metric of target and score
   * @param checkedScore of the result itself; empty where it was not checked
   * @param checkedBy how much of it that score is of; off where it was not checked
   * @param correctedFrom the CRF of a first try whose result was not good enough
   * @param firstScore of the result of that first try
   * @param unscaledScore of a smaller picture beside its source as it is; empty where it was not
   *     measured
   */
  public record EncodeFigures(
      String encoder,
      int preset,
      double crf,
      double vmafTarget,
      double vmafScore,
      double seconds,
      int probes,
      int knownProbes,
      Metric metric,
      OptionalDouble checkedScore,
      ResultCheck checkedBy,
      OptionalDouble correctedFrom,
      OptionalDouble firstScore,
      OptionalDouble unscaledScore) {

    /** The score with the name of its metric, such as {@code VMAF 95.12}. */
    public String scoreInWords() {
      return metric.text(vmafScore, 2);
    }

    /** The probes in a few words, such as {@code 5 (2 known)}. */
    public String probesInWords() {
      return knownProbes == 0 ? Integer.toString(probes) : probes + " (" + knownProbes + " known)";
    }
  }

  /** A result that was delivered into an output folder. */
  public record Output(MediaPath path, long size) {}
}
