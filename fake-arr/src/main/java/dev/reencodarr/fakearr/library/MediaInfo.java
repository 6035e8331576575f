package dev.reencodarr.fakearr.library;

/**
 * What the program saw when it looked into a file.
 *
 * @param known whether it looked at all
 * @param videoCodec its own label, such as x264 or AV1
 */
public record MediaInfo(boolean known, String videoCodec) {

  public static MediaInfo of(String videoCodec) {
    return new MediaInfo(true, videoCodec);
  }

  /** Of a file that was not looked into. */
  public static MediaInfo none() {
    return new MediaInfo(false, "");
  }
}
