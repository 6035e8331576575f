package dev.reencodarr.activities.sync.arr;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Paths as the programs call them, which may run under Windows. */
final class TheirPath {

  private static final Pattern WINDOWS = Pattern.compile("(?s)(?:[A-Za-z]:[\\\\/]|\\\\\\\\).*");

  /** More is on no shelf of films, and in no index of ours. */
  private static final int MOST_BYTES = 2_000;

  private TheirPath() {}

  /** Absolute, without steps upwards, and a name that can be on a disk and travel. */
  static boolean isUsable(String path) {
    boolean isWindows = WINDOWS.matcher(path).matches();
    return (isWindows || path.startsWith("/"))
        && path.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
        && path.indexOf('\0') < 0
        && path.indexOf('\uFFFD') < 0
        && path.codePoints().noneMatch(TheirPath::isHalf)
        && Arrays.stream(path.split(isWindows ? "[\\\\/]" : "/", -1))
            .noneMatch(segment -> segment.equals("..") || segment.equals("."));
  }

  private static boolean isHalf(int letter) {
    return letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
  }

  /** The path below a folder. */
  static String below(String folder, String relative) {
    String separator = folder.startsWith("/") || folder.indexOf('\\') < 0 ? "/" : "\\";
    return folder.endsWith(separator) ? folder + relative : folder + separator + relative;
  }
}
