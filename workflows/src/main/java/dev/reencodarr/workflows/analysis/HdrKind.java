package dev.reencodarr.workflows.analysis;

/** The dynamic range of a video stream, normalised from colour tags and side data. */
public enum HdrKind {
  SDR,
  HDR10,
  HDR10_PLUS,
  HLG,
  DOLBY_VISION
}
