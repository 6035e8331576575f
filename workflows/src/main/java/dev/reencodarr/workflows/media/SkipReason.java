package dev.reencodarr.workflows.media;

import java.util.Locale;

/** Why a video is left alone; an outcome, not a failure. */
public enum SkipReason {
  ALREADY_AV1("the video is AV1 already"),
  HARD_LINKS("the file has several hard links: replacing one of them would free nothing"),
  SYMLINK("a symbolic link: the file it points to is looked at where it lies"),
  NO_VIDEO("there is no video stream in it"),
  NOT_WORTH_IT("it would save too little at the wanted quality"),
  KEPT("the original was put back by undo and is kept"),
  UNSUPPORTED_HDR("Dolby Vision or HDR10+ would be lost"),
  INTERLACED("the video is interlaced, which AV1 cannot hold"),
  UNSUPPORTED_FORMAT("a pixel format or stream layout that is not handled yet"),
  TARGET_EXISTS("a file with the name of the result is there already");

  private final String explanation;

  SkipReason(String explanation) {
    this.explanation = explanation;
  }

  /** A sentence for people. */
  public String explanation() {
    return explanation;
  }

  /** The name in the database, the command line and JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #code()}.
   *
   * @throws IllegalArgumentException if no reason has this name
   */
  public static SkipReason parse(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
