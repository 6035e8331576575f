package dev.reencodarr.workflows.analysis;

import dev.reencodarr.workflows.media.SkipReason;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which files are left alone because of what they are; the first rule that fits says why. */
public final class SkipRules {

  /** What an AV1 of 10 bit 4:2:0 holds without loss. */
  private static final Set<String> HELD_WITHOUT_LOSS =
      Set.of(
          "yuv420p",
          "yuvj420p",
          "yuv420p9le",
          "yuv420p9be",
          "yuv420p10le",
          "yuv420p10be",
          "nv12",
          "nv21",
          "p010le",
          "gray",
          "gray10le");

  /** Below 18 pixels libvmaf ends by a fault of memory; a film this small is none. */
  private static final int LEAST_SIDE = 32;

  /** SVT-AV1's limits: "Source Width must be less than or equal to 16384", Height to 8704. */
  private static final int LARGEST_WIDTH = 16_384;

  private static final int LARGEST_HEIGHT = 8_704;

  private static final int QUARTER_TURN = 90;

  private SkipRules() {}

  /**
   * Why the file is left alone; empty if it may be encoded.
   *
   * @param conversions what may be given up of it
   */
  public static Optional<Skip> reasonToSkip(
      FileFacts file, MediaFacts media, HardLinks hardLinks, Set<Conversion> conversions) {
    return ofTheFile(file, hardLinks).or(() -> ofTheStreams(media, conversions));
  }

  /**
   * Why a film is left alone where HEVC is wished: ab-av1 has made HEVC of it already. Where the
   * container keeps tags, it leaves in them what it has asked ffmpeg for.
   */
  public static Optional<Skip> reasonToMakeNoHevc(MediaFacts media) {
    String madeWith = media.tags().getOrDefault("ab_av1_ffmpeg_args", "");
    boolean isMade =
        media.mainVideo().filter(film -> film.codec().equals("hevc")).isPresent()
            && madeWith.matches(".*-c:v (libx265|hevc_\\w+).*");
    return isMade
        ? skip(SkipReason.ALREADY_ENCODED, "ab-av1 has made this HEVC: " + madeWith)
        : Optional.empty();
  }

  private static Optional<Skip> ofTheFile(FileFacts file, HardLinks hardLinks) {
    if (file.symlink()) {
      return skip(SkipReason.SYMLINK, "the path is a symbolic link");
    }
    if (file.hardLinks() <= 1) {
      return Optional.empty();
    }
    String links = "the file has " + file.hardLinks() + " hard links";
    return switch (hardLinks) {
      case SKIP -> skip(SkipReason.HARD_LINKED, links);
      case DEFER -> skip(SkipReason.HARD_LINKS, links);
      case ALLOW -> Optional.empty();
    };
  }

  private static Optional<Skip> ofTheStreams(MediaFacts media, Set<Conversion> conversions) {
    List<MediaStream.Video> films = media.films();
    if (films.isEmpty()) {
      return skip(SkipReason.NO_VIDEO, whatIsInstead(media));
    }
    MediaStream.Video film = media.mainVideo().orElseThrow();
    if (film.codec().equals("av1")) {
      return skip(
          SkipReason.ALREADY_AV1, "AV1 of " + film.width() + "×" + film.height() + " already");
    }
    if (films.size() > 1) {
      String tracks = films.size() + " video tracks that are no covers";
      if (!conversions.contains(Conversion.FIRST_FILM)) {
        return skip(SkipReason.UNSUPPORTED_FORMAT, tracks);
      }
      if (!isTheFirst(film, media)) {
        return skip(
            SkipReason.UNSUPPORTED_FORMAT,
            tracks + ", of which the first is not the largest, or not the default");
      }
    }
    return ofThePicture(film, conversions);
  }

  /**
   * Whether all programs take it for the film: ab-av1 encodes and scores the first video stream,
   * ffmpeg alone prefers size and the default.
   */
  private static boolean isTheFirst(MediaStream.Video film, MediaFacts media) {
    boolean isDefault = film.dispositions().contains("default");
    return media.streams().stream()
            .filter(MediaStream.Video.class::isInstance)
            .allMatch(video -> video.index() >= film.index())
        && (isDefault
            || media.films().stream().noneMatch(one -> one.dispositions().contains("default")));
  }

  private static String whatIsInstead(MediaFacts media) {
    boolean hasPicture = media.streams().stream().anyMatch(MediaStream.Video.class::isInstance);
    return hasPicture
        ? "a still picture is all there is to see"
        : "none of the " + media.streams().size() + " streams is video";
  }

  private static Optional<Skip> ofThePicture(MediaStream.Video film, Set<Conversion> conversions) {
    Optional<Skip> range = ofTheRange(film, conversions);
    if (range.isPresent()) {
      return range;
    }
    if (film.isInterlaced() && !conversions.contains(Conversion.DEINTERLACE)) {
      return skip(
          SkipReason.INTERLACED,
          film.fieldOrder().isEmpty()
              ? film.codec() + " has two fields a frame"
              : "the field order is " + film.fieldOrder());
    }
    boolean isHeld =
        HELD_WITHOUT_LOSS.contains(film.pixelFormat())
            || (film.hasMoreChroma() && conversions.contains(Conversion.CHROMA_TO_420));
    if (!isHeld) {
      return skip(
          SkipReason.UNSUPPORTED_FORMAT,
          film.pixelFormat().isEmpty()
              ? "the pixel format of the video is not known"
              : "the pixel format " + film.pixelFormat() + " would lose by 10-bit 4:2:0");
    }
    if (film.rotation() % QUARTER_TURN != 0) {
      return skip(
          SkipReason.UNSUPPORTED_FORMAT,
          "the picture is turned by " + film.rotation() + " degrees");
    }
    return ofTheSize(film);
  }

  private static Optional<Skip> ofTheRange(MediaStream.Video film, Set<Conversion> conversions) {
    return switch (film.hdr()) {
      case DOLBY_VISION -> ofDolbyVision(film, conversions);
      case HDR10_PLUS -> {
        if (!conversions.contains(Conversion.HDR10_PLUS_TO_HDR10)) {
          yield skip(SkipReason.UNSUPPORTED_HDR, "the video carries HDR10+ metadata");
        }
        yield film.plainRange() == HdrKind.HDR10
            ? Optional.empty()
            : skip(
                SkipReason.UNSUPPORTED_HDR, "HDR10+ metadata of a video that is not tagged HDR10");
      }
      case SDR, HDR10, HLG -> Optional.empty();
    };
  }

  private static Optional<Skip> ofDolbyVision(MediaStream.Video film, Set<Conversion> conversions) {
    DolbyVision vision = film.dolbyVision();
    String what =
        "the video carries Dolby Vision"
            + (vision.profile() > 0 ? " of profile " + vision.profile() : "");
    if (!conversions.contains(Conversion.DOLBY_VISION_TO_BASE_LAYER)) {
      return skip(SkipReason.UNSUPPORTED_HDR, what);
    }
    if (vision.baseRange().isEmpty()) {
      return skip(
          SkipReason.UNSUPPORTED_HDR,
          what + ", without which there is no picture known to be right");
    }
    if (vision.baseRange().get() != film.plainRange()) {
      return skip(
          SkipReason.UNSUPPORTED_HDR,
          what + ", whose base layer is tagged as something else than it says");
    }
    return vision.hdr10Plus() && !conversions.contains(Conversion.HDR10_PLUS_TO_HDR10)
        ? skip(SkipReason.UNSUPPORTED_HDR, what + " and HDR10+ metadata beside it")
        : Optional.empty();
  }

  private static Optional<Skip> ofTheSize(MediaStream.Video film) {
    String size = "the size " + film.shownWidth() + "×" + film.shownHeight();
    if (film.width() < LEAST_SIDE || film.height() < LEAST_SIDE) {
      return skip(SkipReason.UNSUPPORTED_FORMAT, size + " is too small to be scored");
    }
    if (film.shownWidth() > LARGEST_WIDTH || film.shownHeight() > LARGEST_HEIGHT) {
      return skip(SkipReason.UNSUPPORTED_FORMAT, size + " is too large for the encoder");
    }
    return Optional.empty();
  }

  private static Optional<Skip> skip(SkipReason reason, String detail) {
    return Optional.of(new Skip(reason, detail));
  }
}
