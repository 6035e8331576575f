package dev.reencodarr.workflows.video;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.replace.SwapOutcome;
import java.util.Objects;
import java.util.OptionalDouble;

/** How a pass over a video ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = VideoEnd.Encoded.class, name = "encoded"),
  @JsonSubTypes.Type(value = VideoEnd.DeliveredTo.class, name = "delivered"),
  @JsonSubTypes.Type(value = VideoEnd.Skipped.class, name = "skipped"),
  @JsonSubTypes.Type(value = VideoEnd.Measured.class, name = "measured"),
  @JsonSubTypes.Type(value = VideoEnd.Undone.class, name = "undone"),
  @JsonSubTypes.Type(value = VideoEnd.Redone.class, name = "redone"),
  @JsonSubTypes.Type(value = VideoEnd.UndoRefused.class, name = "undo_refused"),
  @JsonSubTypes.Type(value = VideoEnd.Restored.class, name = "restored"),
  @JsonSubTypes.Type(value = VideoEnd.Released.class, name = "released"),
  @JsonSubTypes.Type(value = VideoEnd.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = VideoEnd.Cancelled.class, name = "cancelled"),
  @JsonSubTypes.Type(value = VideoEnd.NothingToDo.class, name = "nothing_to_do")
})
public sealed interface VideoEnd {

  /**
   * What was measured of the encode, for people.
   *
   * @param vmafTarget in the scale of the metric, whichever it is; so is the score
   * @param seconds of encoding
   * @param probes points of the curve that the search rested on, with every preset that it tried,
   *     whenever they were measured
   * @param knownProbes of them, those that an earlier run had measured: they cost this one nothing
   * @param metric of target and score; VMAF where an earlier release has measured
   * @param checkedScore of the result itself; empty where it was not checked
   * @param checkedBy how much of it that score is of; off where it was not checked
   * @param correctedFrom the CRF of a first try whose result was not good enough; empty: there was
   *     none
   * @param firstScore of the result of that first try
   * @param unscaledScore of a smaller picture beside its source as it is, where the target was
   *     measured beside the scaled source; else empty
   */
  record Encode(
      Encoder encoder,
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

    public Encode {
      metric = Objects.requireNonNullElse(metric, Metric.VMAF);
      checkedScore = Objects.requireNonNullElseGet(checkedScore, OptionalDouble::empty);
      checkedBy = Objects.requireNonNullElse(checkedBy, ResultCheck.OFF);
      correctedFrom = Objects.requireNonNullElseGet(correctedFrom, OptionalDouble::empty);
      firstScore = Objects.requireNonNullElseGet(firstScore, OptionalDouble::empty);
      unscaledScore = Objects.requireNonNullElseGet(unscaledScore, OptionalDouble::empty);
    }
  }

  /** The result lies in the place of its source. */
  record Encoded(SwapOutcome.Replaced replaced, Encode encode) implements VideoEnd {}

  /** The result lies in the output folder, the source is untouched. */
  record DeliveredTo(MediaPath path, long sizeBytes, Encode encode) implements VideoEnd {}

  /** Left alone. */
  record Skipped(SkipReason reason, String detail) implements VideoEnd {}

  /**
   * Only measured; the video stays what it was.
   *
   * @param what came of it, for people
   */
  record Measured(String what) implements VideoEnd {}

  /** The original is back. */
  record Undone(MediaPath path, SourceIdentity identity) implements VideoEnd {}

  /** An undo was undone: the result is in the place of its source again. */
  record Redone(MediaPath path, SourceIdentity identity) implements VideoEnd {}

  /** Nothing was put back, the state stays what it was. */
  record UndoRefused(String why) implements VideoEnd {}

  /** The original lies at a place that was asked for; the video stays what it was. */
  record Restored(MediaPath place) implements VideoEnd {}

  /** What could go from quarantine is gone; the video stays what it was. */
  record Released(Accepted accepted) implements VideoEnd {}

  record Failed(Classification classification) implements VideoEnd {}

  record Cancelled() implements VideoEnd {}

  /** The claim found no work. */
  record NothingToDo(String why) implements VideoEnd {}
}
