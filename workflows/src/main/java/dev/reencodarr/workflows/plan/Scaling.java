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

  /** Beyond both ab-av1 compares by VMAF's model for 4k. */
  private static final int WIDEST_OF_HD = 2560;

  private static final int TALLEST_OF_HD = 1440;

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
    boolean by4k = width > WIDEST_OF_HD && height > TALLEST_OF_HD;
    int compared = comparedWidth(width, height, by4k, vmafScale);
    return Optional.of(
        new Scaling(
            largestWidth, scaled, compared, following(scaled, largestWidth, compared), by4k));
  }

  /** The other side of a picture of which one side becomes so long, as ffmpeg rounds it. */
  private static int following(int other, int side, int becomes) {
    return (int) (((long) other * becomes + side / 2) / side);
  }

  private static int comparedWidth(int width, int height, boolean by4k, String scale) {
    return switch (scale) {
      case "none" -> width;
      case "auto" -> {
        if (by4k) {
          yield width < 3456 && height < 1944 ? widthWithin(width, height, 3840, 2160) : width;
        }
        yield width < 1728 && height < 972 ? widthWithin(width, height, 1920, 1080) : width;
      }
      default -> {
        int x = scale.indexOf('x');
        yield widthWithin(
            width,
            height,
            Integer.parseInt(scale.substring(0, x)),
            Integer.parseInt(scale.substring(x + 1)));
      }
    };
  }

  private static int widthWithin(int width, int height, int boundWidth, int boundHeight) {
    boolean tall = (double) height / boundHeight > (double) width / boundWidth;
    return tall ? following(width, height, boundHeight) : boundWidth;
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
