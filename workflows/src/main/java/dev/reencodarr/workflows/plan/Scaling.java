package dev.reencodarr.workflows.plan;

import java.util.Locale;
import java.util.Optional;

/**
 * A picture that is made smaller.
 *
 * @param width of the result in pixels
 * @param height of the result, by the shape of the source, even
 * @param comparedWidth that a result is enlarged to before it is compared with its source
 * @param comparedHeight that follows from it
 * @param by4k whether VMAF's model for 4k applies to pictures of that size
 */
public record Scaling(int width, int height, int comparedWidth, int comparedHeight, boolean by4k) {

  /** So high a bound that ab-av1 goes by the width, whatever the shape. */
  private static final int NO_BOUND = 65_535;

  /** Against what the scores of a smaller picture are measured. */
  public enum Against {
    /** The source as it is: what scaling loses counts. */
    SOURCE,
    /** The source scaled in the same way: scaling is no loss. */
    SCALED
  }

  /**
   * A picture no wider than this.
   *
   * @param width of the source as it is shown
   * @param height likewise
   * @param largestWidth even; 0: any
   * @param vmafScale how pictures of the source's own size would be scored
   * @return empty where it is no wider already
   */
  public static Optional<Scaling> of(int width, int height, int largestWidth, String vmafScale) {
    if (largestWidth == 0 || width <= largestWidth) {
      return Optional.empty();
    }
    int scaled = Math.max(2, 2 * (int) Math.round((double) height * largestWidth / width / 2));
    boolean by4k = VmafSize.isOf4k(width, height);
    int compared = comparedWidth(width, height, vmafScale);
    return Optional.of(
        new Scaling(
            largestWidth, scaled, compared, following(scaled, largestWidth, compared), by4k));
  }

  /** The other side of a picture of which one side becomes so long, as ffmpeg rounds it. */
  private static int following(int other, int side, int becomes) {
    return (int) (((long) other * becomes + side / 2) / side);
  }

  private static int comparedWidth(int width, int height, String scale) {
    return VmafSize.enlargement(scale, width, height)
        .map(bound -> bound.isHeight() ? following(width, height, bound.pixels()) : bound.pixels())
        .orElse(width);
  }

  /** The filter before the encoder. Rounding to even sides is not to make square pixels oblong. */
  String filter() {
    return "scale=%d:%d:flags=lanczos,setsar='if(between(sar,0.98,1.02),1,sar)'"
        .formatted(width, height);
  }

  /** The filter of a source that a result is compared with, once that has been enlarged. */
  String filterOfComparison() {
    return String.format(Locale.ROOT, "scale=%d:%d:flags=bicubic", comparedWidth, comparedHeight);
  }

  /** ab-av1's {@code --vmaf-scale}, which brings the result to the size of the comparison. */
  String vmafScale() {
    return comparedWidth + "x" + NO_BOUND;
  }
}
