package dev.reencodarr.bench.library;

import dev.reencodarr.starter.tools.ToolPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Tools that stand before the real ones. Whatever is heavy they sleep through, and hand out what a
 * real one made before; everything else, the questions whether they are fit among it, they pass on.
 * Each notes from when to when it was at work.
 */
final class SleepingTools {

  private final Path folder;
  private final Path log;

  private SleepingTools(Path folder, Path log) {
    this.folder = folder;
    this.log = log;
  }

  /**
   * Writes them.
   *
   * @param result of an encode, the answer to every order of one
   */
  static SleepingTools layOut(Path folder, ToolPaths real, Path result) throws IOException {
    SleepingTools tools = new SleepingTools(folder, folder.resolve("at-work"));
    tools.write("ab-av1", AB_AV1, real.abAv1(), result);
    tools.write("ffmpeg", FFMPEG, real.ffmpeg(), result);
    tools.write("ffprobe", FFPROBE, real.ffprobe(), result);
    return tools;
  }

  /** To stand first on PATH. */
  Path folder() {
    return folder;
  }

  /** Forgets what was noted until now. */
  void forget() throws IOException {
    Files.deleteIfExists(log);
  }

  /** Seconds during which at least one was at work. */
  double secondsAtWork() throws IOException {
    return TimesAtWork.parse(Files.readAllLines(log)).covered();
  }

  private void write(String name, String script, Path real, Path result) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        script
            .replace("@REAL@", quoted(real))
            .replace("@RESULT@", quoted(result))
            .replace("@LOG@", quoted(log)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }

  /** The score falls with the CRF as real ones do: 94.4 at 37.5, 95.1 at 35. */
  private static final String AB_AV1 =
      """
      #!/bin/sh
      read -r begin _ </proc/uptime
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
      if [ "$order" = encode ]; then
        sleep 0.5
        cp @RESULT@ "$output"
        printf 'frame=48\\nfps=48\\nout_time_us=2000000\\ntotal_size=1\\nprogress=end\\n' >progress
      else
        sleep 0.3
        awk -v crf="$crf" 'BEGIN {
          printf "{\\"crf\\":%s,\\"from_cache\\":false,\\"predicted_encode_percent\\":%.3f,", crf, 80 - crf
          printf "\\"predicted_encode_seconds\\":1.0,\\"predicted_encode_size\\":100000,"
          printf "\\"type\\":\\"sample-encode-done\\",\\"vmaf\\":%.4f}\\n", 100 - 0.004 * crf * crf
        }'
      fi
      read -r end _ </proc/uptime
      echo "$begin $end" >>@LOG@
      """;

  private static final String FFMPEG =
      """
      #!/bin/sh
      read -r begin _ </proc/uptime
      case " $* " in
        *" -filter_complex "*libvmaf*) ;;
        *) exec @REAL@ "$@" ;;
      esac
      sleep 0.2
      echo "VMAF score: 95.100000" >&2
      read -r end _ </proc/uptime
      echo "$begin $end" >>@LOG@
      """;

  private static final String FFPROBE =
      """
      #!/bin/sh
      read -r begin _ </proc/uptime
      @REAL@ "$@"
      code=$?
      read -r end _ </proc/uptime
      echo "$begin $end" >>@LOG@
      exit $code
      """;
}
