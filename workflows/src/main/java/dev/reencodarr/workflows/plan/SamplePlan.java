package dev.reencodarr.workflows.plan;

/**
 * Which parts of a film a probe measures: evenly spread, or the whole film where they would be most
 * of it.
 *
 * @param everySeconds of the film one sample; above 0
 * @param least number of samples, at least 1
 * @param seconds of each; above 0
 */
public record SamplePlan(double everySeconds, int least, double seconds) {

  /** Where samples would cover more than this of a film, all of it is measured. */
  private static final double MOST_OF_IT = 0.85;

  /** What ab-av1 does unless told otherwise: 20 s for each 12 minutes. */
  public static SamplePlan defaults() {
    return new SamplePlan(720, 1, 20);
  }

  /**
   * How many samples are taken.
   *
   * @param durationSeconds of the film
   * @return 0 where it is measured whole
   */
  public int samplesOf(double durationSeconds) {
    int count = Math.max(least, (int) Math.ceil(durationSeconds / everySeconds));
    return count * seconds >= durationSeconds * MOST_OF_IT ? 0 : count;
  }
}
