package dev.reencodarr.bench.chaos;

import dev.reencodarr.starter.tools.ToolPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * Tools that stand before the real ones. Each note of an encode's beginning tells whose it was.
 * Stand-ins for an encode are two programs, as the real ones are: ab-av1 that waits for ffmpeg,
 * which writes half of a result made before, takes its time, and writes the rest and the number of
 * its source.
 */
final class StandIns {

  private final Path folder;
  private final Path log;

  private StandIns(Path folder) {
    this.folder = folder;
    this.log = folder.resolve("encodes");
  }

  /**
   * Writes them.
   *
   * @param results of the stock
   * @param encode whether the real encoder works; then beginnings are noted and no more
   */
  static StandIns layOut(Path folder, ToolPaths real, Path results, boolean encode)
      throws IOException {
    StandIns tools = new StandIns(folder);
    if (encode) {
      tools.write("ab-av1", NOTING_AB_AV1, real.abAv1(), results);
    } else {
      tools.write("ab-av1", AB_AV1, real.abAv1(), results);
      tools.write("ffmpeg", FFMPEG, real.ffmpeg(), results);
    }
    return tools;
  }

  /** To stand first on PATH. */
  Path folder() {
    return folder;
  }

  /** How often an encode of each film was begun, by the film's number. */
  Map<Integer, Integer> launches() throws IOException {
    Map<Integer, Integer> launches = new HashMap<>();
    if (Files.exists(log)) {
      for (String line : Files.readAllLines(log)) {
        launches.merge(Integer.parseInt(line), 1, Integer::sum);
      }
    }
    return Map.copyOf(launches);
  }

  private void write(String name, String script, Path real, Path results) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        script
            .replace("@REAL@", quoted(real))
            .replace("@RESULTS@", quoted(results))
            .replace("@FFMPEG@", quoted(folder.resolve("ffmpeg")))
            .replace("@LOG@", quoted(log)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }

  private static final String NOTING_AB_AV1 =
      """
      #!/bin/sh
      if [ "${1:-}" = encode ]; then
        echo "$(tail -c 8 src.*)" >>@LOG@
      fi
      exec @REAL@ "$@"
      """;

  /** The score falls with the CRF as real ones do: 94.4 at 37.5, 95.1 at 35. */
  private static final String AB_AV1 =
      """
      #!/bin/sh
      crf=
      output=
      order=${1:-}
      case $order in
        sample-encode | encode) ;;
        *) exec @REAL@ "$@" ;;
      esac
      while [ $# -gt 0 ]; do
        case $1 in
          --crf) crf=$2 ;;
          --output) output=$2 ;;
        esac
        shift
      done
      number=$(tail -c 8 src.*)
      if [ "$order" = encode ]; then
        echo "$number" >>@LOG@
        @FFMPEG@ stand-in-encode "$number" "$output"
        code=$?
        if [ $code -ne 0 ]; then
          [ $code -lt 128 ] || code=None
          echo "Error: ffmpeg encode exit code $code" >&2
          exit 1
        fi
      else
        @FFMPEG@ stand-in-sample || { echo "Error: ffmpeg sample exit code None" >&2; exit 1; }
        awk -v crf="$crf" 'BEGIN {
          printf "{\\"crf\\":%s,\\"from_cache\\":false,\\"predicted_encode_percent\\":%.3f,", crf, 80 - crf
          printf "\\"predicted_encode_seconds\\":1.0,\\"predicted_encode_size\\":100000,"
          printf "\\"type\\":\\"sample-encode-done\\",\\"vmaf\\":%.4f}\\n", 100 - 0.004 * crf * crf
        }'
      fi
      """;

  /** An encode takes 0.2 to 3 seconds, by the number of the film. */
  private static final String FFMPEG =
      """
      #!/bin/sh
      case " $* " in
        " stand-in-encode "*) ;;
        " stand-in-sample "*)
          sleep 0.2
          exit ;;
        *" -filter_complex "*libvmaf*)
          sleep 0.1
          echo "VMAF score: 95.100000" >&2
          exit ;;
        *) exec @REAL@ "$@" ;;
      esac
      set -e
      number=$2
      output=$3
      source=$(echo src.*)
      result=$(echo @RESULTS@/"${source#src.}".*)
      half=$(($(wc -c <"$result") / 2))
      pause=$(awk -v number="$number" 'BEGIN { print 0.2 + (number * 7919 % 29) / 10 }')
      head -c $half "$result" >"$output"
      printf 'frame=24\\nfps=48\\nout_time_us=1000000\\ntotal_size=1\\nprogress=continue\\n' >progress
      sleep "$pause"
      tail -c +$((half + 1)) "$result" >>"$output"
      case $output in
        *.mp4) printf '\\000\\000\\000\\020free%s' "$number" >>"$output" ;;
        *) printf '\\354\\210%s' "$number" >>"$output" ;;
      esac
      printf 'frame=48\\nfps=48\\nout_time_us=2000000\\ntotal_size=1\\nprogress=end\\n' >progress
      """;
}
