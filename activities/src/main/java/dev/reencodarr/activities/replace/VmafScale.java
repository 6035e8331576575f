package dev.reencodarr.activities.replace;

import java.util.Locale;

/**
 * The filters before libvmaf, by the rule of ab-av1's {@code --vmaf-scale}, so that a score of ours
 * is on the scale of the search's.
 */
final class VmafScale {

  private static final String MODEL_4K = ":model=version=vmaf_4k_v0.6.1";

  private VmafScale() {}

  /**
   * A filter that scores input 0 against input 1.
   *
   * @param scale {@code auto}, {@code none} or {@code WxH}
   * @param dis stream of input 0, such as {@code 0:0}
   * @param ref stream of input 1
   * @param before filters of input 1 before it is compared; empty, or with a comma at the end
   * @param by4k whether the model for 4k is taken, whatever the size
   * @param lead seconds of input 1 that come before what is compared
   * @param subsample every so many frames one is scored
   */
  static String filter(
      String scale,
      int width,
      int height,
      String pixelFormat,
      String dis,
      String ref,
      String before,
      boolean by4k,
      double lead,
      int subsample,
      int threads) {
    String format = "format=" + pixelFormat + ",";
    String same = scaling(scale, width, height) + "settb=AVTB";
    return "["
        + dis
        + "]"
        + format
        + same
        + "[dis];["
        + ref
        + "]"
        + format
        + before
        + after(lead)
        + same
        + "[ref];"
        + "[dis][ref]libvmaf=shortest=true:ts_sync_mode=nearest:n_subsample="
        + subsample
        + ":n_threads="
        + threads
        + (by4k || is4k(width, height) ? MODEL_4K : "");
  }

  static String after(double lead) {
    return lead > 0
        ? String.format(Locale.ROOT, "trim=start=%f,setpts=PTS-%f/TB,", lead, lead)
        : "";
  }

  private static boolean is4k(int width, int height) {
    return width > 2560 && height > 1440;
  }

  private static String scaling(String scale, int width, int height) {
    return switch (scale) {
      case "none" -> "";
      case "auto" -> {
        if (is4k(width, height)) {
          yield width < 3456 && height < 1944 ? atLeast(width, height, 3840, 2160) : "";
        }
        yield width < 1728 && height < 972 ? atLeast(width, height, 1920, 1080) : "";
      }
      default -> {
        int x = scale.indexOf('x');
        yield atLeast(
            width,
            height,
            Integer.parseInt(scale.substring(0, x)),
            Integer.parseInt(scale.substring(x + 1)));
      }
    };
  }

  /** Keeps the shape: the side that is relatively larger meets its bound. */
  private static String atLeast(int width, int height, int boundWidth, int boundHeight) {
    boolean tall = (double) height / boundHeight > (double) width / boundWidth;
    return "scale=" + (tall ? "-1:" + boundHeight : boundWidth + ":-1") + ":flags=bicubic,";
  }
}
