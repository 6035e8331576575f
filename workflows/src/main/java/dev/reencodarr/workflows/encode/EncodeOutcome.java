package dev.reencodarr.workflows.encode;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.MediaPath;

/** What an encode came to. Faults are thrown. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EncodeOutcome.Encoded.class, name = "encoded"),
  @JsonSubTypes.Type(value = EncodeOutcome.SourceChanged.class, name = "source_changed"),
  @JsonSubTypes.Type(value = EncodeOutcome.Paused.class, name = "paused")
})
public sealed interface EncodeOutcome {

  /**
   * A finished result in the work folder of one machine.
   *
   * @param job name of the job folder
   * @param host stable name of the machine that holds it
   * @param result where it lies there
   * @param sizeBytes of the result
   * @param sourceFrames frames that were decoded of the main video stream; 0 when unknown
   * @param seconds wall time of the encode, across restarts of the worker
   * @param launches how often the encoder was started for it; 1 unless a machine went down
   */
  record Encoded(
      String job,
      String host,
      MediaPath result,
      long sizeBytes,
      long sourceFrames,
      double seconds,
      int launches)
      implements EncodeOutcome {}

  /** The file at the path is not the analysed one any more. */
  record SourceChanged(String what) implements EncodeOutcome {}

  /**
   * The video is paused. It is to be encoded once it is resumed.
   *
   * @param frozenOn the machine that holds the encode, stopped where it stands; empty where it was
   *     not begun
   */
  record Paused(String frozenOn) implements EncodeOutcome {}
}
