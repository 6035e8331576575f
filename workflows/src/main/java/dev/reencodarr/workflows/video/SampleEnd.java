package dev.reencodarr.workflows.video;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Metric;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What came of an order for a sample. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SampleEnd.Made.class, name = "made"),
  @JsonSubTypes.Type(value = SampleEnd.LeftAlone.class, name = "left_alone"),
  @JsonSubTypes.Type(value = SampleEnd.Failed.class, name = "failed")
})
public sealed interface SampleEnd {

  /**
   * There it is.
   *
   * @param crf that it was encoded with; one that was ordered has no score and promises no size
   * @param target that the search was for, in the scale of the metric
   * @param predictedBytes of the whole film
   */
  record Made(
      MadeSample sample,
      Encoder encoder,
      int preset,
      double crf,
      Metric metric,
      double target,
      OptionalDouble score,
      OptionalLong predictedBytes,
      long sourceBytes)
      implements SampleEnd {}

  /** Nothing would be encoded of this film. */
  record LeftAlone(String why) implements SampleEnd {}

  record Failed(String why) implements SampleEnd {}
}
