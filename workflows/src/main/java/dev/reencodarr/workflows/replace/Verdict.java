package dev.reencodarr.workflows.replace;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;
import java.util.OptionalDouble;

/** What verification says of a result. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Verdict.Verified.class, name = "verified"),
  @JsonSubTypes.Type(value = Verdict.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Verdict.SavesTooLittle.class, name = "saves_too_little"),
  @JsonSubTypes.Type(value = Verdict.BelowTarget.class, name = "below_target"),
  @JsonSubTypes.Type(value = Verdict.SourceChanged.class, name = "source_changed"),
  @JsonSubTypes.Type(value = Verdict.ResultGone.class, name = "result_gone")
})
public sealed interface Verdict {

  /**
   * The result may take the place of its source.
   *
   * @param sha256 of the whole result, hex
   * @param segmentScore of the compared segments, in the metric of the search; where results are
   *     checked, the score that was compared with the target
   * @param unscaledScore of segments beside the source as it is, where the picture was made smaller
   *     and compared with the source made smaller too; else empty
   */
  record Verified(String sha256, long sizeBytes, double segmentScore, OptionalDouble unscaledScore)
      implements Verdict {

    public Verified {
      unscaledScore = Objects.requireNonNullElseGet(unscaledScore, OptionalDouble::empty);
    }

    /** Of a picture that was compared with its source as it is. */
    public Verified(String sha256, long sizeBytes, double segmentScore) {
      this(sha256, sizeBytes, segmentScore, OptionalDouble.empty());
    }
  }

  /**
   * It may not. A worker makes a fault of it (RESULT_REFUSED); those of earlier versions return it.
   *
   * @param detail a sentence with the figures
   */
  record Refused(Check check, String detail) implements Verdict {

    /** What failed, in a sentence. */
    public String words() {
      return check + ": " + detail;
    }
  }

  /** A sound result that is not small enough to be worth it. */
  record SavesTooLittle(long sizeBytes) implements Verdict {}

  /**
   * A sound result that is not as good as was promised; only where results are checked.
   *
   * @param score of the result
   * @param needed the least that would have done
   */
  record BelowTarget(double score, double needed) implements Verdict {}

  /** The file at the path is not the analysed one any more. */
  record SourceChanged(String what) implements Verdict {}

  /**
   * There is no result any more: somebody has cleared the work folder.
   *
   * @param what a sentence with the file
   */
  record ResultGone(String what) implements Verdict {}

  /** The checks, each with a reason of its own. */
  enum Check {
    UNREADABLE,
    /** Such as AV1 in a transport stream, which no player opens. */
    CONTAINER,
    VIDEO_STREAM,
    PICTURE_FORMAT,
    FRAME_COUNT,
    DURATION,
    STREAM_TABLE,
    SEGMENT_SCORE
  }
}
