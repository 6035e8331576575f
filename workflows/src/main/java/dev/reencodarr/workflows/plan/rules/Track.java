package dev.reencodarr.workflows.plan.rules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.reencodarr.workflows.analysis.MediaStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sound and subtitle tracks of a file, as conditions see them. */
final class Track {

  private static final ImmutableMap<String, CelType> AUDIO_FIELDS =
      ImmutableMap.<String, CelType>builder()
          .put("codec", SimpleType.STRING)
          .put("profile", SimpleType.STRING)
          .put("channels", SimpleType.INT)
          .put("layout", SimpleType.STRING)
          .put("language", SimpleType.STRING)
          .put("title", SimpleType.STRING)
          .put("bitrate", SimpleType.INT)
          .put("lossless", SimpleType.BOOL)
          .put("atmos", SimpleType.BOOL)
          .buildOrThrow();

  private static final ImmutableMap<String, CelType> SUBTITLE_FIELDS =
      ImmutableMap.of(
          "codec", SimpleType.STRING,
          "language", SimpleType.STRING,
          "title", SimpleType.STRING,
          "forced", SimpleType.BOOL);

  /** The type of an element of {@code audio}. */
  static final StructType AUDIO = type("audio_track", AUDIO_FIELDS);

  /** The type of an element of {@code subtitles}. */
  static final StructType SUBTITLE = type("subtitle_track", SUBTITLE_FIELDS);

  private Track() {}

  private static StructType type(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        name,
        ImmutableSet.copyOf(fields.keySet()),
        field -> Optional.ofNullable(fields.get(field)));
  }

  static List<Map<String, Object>> audio(List<MediaStream> streams) {
    return streams.stream()
        .filter(MediaStream.Audio.class::isInstance)
        .map(MediaStream.Audio.class::cast)
        .map(Track::audio)
        .toList();
  }

  static List<Map<String, Object>> subtitles(List<MediaStream> streams) {
    return streams.stream()
        .filter(MediaStream.Subtitle.class::isInstance)
        .map(MediaStream.Subtitle.class::cast)
        .map(Track::subtitle)
        .toList();
  }

  private static Map<String, Object> audio(MediaStream.Audio track) {
    return Map.of(
        "codec", track.codec(),
        "profile", track.profile(),
        "channels", (long) track.channels(),
        "layout", track.channelLayout(),
        "bitrate", track.bitrate(),
        "language", tag(track, "language"),
        "title", tag(track, "title"),
        "lossless", track.isLossless(),
        "atmos", track.isAtmos());
  }

  private static Map<String, Object> subtitle(MediaStream.Subtitle track) {
    return Map.of(
        "codec", track.codec(),
        "language", tag(track, "language"),
        "title", tag(track, "title"),
        "forced", track.dispositions().contains("forced"));
  }

  private static String tag(MediaStream track, String name) {
    return track.tags().getOrDefault(name, "");
  }
}
