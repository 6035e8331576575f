package dev.reencodarr.workflows.analysis;

/** The dynamic range of a video stream, normalised from colour tags and side data. */
public enum HdrKind {
  SDR,
  HDR10,
  HDR10_PLUS,
  HLG,
  DOLBY_VISION;

  /** What a transfer function, by ffprobe's name, says of a video without dynamic metadata. */
  public static HdrKind ofTransfer(String transfer) {
    return switch (transfer) {
      case "smpte2084" -> HDR10;
      case "arib-std-b67" -> HLG;
      default -> SDR;
    };
  }
}
