package dev.reencodarr.workflows.search;

/**
 * One measured point of a video's curve.
 *
 * @param score mean VMAF of the samples, 0 to 100
 * @param predictedPercent size of the encoded samples in percent of the source's samples: of the
 *     video alone, except in short sources that are measured whole with their audio
 * @param predictedBytes of the encoded video stream
 * @param predictedSeconds ab-av1's guess of the encode's time
 */
public record SearchPoint(
    double crf,
    double score,
    double predictedPercent,
    long predictedBytes,
    double predictedSeconds) {}
