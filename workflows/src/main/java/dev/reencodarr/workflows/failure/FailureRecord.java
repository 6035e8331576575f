package dev.reencodarr.workflows.failure;

import dev.reencodarr.workflows.media.VideoId;
import java.util.Objects;

/**
 * A row of {@code video_failures}. Written twice for the same run, stage and attempt it stays one.
 *
 * @param workflowId with {@code firstRunId}, {@code stage} and {@code attempt} the row's key
 * @param attempt from 1, counted by the workflow
 * @param retryCount failed attempts of the same step before this one, since an operator last let it
 *     begin anew
 * @param isFinal false for an attempt that is retried or a rung that is followed by another
 * @param decided what follows, in words: {@link Decision#words}; empty in what an earlier release
 *     has written
 */
public record FailureRecord(
    VideoId video,
    String workflowId,
    String firstRunId,
    int attempt,
    Classification classification,
    Evidence evidence,
    int retryCount,
    boolean isFinal,
    String decided) {

  public FailureRecord {
    decided = Objects.requireNonNullElse(decided, "");
  }
}
