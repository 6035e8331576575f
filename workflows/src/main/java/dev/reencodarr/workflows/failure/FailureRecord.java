package dev.reencodarr.workflows.failure;

import dev.reencodarr.workflows.media.VideoId;

/**
 * A row of {@code video_failures}. Written twice for the same run, stage and attempt it stays one.
 *
 * @param workflowId with {@code firstRunId}, {@code stage} and {@code attempt} the row's key
 * @param attempt from 1, counted by the workflow
 * @param retryCount attempts before this one
 * @param isFinal false for an attempt that is retried or a rung that is followed by another
 */
public record FailureRecord(
    VideoId video,
    String workflowId,
    String firstRunId,
    int attempt,
    Classification classification,
    Evidence evidence,
    int retryCount,
    boolean isFinal) {}
