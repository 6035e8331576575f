package dev.reencodarr.bench.library;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.stack.Ended;
import dev.reencodarr.bench.stack.TimedProgram;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The peer: {@code ab-av1 auto-encode --verify} of one clip after the other. At nice 19, as ours:
 * on a busy machine the comparison would else be one of priorities.
 */
final class AutoEncodeLoop {

  static final String NAME = "loop of ab-av1 auto-encode, nice 19";

  private final Workplace place;
  private final Path results;

  AutoEncodeLoop(Workplace place) throws IOException {
    this.place = place;
    this.results = place.folder("results of the loop");
  }

  /**
   * What came of a clip.
   *
   * @param bytes of its result; 0 where ab-av1 found no CRF for it
   */
  record Result(double seconds, long bytes) {
    boolean isEncoded() {
      return bytes > 0;
    }
  }

  /** Goes through them, with the same target, preset and scoring as ours. */
  Map<Path, Result> run(List<Path> clips) throws NoFigure, IOException, InterruptedException {
    Map<Path, Result> all = new LinkedHashMap<>();
    TimedProgram programs = new TimedProgram(results, place.toolPath());
    for (Path clip : clips) {
      Path result = results.resolve(clip.getFileName());
      Ended ended = programs.run(command(clip, result));
      boolean encoded = Files.exists(result);
      if (!encoded && !ended.err().contains("Failed to find a suitable crf")) {
        throw new NoFigure("the loop stopped at " + clip + ": " + ended.err());
      }
      all.put(clip, new Result(ended.seconds(), encoded ? Files.size(result) : 0));
    }
    return all;
  }

  private List<String> command(Path clip, Path result) {
    return List.of(
        "nice",
        "-n",
        "19",
        place.tools().abAv1().toString(),
        "auto-encode",
        "--input",
        clip.toString(),
        "--output",
        result.toString(),
        "--preset",
        "8",
        "--min-vmaf",
        "95",
        "--vmaf-scale",
        "none",
        "--max-encoded-percent",
        "90",
        "--cache",
        "false",
        "--verify");
  }
}
