package dev.reencodarr.workflows.forecast;

/**
 * What an encode, or the guess of a probe, has cost.
 *
 * @param cpuSeconds above 0
 * @param megapixels of all frames, above 0
 */
public record Pace(int preset, double cpuSeconds, double megapixels) {

  /** Of a whole encode of this source. */
  public static Pace of(Source source, int preset, double cpuSeconds) {
    return new Pace(preset, cpuSeconds, source.megapixels());
  }
}
