package dev.reencodarr.activities.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.search.ProbeRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sees to it that the film is sampled. ab-av1 and ffmpeg choose the video stream of a sample
 * themselves, and a cover that comes first or is larger than the film misleads them; and where a
 * clock begins late they look for samples beyond the end. Then the film alone is copied out.
 */
final class SampledFilm {

  private static final Duration LIMIT = Duration.ofHours(3);
  private static final int STDOUT_LIMIT = 256 * 1024;

  /** What a clock may begin late: the last sample ends well before the film does. */
  private static final double BEARABLE_SECONDS = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ProgramRunner runner;
  private final ToolSet tools;

  SampledFilm(ProgramRunner runner, ToolSet tools) {
    this.runner = runner;
    this.tools = tools;
  }

  /**
   * The file to take samples of: the source, or a copy of its film in the same folder.
   *
   * @param length empty where ffprobe does not tell it
   */
  record Film(Path file, Optional<FilmLength> length) {}

  Film within(ProbeFolder folder, ProbeRequest request, Runnable everySecond)
      throws IOException, InterruptedException {
    if (request.silentSeconds() <= BEARABLE_SECONDS) {
      JsonNode answer = ask(folder, folder.source(), everySecond);
      if (isWhatWouldBeChosen(answer, request)) {
        return new Film(folder.source(), FilmLength.of(answer));
      }
    }
    Path film = copied(folder, request, everySecond);
    return new Film(film, FilmLength.of(ask(folder, film, everySecond)));
  }

  private Path copied(ProbeFolder folder, ProbeRequest request, Runnable everySecond)
      throws IOException, InterruptedException {
    Path film = folder.path().resolve("film.mkv");
    succeed(
        folder,
        everySecond,
        List.of(
            tools.ffmpeg().toString(),
            "-nostdin",
            "-v",
            "error",
            "-i",
            folder.source().toString(),
            "-map",
            "0:" + request.mainVideoIndex(),
            "-c",
            "copy",
            film.toString()));
    return film;
  }

  private JsonNode ask(ProbeFolder folder, Path file, Runnable everySecond)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            tools.ffprobe().toString(),
            "-v",
            "error",
            "-select_streams",
            "v",
            "-show_entries",
            "stream=index,avg_frame_rate,r_frame_rate:stream_disposition=attached_pic"
                + ":format=duration,size",
            "-of",
            "json",
            "-i",
            file.toString());
    return answer(command, succeed(folder, everySecond, command));
  }

  /** Attached pictures are passed over by ffmpeg, provided that the film comes first. */
  private static boolean isWhatWouldBeChosen(JsonNode answer, ProbeRequest request) {
    List<JsonNode> videos = new ArrayList<>();
    answer.path("streams").forEach(videos::add);
    return !videos.isEmpty()
        && videos.getFirst().path("index").asInt(-1) == request.mainVideoIndex()
        && videos.stream()
            .skip(1)
            .allMatch(video -> video.path("disposition").path("attached_pic").asInt() == 1);
  }

  private static JsonNode answer(List<String> command, ProgramEnd end) {
    try {
      return JSON.readTree(end.stdout());
    } catch (JsonProcessingException e) {
      throw fault(
          EvidenceKind.UNREADABLE_ANSWER, "ffprobe's answer cannot be understood", command, end);
    }
  }

  private ProgramEnd succeed(ProbeFolder folder, Runnable everySecond, List<String> command)
      throws IOException, InterruptedException {
    ProgramEnd end =
        runner.run(
            new ProgramCall(command, folder.path(), Map.of(), LIMIT, STDOUT_LIMIT, true),
            everySecond);
    if (!end.succeeded()) {
      throw fault(
          end.timedOut() ? EvidenceKind.TIME_LIMIT : EvidenceKind.PROCESS_EXIT,
          "the film could not be prepared for samples",
          command,
          end);
    }
    return end;
  }

  private static RuntimeException fault(
      EvidenceKind kind, String message, List<String> command, ProgramEnd end) {
    return Faults.of(
        new Evidence(kind, message, end.exitCode(), end.signal(), command, end.stderr(), Map.of()));
  }
}
