package dev.reencodarr.workflows.search;

/**
 * One measured point of a video's curve.
 *
 * @param score mean VMAF of the samples, 0 to 100
 * @param predictedPercent size of the encoded video stream in percent of the source's size
 * @param predictedBytes of the encoded video stream
 * @param predictedSeconds ab-av1's guess of the encode's time
 */
public record SearchPoint(
    double crf,
    double score,
    double predictedPercent,
    long predictedBytes,
    double predictedSeconds) {}
