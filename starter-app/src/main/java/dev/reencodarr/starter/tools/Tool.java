package dev.reencodarr.starter.tools;

import java.util.List;

/** The programs that the work is done with. */
public enum Tool {
  AB_AV1(
      "ab-av1",
      "0.11.7",
      "ab-av1-0.11.7/bin/ab-av1",
      "ab-av1 0.11.5 or newer (cargo install ab-av1 --locked)"),
  FFMPEG(
      "ffmpeg",
      "9.0.2",
      "ffmpeg-9.0.2/ffmpeg",
      "ffmpeg 7 or newer with libsvtav1, libvmaf and libopus"),
  FFPROBE("ffprobe", "8.0", "ffprobe-8.0/ffprobe", "ffprobe 7 or newer"),
  TEMPORAL(
      "temporal", "1.9.1", "temporal-1.9.1/temporal", "Temporal's command line 1.9.1 or newer");

  private final String program;
  private final String pinnedVersion;
  private final String pinnedPath;
  private final String byHand;

  Tool(String program, String pinnedVersion, String pinnedPath, String byHand) {
    this.program = program;
    this.pinnedVersion = pinnedVersion;
    this.pinnedPath = pinnedPath;
    this.byHand = byHand;
  }

  /** Its name on PATH. */
  public String program() {
    return program;
  }

  /** The version that is installed where PATH has none that is fit. */
  public String pinnedVersion() {
    return pinnedVersion;
  }

  /** Where the pinned one lies below the tools folder. */
  public String pinnedPath() {
    return pinnedPath;
  }

  /** The folder below the tools folder that holds nothing but the pinned one. */
  public String pinnedFolder() {
    return pinnedPath.substring(0, pinnedPath.indexOf('/'));
  }

  /** What to install by hand where the pinned one cannot be had. */
  public String byHand() {
    return byHand;
  }

  /** All, in the order in which they are installed: the quick ones first. */
  public static List<Tool> inOrderOfInstallation() {
    return List.of(TEMPORAL, FFMPEG, FFPROBE, AB_AV1);
  }
}
