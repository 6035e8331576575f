package dev.reencodarr.workflows.analysis;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One stream of a file, as ffprobe reports it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MediaStream.Video.class, name = "video"),
  @JsonSubTypes.Type(value = MediaStream.Audio.class, name = "audio"),
  @JsonSubTypes.Type(value = MediaStream.Subtitle.class, name = "subtitle"),
  @JsonSubTypes.Type(value = MediaStream.Attachment.class, name = "attachment"),
  @JsonSubTypes.Type(value = MediaStream.Data.class, name = "data")
})
public sealed interface MediaStream {

  /** The absolute index in the file, from 0: ffmpeg's {@code 0:index}. */
  int index();

  /** ffmpeg's codec name, such as {@code h264}; empty when ffprobe knows none. */
  String codec();

  /** The tags of the stream, names in lower case (language, title, filename, mimetype …). */
  Map<String, String> tags();

  /** The dispositions that are set (default, forced, attached_pic …). */
  List<String> dispositions();

  /**
   * A picture stream: film or cover.
   *
   * @param width in pixels, at least 0
   * @param height in pixels, at least 0
   * @param rotation by how many degrees players turn the stored picture, counterclockwise, 0 to 359
   * @param pixelFormat ffmpeg's name such as {@code yuv420p10le}; empty when unknown
   * @param averageFrameRate frames per second; 0 when unknown
   * @param baseFrameRate ffprobe's r_frame_rate; differs from the average where the rate varies
   * @param fieldOrder ffprobe's field_order; empty when unknown
   * @param durationSeconds of the stream; 0 when the container does not say
   * @param frames as the container counts them; 0 when it does not say
   * @param colour colour tags by ffprobe's names (color_range, color_space, color_transfer,
   *     color_primaries, chroma_location), only those that are set
   * @param dolbyVision none where the video carries none, and in files that an earlier release has
   *     looked at
   * @param closedCaptions whether there are captions inside the pictures, as of broadcasts; false
   *     in such files
   */
  record Video(
      int index,
      String codec,
      String profile,
      int width,
      int height,
      int rotation,
      String pixelFormat,
      double averageFrameRate,
      double baseFrameRate,
      String fieldOrder,
      double durationSeconds,
      long frames,
      HdrKind hdr,
      Map<String, String> colour,
      Map<String, String> tags,
      List<String> dispositions,
      DolbyVision dolbyVision,
      boolean closedCaptions)
      implements MediaStream {

    public Video {
      dolbyVision = Objects.requireNonNullElseGet(dolbyVision, DolbyVision::none);
    }

    /** Without a record of Dolby Vision, and without captions. */
    public Video(
        int index,
        String codec,
        String profile,
        int width,
        int height,
        int rotation,
        String pixelFormat,
        double averageFrameRate,
        double baseFrameRate,
        String fieldOrder,
        double durationSeconds,
        long frames,
        HdrKind hdr,
        Map<String, String> colour,
        Map<String, String> tags,
        List<String> dispositions) {
      this(
          index,
          codec,
          profile,
          width,
          height,
          rotation,
          pixelFormat,
          averageFrameRate,
          baseFrameRate,
          fieldOrder,
          durationSeconds,
          frames,
          hdr,
          colour,
          tags,
          dispositions,
          DolbyVision.none(),
          false);
    }

    private static final Set<String> INTERLACED = Set.of("tt", "bb", "tb", "bt");

    /** What 10 bits of 4:2:0 hold but for half of the colours' resolution and more. */
    private static final Set<String> MORE_CHROMA =
        Set.of(
            "yuv411p",
            "yuv422p",
            "yuvj422p",
            "yuv440p",
            "yuv444p",
            "yuvj444p",
            "yuv422p10le",
            "yuv422p10be",
            "yuv440p10le",
            "yuv444p10le",
            "yuv444p10be",
            "uyvy422",
            "yuyv422");

    private static final Set<String> STILL_CODECS =
        Set.of("mjpeg", "png", "gif", "bmp", "webp", "tiff");

    /** Whether its frames are two fields, of two times. */
    public boolean isInterlaced() {
      // DV camcorders know nothing else, and ffprobe does not say so of their files.
      return INTERLACED.contains(fieldOrder) || (codec.equals("dvvideo") && fieldOrder.isEmpty());
    }

    /** Whether its frames come at varying distances, so that their number says little. */
    public boolean variesInRate() {
      return averageFrameRate <= 0
          || Math.abs(averageFrameRate - baseFrameRate) > 0.005 * baseFrameRate;
    }

    /** Whether colours have more resolution than in 4:2:0, and nothing else is beyond 10 bits. */
    public boolean hasMoreChroma() {
      return MORE_CHROMA.contains(pixelFormat);
    }

    /** What its colours say that it is, without all dynamic metadata: SDR, HDR10 or HLG. */
    public HdrKind plainRange() {
      return HdrKind.ofTransfer(colour.getOrDefault("color_transfer", ""));
    }

    /** Width in pixels as players show it, and as ffmpeg hands it to an encoder. */
    public int shownWidth() {
      return isOnItsSide() ? height : width;
    }

    /** Height in pixels as players show it, and as ffmpeg hands it to an encoder. */
    public int shownHeight() {
      return isOnItsSide() ? width : height;
    }

    private boolean isOnItsSide() {
      return rotation == 90 || rotation == 270;
    }

    /** Whether this is a cover or another still picture, not the film. */
    public boolean isPicture() {
      return dispositions.contains("attached_pic")
          || dispositions.contains("still_image")
          || (STILL_CODECS.contains(codec) && hasOneFrame());
    }

    private boolean hasOneFrame() {
      if (frames > 0) {
        return frames == 1;
      }
      return averageFrameRate == 0
          || (durationSeconds > 0 && durationSeconds * averageFrameRate < 1.5);
    }
  }

  /**
   * An audio stream.
   *
   * @param channels at least 0
   * @param channelLayout ffmpeg's name; empty when unknown
   * @param bitrate in bits per second, as the container says; 0 when unknown, and of files that an
   *     earlier release has looked at
   */
  record Audio(
      int index,
      String codec,
      String profile,
      int channels,
      String channelLayout,
      long bitrate,
      Map<String, String> tags,
      List<String> dispositions)
      implements MediaStream {

    private static final Set<String> LOSSLESS =
        Set.of("flac", "alac", "truehd", "mlp", "wavpack", "tta", "ape");

    /** Of unknown bitrate. */
    public Audio(
        int index,
        String codec,
        String profile,
        int channels,
        String channelLayout,
        Map<String, String> tags,
        List<String> dispositions) {
      this(index, codec, profile, channels, channelLayout, 0, tags, dispositions);
    }

    /**
     * Whether nothing of the sound was given up. ffprobe calls DTS-HD Master Audio {@code dts}, and
     * tells it by its profile.
     */
    public boolean isLossless() {
      return LOSSLESS.contains(codec)
          || codec.startsWith("pcm_")
          || (codec.equals("dts") && profile.startsWith("DTS-HD MA"));
    }

    /** Whether it carries Dolby Atmos, whose objects no other codec keeps. */
    public boolean isAtmos() {
      return (profile + " " + tags.getOrDefault("title", ""))
          .toLowerCase(Locale.ROOT)
          .contains("atmos");
    }
  }

  /** A subtitle stream. */
  record Subtitle(int index, String codec, Map<String, String> tags, List<String> dispositions)
      implements MediaStream {}

  /** An attachment of a Matroska file: a font or a cover. */
  record Attachment(int index, String codec, Map<String, String> tags, List<String> dispositions)
      implements MediaStream {}

  /** Timecodes, chapters as a track, unknown data. */
  record Data(
      int index, String codec, String codecTag, Map<String, String> tags, List<String> dispositions)
      implements MediaStream {}
}
