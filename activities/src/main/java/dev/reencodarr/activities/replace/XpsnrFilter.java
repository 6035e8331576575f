package dev.reencodarr.activities.replace;

/**
 * The filters before xpsnr, as ab-av1 has them, so that a score is on the scale of the search's.
 */
final class XpsnrFilter {

  /** What changes between frames weighs by their rate, which ab-av1 takes to be 60 of any film. */
  private static final String AT_60 = "setpts=N/60/TB,fps=60";

  private XpsnrFilter() {}

  /**
   * A filter that scores input 0 against input 1.
   *
   * @param pixelFormat that both are brought to
   * @param dis stream of input 0, such as {@code 0:0}
   * @param ref stream of input 1
   * @param lead seconds of input 1 that come before what is compared
   */
  static String of(String pixelFormat, String dis, String ref, double lead) {
    String same = "format=" + pixelFormat + ",settb=AVTB,";
    return "["
        + dis
        + "]"
        + same
        + AT_60
        + "[dis];["
        + ref
        + "]"
        + VmafScale.after(lead)
        + same
        + AT_60
        + "[ref];[ref][dis]xpsnr=shortest=true";
  }
}
