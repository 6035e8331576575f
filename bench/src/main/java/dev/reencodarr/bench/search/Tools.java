package dev.reencodarr.bench.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.stack.Ended;
import dev.reencodarr.bench.stack.TimedProgram;
import dev.reencodarr.bench.trial.Workplace;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.EncoderThreads;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** ab-av1 as both sides call it: the same encoder, arguments and scoring, at nice 19. */
final class Tools {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Workplace place;
  private final TimedProgram programs;

  Tools(Workplace place) throws IOException {
    this.place = place;
    this.programs = new TimedProgram(place.folder("tools"), place.toolPath());
  }

  /** A point, and what it took. */
  record Probed(SearchPoint point, double seconds, double cpuSeconds) {}

  Probed probe(Path film, ProbeSetting setting, double crf)
      throws NoFigure, IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(command("sample-encode", "--input", film.toString()));
    command.addAll(List.of("--crf", Double.toString(crf)));
    command.addAll(encoding(setting));
    command.addAll(setting.scoring().arguments());
    command.addAll(List.of("--cache", "false", "--stdout-format", "json"));
    Ended ended = programs.succeed(command);
    JsonNode done = json(last(ended.out()));
    return new Probed(
        new SearchPoint(
            crf,
            done.path("vmaf").asDouble(),
            done.path("predicted_encode_percent").asDouble(),
            done.path("predicted_encode_size").asLong(),
            done.path("predicted_encode_seconds").asDouble()),
        ended.seconds(),
        ended.cpuSeconds());
  }

  /**
   * The stock search.
   *
   * @param mostPercent larger results are refused
   */
  Ended crfSearch(Path film, ProbeSetting setting, double target, double mostPercent)
      throws NoFigure, IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(command("crf-search", "--input", film.toString()));
    command.addAll(List.of("--min-vmaf", Double.toString(target)));
    command.addAll(List.of("--max-encoded-percent", Double.toString(mostPercent)));
    command.addAll(encoding(setting));
    command.addAll(setting.scoring().arguments());
    command.addAll(List.of("--cache", "false", "--stdout-format", "json"));
    return programs.run(command);
  }

  /** Encodes a film; what is there already is not made again. */
  Path encode(Path film, ProbeSetting setting, double crf)
      throws NoFigure, IOException, InterruptedException {
    Path result = film.resolveSibling(film.getFileName() + " at " + crf + ".mkv");
    if (!Files.exists(result)) {
      List<String> command = new ArrayList<>();
      command.addAll(command("encode", "--input", film.toString()));
      command.addAll(List.of("--output", result.toString(), "--crf", Double.toString(crf)));
      command.addAll(encoding(setting));
      programs.succeed(command);
    }
    return result;
  }

  /** VMAF of every frame of the whole result. */
  double vmaf(Path film, Path result) throws NoFigure, IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(command("vmaf", "--reference", film.toString()));
    command.addAll(List.of("--distorted", result.toString()));
    return Double.parseDouble(programs.succeed(command).out().strip());
  }

  private List<String> command(String verb, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("nice", "-n", "19", place.tools().abAv1().toString(), verb));
    command.addAll(List.of(arguments));
    return command;
  }

  private List<String> encoding(ProbeSetting setting) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--encoder", setting.encoder().ffmpegName()));
    arguments.addAll(List.of("--preset", Integer.toString(setting.preset())));
    arguments.addAll(List.of("--pix-format", setting.pixelFormat()));
    arguments.addAll(EncoderThreads.arguments(Encoder.LIBSVTAV1, place.cores()));
    return arguments;
  }

  static JsonNode json(String line) throws NoFigure {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new NoFigure("ab-av1 said: " + line);
    }
  }

  private static String last(String lines) {
    return lines.lines().reduce("", (before, line) -> line);
  }
}
