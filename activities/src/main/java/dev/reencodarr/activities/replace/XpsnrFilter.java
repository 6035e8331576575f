package dev.reencodarr.activities.replace;

/** The filters before xpsnr, as ab-av1 has them. */
final class XpsnrFilter {

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
    String same = "format=" + pixelFormat + ",settb=AVTB";
    return "["
        + dis
        + "]"
        + same
        + "[dis];["
        + ref
        + "]"
        + VmafScale.after(lead)
        + same
        + "[ref];[ref][dis]xpsnr=shortest=true:ts_sync_mode=nearest";
  }
}
