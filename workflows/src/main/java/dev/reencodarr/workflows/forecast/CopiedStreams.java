package dev.reencodarr.workflows.forecast;

import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import java.util.Map;

/** How much of a file is not its film: what is copied as it is, so that no encode saves it. */
final class CopiedStreams {

  private static final double BITS = 8;

  /** However much sound there is, most of a film's file is the film. */
  private static final double MOST_OF_FILE = 0.6;

  /** Bits per second of each channel, as discs and broadcasts have them. */
  private static final Map<String, Integer> PER_CHANNEL =
      Map.ofEntries(
          Map.entry("truehd", 500_000),
          Map.entry("flac", 400_000),
          Map.entry("alac", 400_000),
          Map.entry("pcm_s16le", 768_000),
          Map.entry("pcm_s24le", 1_152_000),
          Map.entry("dts", 250_000),
          Map.entry("ac3", 80_000),
          Map.entry("eac3", 100_000));

  private static final int USUAL_PER_CHANNEL = 64_000;
  private static final int PICTURE_SUBTITLES = 30_000;

  private CopiedStreams() {}

  /** Bytes, as the container's own tags say, or as is usual for the codecs. */
  static long bytes(MediaFacts facts) {
    double bytes = facts.streams().stream().mapToDouble(stream -> bytes(stream, facts)).sum();
    return Math.round(Math.min(bytes, MOST_OF_FILE * facts.sizeBytes()));
  }

  private static double bytes(MediaStream stream, MediaFacts facts) {
    double seconds = facts.durationSeconds();
    return switch (stream) {
      case MediaStream.Audio audio -> {
        double tagged = tagged(audio.tags());
        int channels = audio.channels() > 0 ? audio.channels() : 2;
        yield tagged > 0
            ? tagged
            : PER_CHANNEL.getOrDefault(audio.codec(), USUAL_PER_CHANNEL)
                * (double) channels
                * seconds
                / BITS;
      }
      case MediaStream.Subtitle subtitle -> {
        double tagged = tagged(subtitle.tags());
        boolean pictures = subtitle.codec().equals("hdmv_pgs_subtitle");
        yield tagged > 0 || !pictures ? tagged : PICTURE_SUBTITLES * seconds / BITS;
      }
      case MediaStream.Video _, MediaStream.Attachment _, MediaStream.Data _ -> 0;
    };
  }

  /** As mkvmerge writes it; 0 where nothing is said. */
  private static double tagged(Map<String, String> tags) {
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (tag.getKey().startsWith("number_of_bytes") && tag.getValue().matches("\\d{1,15}")) {
        return Double.parseDouble(tag.getValue());
      }
    }
    return 0;
  }
}
