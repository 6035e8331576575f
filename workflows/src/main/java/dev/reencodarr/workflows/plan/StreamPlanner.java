package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.PlannedStream.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides for every stream of a file what becomes of it.
 *
 * <p>ab-av1 maps all streams, copies them, and encodes the first video stream of its output. So
 * what must not come along is taken out of the map again, pictures before the film among it, and
 * covers come back as what the container calls a cover.
 */
final class StreamPlanner {

  /** Text subtitles that Matroska has no name for; as SubRip they lose nothing but style. */
  private static final Set<String> BECOMES_SUBRIP = Set.of("mov_text", "text");

  /** What MP4 has a name of its own for. */
  private static final Set<String> BECOMES_MOV_TEXT = Set.of("subrip", "srt", "text");

  private static final Set<String> MATROSKA_SUBTITLES =
      Set.of(
          "subrip",
          "srt",
          "ass",
          "ssa",
          "webvtt",
          "hdmv_pgs_subtitle",
          "hdmv_text_subtitle",
          "dvd_subtitle",
          "dvb_subtitle",
          "arib_caption");

  private static final Set<String> NOT_FOR_MATROSKA =
      Set.of("", "unknown", "none", "pcm_bluray", "pcm_dvd", "aac_latm", "s302m", "apac");

  private static final Map<String, String> FILE_EXTENSIONS =
      Map.of("mjpeg", "jpg", "png", "png", "gif", "gif", "bmp", "bmp", "webp", "webp");

  /** Tags with figures of a stream's former encode, as mkvmerge writes them; they would lie. */
  private static final List<String> FIGURES =
      List.of("bps", "number_of_frames", "number_of_bytes", "_statistics");

  private final Container container;
  private final MediaFacts facts;
  private final MediaStream.Video film;
  private final FilmPlan picture;
  private final Encoder.Codec codec;
  private final Treatment treatment;
  private final List<PlannedStream> planned = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final List<String> afterwards = new ArrayList<>();
  private final List<String> prepare = new ArrayList<>();
  private int videos;
  private int sounds;
  private int subtitles;
  private int attachments;

  private StreamPlanner(
      Container container,
      MediaFacts facts,
      MediaStream.Video film,
      FilmPlan picture,
      Encoder.Codec codec,
      Treatment treatment) {
    this.container = container;
    this.facts = facts;
    this.film = film;
    this.picture = picture;
    this.codec = codec;
    this.treatment = treatment;
  }

  /**
   * @throws UnsupportedStream if a stream that somebody would miss fits into no container
   */
  static StreamPlan plan(
      Container container,
      MediaFacts facts,
      MediaStream.Video film,
      FilmPlan picture,
      Encoder.Codec codec,
      Treatment treatment) {
    StreamPlanner planner = new StreamPlanner(container, facts, film, picture, codec, treatment);
    facts.streams().stream()
        .sorted(Comparator.comparingInt(MediaStream::index))
        .forEach(planner::decide);
    facts.streams().stream()
        .filter(stream -> planner.isCoverToAttach(stream))
        .forEach(planner::attach);
    return planner.finish();
  }

  private StreamPlan finish() {
    // Said for one stream, this stops ffmpeg from making up default flags for others.
    enc("disposition:v:0=" + flags(film));
    if (isChromaMoved() && codec == Encoder.Codec.AV1) {
      enc("bsf:v:0=av1_metadata=chroma_sample_position=colocated");
    }
    if (codec == Encoder.Codec.HEVC && container == Container.MP4) {
      // What Apple's players know it by.
      enc("tag:v:0=hvc1");
    }
    forgetFigures(film, "v:0");
    arguments.addAll(afterwards);
    return new StreamPlan(List.copyOf(planned), List.copyOf(arguments), List.copyOf(prepare));
  }

  /** Where colours lie is forgotten on the way to 10 bits; players take the left for granted. */
  private boolean isChromaMoved() {
    return film.colour().getOrDefault("chroma_location", "").equals("topleft")
        && film.pixelFormat().equals("yuv420p");
  }

  private void forgetFigures(MediaStream stream, String specifier) {
    for (String tag : stream.tags().keySet()) {
      if (FIGURES.stream().anyMatch(tag::startsWith)) {
        enc("metadata:s:" + specifier + "=" + tag + "=");
      }
    }
  }

  private static String flags(MediaStream stream) {
    return stream.dispositions().isEmpty() ? "0" : String.join("+", stream.dispositions());
  }

  private void decide(MediaStream stream) {
    switch (stream) {
      case MediaStream.Video video when video.index() == film.index() ->
          decideFilm(video, Action.ENCODE, codec.ffprobeName(), picture.reason());
      case MediaStream.Video video when !video.isPicture() ->
          decideFilm(video, Action.COPY, video.codec(), "a further film stays as it is");
      case MediaStream.Video still -> decidePicture(still);
      case MediaStream.Audio audio -> decideAudio(audio);
      case MediaStream.Subtitle subtitle -> decideSubtitle(subtitle);
      case MediaStream.Attachment attachment -> decideAttachment(attachment);
      case MediaStream.Data data -> {
        enc("map=-0:" + data.index());
        keep(data, "data", Action.DROP, "", whyDropped(data));
      }
    }
  }

  private void decideFilm(MediaStream.Video video, Action action, String codec, String reason) {
    title(video, "v:" + videos);
    keep(video, "video", action, codec, reason);
    videos++;
  }

  /** Of MP4 most players show the name of the handler as the title. */
  private void title(MediaStream stream, String specifier) {
    String title = stream.tags().getOrDefault("title", "");
    if (container == Container.MP4 && !title.isEmpty()) {
      enc("metadata:s:" + specifier + "=handler_name=" + title);
    }
  }

  private void decidePicture(MediaStream.Video picture) {
    if (container == Container.MATROSKA) {
      enc("map=-0:" + picture.index());
      keep(picture, "video", Action.COVER, picture.codec(), "kept as an attached picture");
    } else {
      if (picture.index() < film.index()) {
        enc("map=-0:" + picture.index());
        afterwards.addAll(List.of("--enc", "map=0:" + picture.index()));
      } else {
        videos++;
      }
      keep(picture, "video", Action.COVER, picture.codec(), "");
    }
  }

  private void decideAudio(MediaStream.Audio track) {
    switch (OpusChoice.of(track, treatment.audio())) {
      case OpusChoice.Copy copy -> {
        if (NOT_FOR_MATROSKA.contains(track.codec())) {
          throw new UnsupportedStream("audio", track);
        }
        keep(track, "audio", Action.COPY, track.codec(), copy.why());
      }
      case OpusChoice.Opus opus -> {
        enc("c:a:" + sounds + "=libopus");
        enc("b:a:" + sounds + "=" + opus.kilobits() + "k");
        if (!opus.layout().isEmpty()) {
          enc("filter:a:" + sounds + "=aformat=channel_layouts=" + opus.layout());
        }
        forgetFigures(track, "a:" + sounds);
        keep(track, "audio", Action.CONVERT, "opus", opus.why());
      }
    }
    title(track, "a:" + sounds);
    sounds++;
  }

  private void decideSubtitle(MediaStream.Subtitle subtitle) {
    if (container == Container.MATROSKA && BECOMES_SUBRIP.contains(subtitle.codec())) {
      enc("c:s:" + subtitles + "=srt");
      keep(
          subtitle,
          "subtitle",
          Action.CONVERT,
          "subrip",
          subtitle.codec() + " becomes SubRip: Matroska cannot hold it");
    } else if (container == Container.MP4 && BECOMES_MOV_TEXT.contains(subtitle.codec())) {
      enc("c:s:" + subtitles + "=mov_text");
      keep(
          subtitle,
          "subtitle",
          Action.CONVERT,
          "mov_text",
          subtitle.codec()
              + " becomes mov_text: MP4 knows no other text; places on the screen are lost");
    } else if (container == Container.MATROSKA && !MATROSKA_SUBTITLES.contains(subtitle.codec())) {
      throw new UnsupportedStream("subtitle", subtitle);
    } else {
      keep(subtitle, "subtitle", Action.COPY, subtitle.codec(), "");
    }
    title(subtitle, "s:" + subtitles);
    subtitles++;
  }

  /** Matroska refuses attachments without a name or a type. */
  private void decideAttachment(MediaStream.Attachment attachment) {
    if (!attachment.tags().containsKey("filename")) {
      enc("metadata:s:t:" + attachments + "=filename=attachment-" + attachment.index());
    }
    if (!attachment.tags().containsKey("mimetype")) {
      enc("metadata:s:t:" + attachments + "=mimetype=application/octet-stream");
    }
    keep(attachment, "attachment", Action.COPY, attachment.codec(), "");
    attachments++;
  }

  private boolean isCoverToAttach(MediaStream stream) {
    return container == Container.MATROSKA
        && stream instanceof MediaStream.Video video
        && video.isPicture();
  }

  /**
   * ffmpeg writes a mapped cover into Matroska as a video track that players show; only a file can
   * become an attachment again.
   */
  private void attach(MediaStream cover) {
    String extension = FILE_EXTENSIONS.getOrDefault(cover.codec(), cover.codec());
    String file = "cover-" + cover.index() + "." + extension;
    prepare.addAll(
        List.of("-map", "0:" + cover.index(), "-c", "copy", "-frames:v", "1", "-update", "1"));
    prepare.addAll(List.of("-f", "image2", file));

    String name = cover.tags().getOrDefault("filename", "cover." + extension);
    String type = cover.codec().equals("mjpeg") ? "jpeg" : cover.codec();
    afterwards.addAll(List.of("--enc", "attach=" + file));
    afterwards.addAll(List.of("--enc", "metadata:s:t:" + attachments + "=filename=" + name));
    afterwards.addAll(List.of("--enc", "metadata:s:t:" + attachments + "=mimetype=image/" + type));
    attachments++;
  }

  private String whyDropped(MediaStream.Data data) {
    return switch (data.codecTag()) {
      case "tmcd" ->
          film.tags().containsKey("timecode")
              ? "a timecode track: its timecode is written anew"
              : "a timecode track: ffmpeg cannot copy it beside an encoded film";
      case "text" -> "chapters as a track: they are written anew as chapters";
      default -> "data (" + data.codec() + ") that no player shows";
    };
  }

  private void enc(String argument) {
    arguments.addAll(List.of("--enc", argument));
  }

  private void keep(MediaStream stream, String type, Action action, String codec, String reason) {
    boolean isWhyNotMp4 =
        treatment.container() == Treatment.ContainerChoice.MP4
            && container != Container.MP4
            && !Container.mp4Holds(stream, facts, treatment);
    String all =
        Stream.of(reason, isWhyNotMp4 ? "no MP4, which cannot hold it" : "")
            .filter(one -> !one.isEmpty())
            .collect(Collectors.joining("; "));
    planned.add(new PlannedStream(stream.index(), type, action, codec, all));
  }
}
