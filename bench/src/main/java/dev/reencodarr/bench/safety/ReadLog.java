package dev.reencodarr.bench.safety;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts what was read of a file, in the lines of {@code strace -f -y}. */
final class ReadLog {

  private static final Pattern BEGUN = Pattern.compile("^(\\d+) +\\w+\\(\\d+<([^>]*)>.*");
  private static final Pattern RESUMED = Pattern.compile("^(\\d+) +<\\.\\.\\. .* resumed>.*");
  private static final Pattern BYTES = Pattern.compile(".*\\) += (\\d+)$");
  private static final String UNFINISHED = "<unfinished ...>";

  private ReadLog() {}

  /**
   * Bytes that were read under a file name, in whatever folder.
   *
   * @param fileName without blanks or what strace would write in another way
   */
  static long bytesOf(String fileName, List<String> lines) {
    Map<String, String> waiting = new HashMap<>();
    long bytes = 0;
    for (String line : lines) {
      Matcher begun = BEGUN.matcher(line);
      Matcher resumed = RESUMED.matcher(line);
      if (begun.matches() && line.endsWith(UNFINISHED)) {
        waiting.put(begun.group(1), begun.group(2));
      } else if (begun.matches()) {
        bytes += bytes(line, begun.group(2), fileName);
      } else if (resumed.matches()) {
        String path = waiting.getOrDefault(resumed.group(1), "");
        waiting.remove(resumed.group(1));
        bytes += bytes(line, path, fileName);
      }
    }
    return bytes;
  }

  private static long bytes(String line, String path, String fileName) {
    Matcher bytes = BYTES.matcher(line);
    return path.endsWith("/" + fileName) && bytes.matches() ? Long.parseLong(bytes.group(1)) : 0;
  }
}
