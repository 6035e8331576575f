package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.plan.VmafSize;
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
        + (by4k || VmafSize.isOf4k(width, height) ? MODEL_4K : "");
  }

  static String after(double lead) {
    return lead > 0
        ? String.format(Locale.ROOT, "trim=start=%f,setpts=PTS-%f/TB,", lead, lead)
        : "";
  }

  private static String scaling(String scale, int width, int height) {
    return VmafSize.enlargement(scale, width, height)
        .map(bound ->
            "scale="
                + (bound.isHeight() ? "-1:" + bound.pixels() : bound.pixels() + ":-1")
                + ":flags=bicubic,")
        .orElse("");
  }
}
