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

  private static final Set<String> INTERLACED = Set.of("tt", "bb", "tb", "bt");

  /** Below 18 pixels libvmaf ends by a fault of memory; a film this small is none. */
  private static final int LEAST_SIDE = 32;

  /** SVT-AV1's limits: "Source Width must be less than or equal to 16384", Height to 8704. */
  private static final int LARGEST_WIDTH = 16_384;

  private static final int LARGEST_HEIGHT = 8_704;

  private static final int QUARTER_TURN = 90;

  private SkipRules() {}

  /** Why the file is left alone; empty if it may be encoded. */
  public static Optional<Skip> reasonToSkip(FileFacts file, MediaFacts media, HardLinks hardLinks) {
    return ofTheFile(file, hardLinks).or(() -> ofTheStreams(media));
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

  private static Optional<Skip> ofTheStreams(MediaFacts media) {
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
      return skip(SkipReason.UNSUPPORTED_FORMAT, films.size() + " video tracks that are no covers");
    }
    return ofThePicture(film);
  }

  private static String whatIsInstead(MediaFacts media) {
    boolean hasPicture = media.streams().stream().anyMatch(MediaStream.Video.class::isInstance);
    return hasPicture
        ? "a still picture is all there is to see"
        : "none of the " + media.streams().size() + " streams is video";
  }

  private static Optional<Skip> ofThePicture(MediaStream.Video film) {
    switch (film.hdr()) {
      case DOLBY_VISION -> {
        return skip(SkipReason.UNSUPPORTED_HDR, "the video carries Dolby Vision");
      }
      case HDR10_PLUS -> {
        return skip(SkipReason.UNSUPPORTED_HDR, "the video carries HDR10+ metadata");
      }
      case SDR, HDR10, HLG -> {}
    }
    if (INTERLACED.contains(film.fieldOrder())) {
      return skip(SkipReason.INTERLACED, "the field order is " + film.fieldOrder());
    }
    if (!HELD_WITHOUT_LOSS.contains(film.pixelFormat())) {
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
