package dev.reencodarr.workflows.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Why a video is left alone; an outcome, not a failure. Beside the reasons that are known here
 * there are those that rules name.
 *
 * @param code the name in the database, the command line and JSON: letters, digits and underscores
 */
public record SkipReason(String code) {

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  public static final SkipReason ALREADY_AV1 = new SkipReason("already_av1");
  public static final SkipReason ALREADY_ENCODED = new SkipReason("already_encoded");
  public static final SkipReason HARD_LINKS = new SkipReason("hard_links");
  public static final SkipReason HARD_LINKED = new SkipReason("hard_linked");
  public static final SkipReason SYMLINK = new SkipReason("symlink");
  public static final SkipReason NO_VIDEO = new SkipReason("no_video");
  public static final SkipReason NOT_WORTH_IT = new SkipReason("not_worth_it");
  public static final SkipReason KEPT = new SkipReason("kept");
  public static final SkipReason REJECTED = new SkipReason("rejected");
  public static final SkipReason UNSUPPORTED_HDR = new SkipReason("unsupported_hdr");
  public static final SkipReason INTERLACED = new SkipReason("interlaced");
  public static final SkipReason UNSUPPORTED_FORMAT = new SkipReason("unsupported_format");
  public static final SkipReason TARGET_EXISTS = new SkipReason("target_exists");

  public static final SkipReason IMPORTED_AGAIN = new SkipReason("imported_again");

  /** A file of which nobody can say what the rules want is not touched. */
  public static final SkipReason RULES_FAIL = new SkipReason("rules_fail");

  private static final Map<SkipReason, String> EXPLANATIONS =
      Map.ofEntries(
          Map.entry(ALREADY_AV1, "the video is AV1 already"),
          Map.entry(ALREADY_ENCODED, "ab-av1 has made HEVC of it already"),
          Map.entry(
              HARD_LINKS,
              "the file has several hard links: replacing one of them would free nothing"),
          Map.entry(HARD_LINKED, "the file has or had several hard links, and such are not wanted"),
          Map.entry(SYMLINK, "a symbolic link: the file it points to is looked at where it lies"),
          Map.entry(NO_VIDEO, "there is no video stream in it"),
          Map.entry(NOT_WORTH_IT, "it would save too little at the wanted quality"),
          Map.entry(
              KEPT, "the original was put back by undo, or its result was rejected, and is kept"),
          Map.entry(REJECTED, "somebody has looked at its result and rejected it"),
          Map.entry(UNSUPPORTED_HDR, "Dolby Vision or HDR10+ would be lost"),
          Map.entry(INTERLACED, "the video is interlaced, which AV1 cannot hold"),
          Map.entry(UNSUPPORTED_FORMAT, "a pixel format or stream layout that is not handled yet"),
          Map.entry(TARGET_EXISTS, "a file with the name of the result is there already"),
          Map.entry(
              IMPORTED_AGAIN,
              "Sonarr or Radarr has imported it again and again after replacements"),
          Map.entry(RULES_FAIL, "the rules cannot be told for it"));

  /**
   * @throws IllegalArgumentException if the code is none
   */
  public SkipReason {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "a reason has lower-case letters, digits and underscores, at most 40: " + code);
    }
  }

  /** Whether it is a reason of our own, which no rule may name. */
  public boolean isOurs() {
    return EXPLANATIONS.containsKey(this);
  }

  /** A sentence for people. */
  public String explanation() {
    return EXPLANATIONS.getOrDefault(this, "a rule leaves it alone: " + code);
  }

  /**
   * Reads {@link #code()}, or a name as histories hold it.
   *
   * @throws IllegalArgumentException if it is none
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static SkipReason parse(String code) {
    return new SkipReason(code.toLowerCase(Locale.ROOT));
  }

  /** The name in payloads: in capitals, as when all reasons were known. */
  @JsonValue
  String nameInPayloads() {
    return code.toUpperCase(Locale.ROOT);
  }
}
