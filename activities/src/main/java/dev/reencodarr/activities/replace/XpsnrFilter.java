package dev.reencodarr.activities.replace;

import java.util.Locale;

/**
 * The filters before xpsnr, as ab-av1 has them, so that a score is on the scale of the search's:
 * what changes between frames weighs by their rate, which ab-av1 takes to be 60 of any film.
 */
final class XpsnrFilter {

  private XpsnrFilter() {}

  /**
   * A filter that scores input 0 against input 1.
   *
   * @param pixelFormat that both are brought to
   * @param dis stream of input 0, such as {@code 0:0}
   * @param ref stream of input 1
   * @param before filters of input 1 before it is compared; empty, or with a comma at the end
   * @param lead seconds of input 1 that come before what is compared
   * @param at60 what makes 60 frames a second of them
   */
  static String of(
      String pixelFormat, String dis, String ref, String before, double lead, String at60) {
    String format = "format=" + pixelFormat + ",";
    String same = "settb=AVTB," + at60;
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
        + VmafScale.after(lead)
        + same
        + "[ref];[ref][dis]xpsnr=shortest=true";
  }

  /**
   * Frame by frame, as ab-av1 does: after one that only one of the films has, others are compared.
   */
  static String byNumber() {
    return "setpts=N/60/TB,fps=60";
  }

  /**
   * By time, so that frames are compared that are shown at the same time.
   *
   * @param rate of both, even
   * @param shift seconds that bring each frame to the middle of its time, where rounding cannot
   *     reach another frame
   */
  static String byTime(double rate, double shift) {
    return String.format(
        Locale.ROOT, "setpts=(PTS+(%.6f)/TB)*%.9f,fps=60:round=down", shift, rate / 60);
  }
}
