package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.MediaStream;
import java.util.Map;
import java.util.Set;

/**
 * Whether a sound track becomes Opus, and with how many bits; the table of the known behaviour, by
 * channels and codec.
 */
sealed interface OpusChoice {

  /**
   * It stays as it is.
   *
   * @param why empty where nothing else was asked for
   */
  record Copy(String why) implements OpusChoice {}

  /**
   * It becomes Opus.
   *
   * @param kilobits per second
   * @param layout that its channels are put into, since Opus knows few; empty: the one they have
   */
  record Opus(int kilobits, String layout, String why) implements OpusChoice {}

  /** Kilobits per second that are enough for whatever sound, by the number of channels. */
  Map<Integer, Integer> ENOUGH = Map.of(1, 64, 2, 128, 6, 256, 8, 384);

  /** How many of a lossy track's bits Opus needs for the same sound. */
  Map<String, Double> SHARES =
      Map.of(
          "mp3", 0.5,
          "mp2", 0.55,
          "aac", 0.8,
          "vorbis", 0.8,
          "ac3", 0.7,
          "eac3", 0.75,
          "dts", 0.45);

  double USUAL_SHARE = 0.75;

  /** Opus' own layouts, which ffmpeg's encoder takes as they are. */
  Map<Integer, String> LAYOUTS = Map.of(1, "mono", 2, "stereo", 6, "5.1", 8, "7.1");

  /** The same channels under another name; any other layout would be mixed into Opus' own. */
  String SIDE_FOR_BACK = "5.1(side)";

  /** Further codecs that ffmpeg decodes whole. */
  Set<String> DECODED = Set.of("wmav1", "wmav2", "wmapro", "aac_latm", "cook");

  /** More than two channels of these are no such thing: something is wrong with the file. */
  Set<String> STEREO_AT_MOST = Set.of("mp2", "mp3");

  /** What becomes of a track where this is wanted. */
  static OpusChoice of(MediaStream.Audio track, Treatment.AudioChoice wanted) {
    return switch (wanted) {
      case COPY -> new Copy("");
      case OPUS -> opus(track);
    };
  }

  private static OpusChoice opus(MediaStream.Audio track) {
    Integer enough = ENOUGH.get(track.channels());
    if (track.codec().equals("opus")) {
      return new Copy("Opus already");
    }
    if (track.isAtmos()) {
      return new Copy("Dolby Atmos would be lost");
    }
    if (track.profile().contains("DTS:X")) {
      return new Copy("DTS:X would be lost");
    }
    if (!isDecoded(track)) {
      return new Copy("nothing is known of decoding it");
    }
    if (enough == null) {
      return new Copy(
          track.channels() > 0
              ? "Opus has no sure layout for " + track.channels() + " channels"
              : "the number of channels is not known");
    }
    if (STEREO_AT_MOST.contains(track.codec()) && track.channels() > 2) {
      return new Copy(track.codec() + " of " + track.channels() + " channels");
    }
    if (!isSure(track)) {
      return new Copy("Opus has no layout like " + track.channelLayout());
    }
    if (!track.isLossless() && track.bitrate() == 0) {
      return new Copy("the bitrate is not known, so that Opus might need more");
    }
    return withBits(track, track.isLossless() ? enough : Math.min(enough, shareOf(track)));
  }

  private static boolean isDecoded(MediaStream.Audio track) {
    return track.isLossless()
        || SHARES.containsKey(track.codec())
        || DECODED.contains(track.codec());
  }

  private static boolean isSure(MediaStream.Audio track) {
    String layout = track.channelLayout();
    return layout.isEmpty()
        || layout.equals(SIDE_FOR_BACK)
        || layout.equals(LAYOUTS.get(track.channels()));
  }

  private static int shareOf(MediaStream.Audio track) {
    double share = SHARES.getOrDefault(track.codec(), USUAL_SHARE);
    return Math.max(1, (int) Math.round(track.bitrate() / 1000.0 * share));
  }

  private static OpusChoice withBits(MediaStream.Audio track, int kilobits) {
    if (track.bitrate() > 0 && kilobits * 1000L >= track.bitrate()) {
      return new Copy("Opus would need as many bits");
    }
    String layout = LAYOUTS.getOrDefault(track.channels(), "");
    return new Opus(
        kilobits,
        layout.equals(track.channelLayout()) ? "" : layout,
        "%s%s becomes Opus of %d kbit/s"
            .formatted(
                track.codec(),
                track.bitrate() > 0
                    ? " of " + Math.round(track.bitrate() / 1000.0) + " kbit/s"
                    : "",
                kilobits));
  }
}
