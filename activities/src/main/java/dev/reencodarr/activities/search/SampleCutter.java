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
import dev.reencodarr.workflows.plan.SamplePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Cuts samples out of a film as ab-av1 does, without encoding anything. */
final class SampleCutter {

  private static final Duration LIMIT = Duration.ofHours(3);
  private static final int STDOUT_LIMIT = 64 * 1024;

  /** What ab-av1 does not score: ffmpeg has found nothing there, though it does not say so. */
  private static final long TOO_SMALL = 1024;

  /** Of films whose packets have no times: then they are counted. */
  private static final String NO_TIMES = "Can't write packet with unknown timestamp";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ProgramRunner runner;
  private final ToolSet tools;

  SampleCutter(ProgramRunner runner, ToolSet tools) {
    this.runner = runner;
    this.tools = tools;
  }

  /**
   * Cuts the samples into the probe's folder for them.
   *
   * @return empty where the film is measured whole, and where it cannot be cut: ab-av1 will tell
   *     why
   */
  Optional<CutSamples> cut(
      ProbeFolder folder, SampledFilm.Film film, SamplePlan plan, Runnable everySecond)
      throws IOException, InterruptedException {
    if (film.length().isEmpty()) {
      return Optional.empty();
    }
    FilmLength length = film.length().get();
    List<SampleCut> cuts = SampleCut.of(plan, length);
    if (cuts.isEmpty()) {
      return Optional.empty();
    }
    Files.createDirectory(folder.samples());
    List<CutSamples.Sample> samples = new ArrayList<>();
    for (SampleCut cut : cuts) {
      Path file = folder.samples().resolve((samples.size() + 1) + ".mkv");
      if (!isCut(folder, film.file(), cut, file, everySecond)) {
        return Optional.empty();
      }
      OptionalLong nanos = nanosOf(folder, file, everySecond);
      if (nanos.isEmpty()) {
        return Optional.empty();
      }
      samples.add(
          new CutSamples.Sample(
              file.getFileName().toString(), Files.size(file), nanos.getAsLong()));
    }
    CutSamples whole = new CutSamples(length, extension(film.file()), samples);
    whole.write(folder.samples());
    return Optional.of(whole);
  }

  private static String extension(Path film) {
    return film.toString().endsWith(".mp4") ? "mp4" : "mkv";
  }

  private boolean isCut(
      ProbeFolder folder, Path film, SampleCut cut, Path file, Runnable everySecond)
      throws IOException, InterruptedException {
    ProgramEnd end = run(folder, command(List.of(), film, cut, file), everySecond);
    if (!end.succeeded() && end.stderr().contains(NO_TIMES)) {
      end = run(folder, command(List.of("-fflags", "+genpts"), film, cut, file), everySecond);
    }
    if (end.timedOut()) {
      throw Faults.of(
          new Evidence(
              EvidenceKind.TIME_LIMIT,
              "a sample could not be cut within " + LIMIT,
              end.exitCode(),
              end.signal(),
              command(List.of(), film, cut, file),
              end.stderr(),
              Map.of()));
    }
    return end.succeeded() && Files.size(file) > TOO_SMALL;
  }

  private List<String> command(List<String> first, Path film, SampleCut cut, Path file) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(tools.ffmpeg().toString(), "-nostdin", "-v", "error", "-y"));
    command.addAll(first);
    command.addAll(List.of("-ss", cut.start(), "-i", film.toString()));
    command.addAll(List.of("-frames:v", Long.toString(cut.frames())));
    command.addAll(List.of("-c:v", "copy", "-an", "-sn", file.toString()));
    return List.copyOf(command);
  }

  /** Nanoseconds of a film's duration; empty where ffprobe does not tell it. */
  OptionalLong nanosOf(ProbeFolder folder, Path film, Runnable everySecond)
      throws IOException, InterruptedException {
    ProgramEnd end =
        run(
            folder,
            List.of(
                tools.ffprobe().toString(),
                "-v",
                "error",
                "-show_entries",
                "format=duration",
                "-of",
                "json",
                "-i",
                film.toString()),
            everySecond);
    try {
      JsonNode duration = JSON.readTree(end.stdout()).path("format").path("duration");
      long nanos = FilmLength.nanos(duration.asText());
      return nanos > 0 ? OptionalLong.of(nanos) : OptionalLong.empty();
    } catch (JsonProcessingException | ArithmeticException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private ProgramEnd run(ProbeFolder folder, List<String> command, Runnable everySecond)
      throws IOException, InterruptedException {
    return runner.run(
        new ProgramCall(command, folder.path(), Map.of(), LIMIT, STDOUT_LIMIT, true), everySecond);
  }
}
