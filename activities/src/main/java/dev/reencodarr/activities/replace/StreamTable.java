package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.plan.PlannedStream;
import dev.reencodarr.workflows.plan.PlannedStream.Action;
import dev.reencodarr.workflows.replace.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the streams of a result with the plan. Tracks keep the source's order; attachments and
 * covers come where the container puts them, so those are compared among themselves.
 */
final class StreamTable {

  private static final String MATROSKA = "matroska,webm";
  private static final String TIMECODE = "timecode";

  private final Judged judged;
  private final Map<Integer, MediaStream> sourceStreams;

  /** A stream of the source and what was planned for it. */
  private record Expected(PlannedStream plan, MediaStream source) {}

  StreamTable(Judged judged) {
    this.judged = judged;
    this.sourceStreams =
        judged.source().streams().stream()
            .collect(Collectors.toMap(MediaStream::index, stream -> stream));
  }

  Optional<Verdict.Refused> check() {
    List<Expected> kept = expected();
    List<Expected> tracks =
        kept.stream().filter(each -> !isCover(each) && !isAttachment(each.source())).toList();
    List<MediaStream> found = tracksOfResult();
    return count(tracks, found)
        .or(() -> eachTrack(tracks, found))
        .or(() -> attachments(kept))
        .or(() -> covers(kept))
        .or(this::chapters)
        .or(() -> defaults(tracks, found));
  }

  private List<Expected> expected() {
    List<Expected> expected = new ArrayList<>();
    for (PlannedStream plan : judged.request().plan().streams()) {
      MediaStream source = sourceStreams.get(plan.sourceIndex());
      if (plan.action() != Action.DROP && source != null) {
        expected.add(new Expected(plan, source));
      }
    }
    return expected;
  }

  private static boolean isCover(Expected each) {
    return each.plan().action() == Action.COVER || isPicture(each.source());
  }

  private static boolean isAttachment(MediaStream stream) {
    return stream instanceof MediaStream.Attachment;
  }

  private static boolean isPicture(MediaStream stream) {
    return stream instanceof MediaStream.Video video && video.isPicture();
  }

  private List<MediaStream> tracksOfResult() {
    return judged.result().streams().stream()
        .filter(stream -> !isAttachment(stream) && !isPicture(stream) && !isWrittenAnew(stream))
        .toList();
  }

  /** ffmpeg writes chapters and a timecode into MP4 as tracks too, for players of Apple's. */
  private boolean isWrittenAnew(MediaStream stream) {
    return stream instanceof MediaStream.Data data
        && switch (data.codecTag()) {
          case "text" -> judged.source().chapters() > 0;
          case "tmcd" -> !tag(judged.sourceVideo(), TIMECODE).isEmpty();
          default -> false;
        };
  }

  private static Optional<Verdict.Refused> count(List<Expected> tracks, List<MediaStream> found) {
    String wanted = types(tracks.stream().map(Expected::source));
    String is = types(found.stream());
    return wanted.equals(is)
        ? Judged.fine()
        : refused("the tracks are " + is + " instead of " + wanted);
  }

  private static String types(Stream<MediaStream> streams) {
    return streams.map(StreamTable::type).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String type(MediaStream stream) {
    return switch (stream) {
      case MediaStream.Video video -> "video";
      case MediaStream.Audio audio -> "audio";
      case MediaStream.Subtitle subtitle -> "subtitle";
      case MediaStream.Attachment attachment -> "attachment";
      case MediaStream.Data data -> "data";
    };
  }

  private Optional<Verdict.Refused> eachTrack(List<Expected> tracks, List<MediaStream> found) {
    for (int number = 0; number < tracks.size(); number++) {
      Optional<String> wrong = difference(tracks.get(number), found.get(number));
      if (wrong.isPresent()) {
        return refused("track " + number + ", " + wrong.get());
      }
    }
    return Judged.fine();
  }

  private Optional<String> difference(Expected expected, MediaStream found) {
    MediaStream source = expected.source();
    return unequal("codec", expected.plan().codec(), found.codec())
        .or(() -> unequal("channels", channels(expected, source), channels(expected, found)))
        .or(() -> unequal("language", language(source), language(found)))
        .or(() -> unequal("title", tag(source, "title"), title(found)))
        .or(() -> unequal(TIMECODE, timecode(source), tag(found, TIMECODE)))
        .or(() -> changed("forced", has(source, "forced"), has(found, "forced")))
        .or(() ->
            isOfMatroska() ? changed("flags", flags(source), flags(found)) : Optional.empty());
  }

  /** Sound keeps its channels, also as Opus. */
  private static String channels(Expected expected, MediaStream stream) {
    return expected.source() instanceof MediaStream.Audio
            && stream instanceof MediaStream.Audio audio
        ? Integer.toString(audio.channels())
        : "";
  }

  /** What the source does not say is not asked of the result. */
  private static Optional<String> unequal(String what, String wanted, String is) {
    return wanted.isEmpty() ? Optional.empty() : changed(what, wanted, is);
  }

  private static Optional<String> changed(String what, String wanted, String is) {
    return wanted.equals(is)
        ? Optional.empty()
        : Optional.of(what + ": " + said(is) + " instead of " + said(wanted));
  }

  private static String said(String text) {
    return text.isEmpty() ? "none" : text;
  }

  /** That of pictures: MP4 repeats it at every track, and ffmpeg writes it at no other. */
  private static String timecode(MediaStream stream) {
    return stream instanceof MediaStream.Video ? tag(stream, TIMECODE) : "";
  }

  private static String tag(MediaStream stream, String name) {
    return stream.tags().getOrDefault(name, "");
  }

  /** Of MP4 it is the name of the handler, as players show it. */
  private String title(MediaStream found) {
    boolean isOfMp4 = List.of(judged.result().formatName().split(",")).contains("mp4");
    return isOfMp4 && tag(found, "title").isEmpty()
        ? tag(found, "handler_name")
        : tag(found, "title");
  }

  private static String language(MediaStream stream) {
    return LanguageCode.normal(tag(stream, "language"));
  }

  /** Whether all that the source says of a track has a place in the result. */
  private boolean isOfMatroska() {
    return judged.source().formatName().equals(MATROSKA)
        && judged.result().formatName().equals(MATROSKA);
  }

  /** All but that of the default tracks, for which containers have rules of their own. */
  private static String flags(MediaStream stream) {
    return stream.dispositions().stream()
        .filter(flag -> !flag.equals("default"))
        .sorted()
        .collect(Collectors.joining("+"));
  }

  private static String has(MediaStream stream, String disposition) {
    return stream.dispositions().contains(disposition) ? disposition : "";
  }

  private Optional<Verdict.Refused> attachments(List<Expected> kept) {
    List<String> wanted =
        kept.stream()
            .filter(each -> !isCover(each))
            .map(Expected::source)
            .filter(StreamTable::isAttachment)
            .map(attachment -> tag(attachment, "filename"))
            .sorted()
            .toList();
    List<String> found =
        judged.result().streams().stream()
            .filter(StreamTable::isAttachment)
            .map(attachment -> tag(attachment, "filename"))
            .sorted()
            .collect(Collectors.toCollection(ArrayList::new));
    List<String> missing = new ArrayList<>(wanted);
    found.forEach(missing::remove);
    return missing.isEmpty() ? Judged.fine() : refused("attachments are missing: " + missing);
  }

  /** A cover may be an attachment or an attached picture, but it must be there. */
  private Optional<Verdict.Refused> covers(List<Expected> kept) {
    long wanted = kept.stream().filter(StreamTable::isCover).count();
    long attachments =
        kept.stream().filter(each -> !isCover(each) && isAttachment(each.source())).count();
    long found =
        judged.result().streams().stream()
            .filter(stream -> isPicture(stream) || isAttachment(stream))
            .count();
    return found == wanted + attachments
        ? Judged.fine()
        : refused((found - attachments) + " covers or further attachments instead of " + wanted);
  }

  private Optional<Verdict.Refused> chapters() {
    int wanted = judged.source().chapters();
    int found = judged.result().chapters();
    return wanted == found ? Judged.fine() : refused(found + " chapters instead of " + wanted);
  }

  /**
   * The default track of each kind. Where a source names none, containers make the first one the
   * default.
   */
  private static Optional<Verdict.Refused> defaults(
      List<Expected> tracks, List<MediaStream> found) {
    for (String type : List.of("video", "audio", "subtitle")) {
      List<Integer> wanted = new ArrayList<>();
      List<Integer> is = new ArrayList<>();
      for (int number = 0; number < tracks.size(); number++) {
        MediaStream source = tracks.get(number).source();
        if (type(source).equals(type)) {
          addIf(!has(source, "default").isEmpty(), number, wanted);
          addIf(!has(found.get(number), "default").isEmpty(), number, is);
        }
      }
      if (!wanted.isEmpty() && !Objects.equals(wanted, is)) {
        return refused("the default " + type + " tracks are " + is + " instead of " + wanted);
      }
    }
    return Judged.fine();
  }

  private static void addIf(boolean holds, int number, List<Integer> numbers) {
    if (holds) {
      numbers.add(number);
    }
  }

  private static Optional<Verdict.Refused> refused(String detail) {
    return Judged.refused(Verdict.Check.STREAM_TABLE, detail);
  }
}
