package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The containers of results: those that players of AV1 know. */
enum Container {
  MATROSKA("mkv", "matroska"),
  MP4("mp4", "mp4"),
  WEBM("webm", "webm");

  private static final Set<String> MP4_AUDIO =
      Set.of("aac", "ac3", "eac3", "mp3", "mp2", "alac", "flac", "opus", "dts");
  private static final Set<String> MP4_SUBTITLES = Set.of("mov_text", "dvd_subtitle");
  private static final Set<String> MP4_COVERS = Set.of("mjpeg", "png", "bmp");
  private static final Set<String> WEBM_AUDIO = Set.of("opus", "vorbis");

  private final String extension;
  private final String format;

  /**
   * @param format one of ffprobe's names of it
   */
  Container(String extension, String format) {
    this.extension = extension;
    this.format = format;
  }

  /** The container that a result of this name is in. */
  static Container named(MediaPath target) {
    return Arrays.stream(values())
        .filter(container -> container.extension.equals(target.extension()))
        .findFirst()
        .orElse(MATROSKA);
  }

  /** Whether a file is in this container, whatever its name says. */
  boolean holds(MediaFacts facts) {
    return List.of(facts.formatName().split(",")).contains(format);
  }

  String extension() {
    return extension;
  }

  /**
   * The container of the result: that of the source where its name says so truly and it can hold
   * the film beside everything else that is in the source; Matroska, which holds anything,
   * otherwise, and wherever it is wanted.
   */
  static Container of(
      MediaPath source, MediaFacts facts, Treatment.ContainerChoice wanted, Encoder.Codec codec) {
    return switch (wanted) {
      case KEEP -> kept(source, facts, codec);
      case MATROSKA -> MATROSKA;
    };
  }

  private static Container kept(MediaPath source, MediaFacts facts, Encoder.Codec codec) {
    List<String> formats = List.of(facts.formatName().split(","));
    return switch (source.extension()) {
      case "mp4" -> formats.contains("mp4") && mp4Holds(facts) ? MP4 : MATROSKA;
      case "webm" ->
          codec == Encoder.Codec.AV1 && formats.contains("webm") && webmHolds(facts)
              ? WEBM
              : MATROSKA;
      default -> MATROSKA;
    };
  }

  private static boolean mp4Holds(MediaFacts facts) {
    return facts.streams().stream()
        .allMatch(stream ->
            switch (stream) {
              case MediaStream.Video video ->
                  !video.isPicture() || MP4_COVERS.contains(video.codec());
              case MediaStream.Audio audio -> MP4_AUDIO.contains(audio.codec());
              case MediaStream.Subtitle subtitle -> MP4_SUBTITLES.contains(subtitle.codec());
              case MediaStream.Attachment attachment -> false;
              case MediaStream.Data data -> true;
            });
  }

  private static boolean webmHolds(MediaFacts facts) {
    return facts.streams().stream()
        .allMatch(stream ->
            switch (stream) {
              case MediaStream.Video video -> !video.isPicture();
              case MediaStream.Audio audio -> WEBM_AUDIO.contains(audio.codec());
              case MediaStream.Subtitle subtitle -> subtitle.codec().equals("webvtt");
              case MediaStream.Attachment attachment -> false;
              case MediaStream.Data data -> true;
            });
  }
}
