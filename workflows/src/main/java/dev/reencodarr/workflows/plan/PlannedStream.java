package dev.reencodarr.workflows.plan;

/**
 * What becomes of one stream of the source.
 *
 * @param sourceIndex absolute index in the source
 * @param type video, audio, subtitle, attachment or data
 * @param codec ffmpeg's codec name that the result must show for it; empty where it is dropped
 * @param reason for people; empty where the stream is simply kept
 */
public record PlannedStream(
    int sourceIndex, String type, Action action, String codec, String reason) {

  /** What is done with a stream. */
  public enum Action {
    /** The main video: encoded to AV1. */
    ENCODE,
    COPY,
    /** A text subtitle that the container cannot hold as it is. */
    CONVERT,
    /** A cover that becomes (or stays) an attachment or an attached picture. */
    COVER,
    DROP
  }
}
