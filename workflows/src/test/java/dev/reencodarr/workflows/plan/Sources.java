package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.SourceIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Facts of made-up files. */
public final class Sources {

  public static final String MATROSKA = "matroska,webm";
  public static final String MP4 = "mov,mp4,m4a,3gp,3g2,mj2";

  private Sources() {}

  public static FileFacts file(long size) {
    return new FileFacts(new SourceIdentity(size, Instant.EPOCH, "abc"), 1, false);
  }

  public static MediaFacts media(String format, MediaStream... streams) {
    return new MediaFacts(format, 0, 3600, 1L << 30, List.of(streams), 0, Map.of());
  }

  public static MediaStream.Video film(int index) {
    return film(index, "h264", "yuv420p", "progressive", HdrKind.SDR);
  }

  public static MediaStream.Video film(
      int index, String codec, String pixelFormat, String fieldOrder, HdrKind hdr) {
    return new MediaStream.Video(
        index,
        codec,
        "",
        1920,
        1080,
        0,
        pixelFormat,
        24,
        24,
        fieldOrder,
        0,
        0,
        hdr,
        Map.of(),
        Map.of(),
        List.of("default"));
  }

  public static MediaStream.Video film(int index, int width, int height) {
    return new MediaStream.Video(
        index,
        "h264",
        "",
        width,
        height,
        0,
        "yuv420p",
        24,
        24,
        "progressive",
        0,
        0,
        HdrKind.SDR,
        Map.of(),
        Map.of(),
        List.of("default"));
  }

  public static MediaStream.Video cover(int index, String codec) {
    return new MediaStream.Video(
        index,
        codec,
        "",
        600,
        900,
        0,
        "yuvj420p",
        0,
        90_000,
        "",
        0,
        0,
        HdrKind.SDR,
        Map.of(),
        Map.of("filename", "cover art.jpg"),
        List.of("attached_pic"));
  }

  public static MediaStream.Audio audio(int index, String codec) {
    return new MediaStream.Audio(index, codec, "", 2, "stereo", Map.of(), List.of());
  }

  public static MediaStream.Subtitle subtitle(int index, String codec) {
    return new MediaStream.Subtitle(index, codec, Map.of(), List.of());
  }

  public static MediaStream.Attachment font(int index, Map<String, String> tags) {
    return new MediaStream.Attachment(index, "ttf", tags, List.of());
  }

  public static MediaStream.Data data(int index, String tag) {
    return new MediaStream.Data(index, "bin_data", tag, Map.of(), List.of());
  }
}
