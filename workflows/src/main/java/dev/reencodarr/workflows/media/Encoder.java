package dev.reencodarr.workflows.media;

/** An encoder that ab-av1 can drive, with the quality scale that belongs to it. */
public enum Encoder {
  /** SVT-AV1 on the CPU: CRF 5 to 70 in quarter steps, presets 0 to 13. */
  LIBSVTAV1("libsvtav1", "cpu", 5, 70, 0.25);

  private final String ffmpegName;
  private final String queue;
  private final double minCrf;
  private final double maxCrf;
  private final double crfStep;

  Encoder(String ffmpegName, String queue, double minCrf, double maxCrf, double crfStep) {
    this.ffmpegName = ffmpegName;
    this.queue = queue;
    this.minCrf = minCrf;
    this.maxCrf = maxCrf;
    this.crfStep = crfStep;
  }

  /** ffmpeg's name of the encoder. */
  public String ffmpegName() {
    return ffmpegName;
  }

  /** The E in {@code search-E@Z} and {@code encode-E@Z}. */
  public String queue() {
    return queue;
  }

  public double minCrf() {
    return minCrf;
  }

  public double maxCrf() {
    return maxCrf;
  }

  public double crfStep() {
    return crfStep;
  }
}
