package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The containers of results: those that players of AV1 know. */
enum Container {
  MATROSKA("mkv", "matroska"),
  MP4("mp4", "mp4"),
  WEBM("webm", "webm");

  /** MP2 has no name of its own in it: what reads the result takes it for MP3. */
  private static final Set<String> MP4_AUDIO =
      Set.of("aac", "ac3", "eac3", "mp3", "alac", "flac", "opus", "dts");

  private static final Set<String> MP4_FILMS =
      Set.of("h264", "hevc", "av1", "vp9", "mpeg4", "mpeg2video");
  private static final Set<String> MP4_SUBTITLES =
      Set.of("mov_text", "dvd_subtitle", "subrip", "srt", "text");
  private static final Set<String> MP4_COVERS = Set.of("mjpeg", "png", "bmp");
  private static final Pattern MP4_LANGUAGE = Pattern.compile("[a-z]{3}");
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
      MediaPath source, MediaFacts facts, Treatment treatment, Encoder.Codec codec) {
    return switch (treatment.container()) {
      case KEEP -> kept(source, facts, treatment, codec);
      case MATROSKA -> MATROSKA;
      case MP4 -> mp4Holds(facts, treatment) ? MP4 : kept(source, facts, treatment, codec);
    };
  }

  private static Container kept(
      MediaPath source, MediaFacts facts, Treatment treatment, Encoder.Codec codec) {
    List<String> formats = List.of(facts.formatName().split(","));
    return switch (source.extension()) {
      case "mp4" -> formats.contains("mp4") && mp4Holds(facts, treatment) ? MP4 : MATROSKA;
      case "webm" ->
          codec == Encoder.Codec.AV1 && formats.contains("webm") && webmHolds(facts)
              ? WEBM
              : MATROSKA;
      default -> MATROSKA;
    };
  }

  private static boolean mp4Holds(MediaFacts facts, Treatment treatment) {
    return facts.streams().stream().allMatch(stream -> mp4Holds(stream, facts, treatment));
  }

  /** Whether MP4 can hold what becomes of a stream. */
  static boolean mp4Holds(MediaStream stream, MediaFacts facts, Treatment treatment) {
    return mp4HoldsLanguage(stream)
        && switch (stream) {
          case MediaStream.Video video when video.isPicture() -> MP4_COVERS.contains(video.codec());
          case MediaStream.Video video ->
              isEncoded(video, facts) || MP4_FILMS.contains(video.codec());
          case MediaStream.Audio audio ->
              MP4_AUDIO.contains(audio.codec())
                  || OpusChoice.of(audio, treatment.audio()) instanceof OpusChoice.Opus;
          case MediaStream.Subtitle subtitle -> MP4_SUBTITLES.contains(subtitle.codec());
          case MediaStream.Attachment attachment -> false;
          case MediaStream.Data data -> true;
        };
  }

  /** It has three letters for it; ffmpeg leaves out whatever is written otherwise. */
  private static boolean mp4HoldsLanguage(MediaStream stream) {
    String language = stream.tags().getOrDefault("language", "");
    return language.isEmpty()
        || stream instanceof MediaStream.Attachment
        || stream instanceof MediaStream.Data
        || MP4_LANGUAGE.matcher(language).matches();
  }

  private static boolean isEncoded(MediaStream.Video video, MediaFacts facts) {
    return facts.mainVideo().filter(film -> film.index() == video.index()).isPresent();
  }

  private static boolean webmHolds(MediaFacts facts) {
    return facts.streams().stream()
        .allMatch(stream ->
            switch (stream) {
              case MediaStream.Video video -> isEncoded(video, facts);
              case MediaStream.Audio audio -> WEBM_AUDIO.contains(audio.codec());
              case MediaStream.Subtitle subtitle -> subtitle.codec().equals("webvtt");
              case MediaStream.Attachment attachment -> false;
              case MediaStream.Data data -> true;
            });
  }
}
