package dev.reencodarr.bench.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * CPU time of a process, by {@code /proc/PID/stat}.
 *
 * @param own of the process itself, in seconds
 * @param ofChildren of its children that have ended and that it waited for, in seconds
 */
record CpuTime(double own, double ofChildren) {

  static final CpuTime NONE = new CpuTime(0, 0);

  /** What the kernel shows is in hundredths on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  /** Counted from the state, which follows the name. */
  private static final int USER = 11;

  /** Of a process; empty if it is gone. */
  static Optional<CpuTime> of(long pid) {
    try {
      return Optional.of(
          parse(
              Files.readString(
                  Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Of all processes that this one has started and waited for. */
  static double ofOurChildren() {
    try {
      return parse(Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1))
          .ofChildren();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a line; the name in brackets may itself hold blanks and brackets. */
  static CpuTime parse(String line) {
    List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1));
    return new CpuTime(
        (ticks(fields, USER) + ticks(fields, USER + 1)) / TICKS_PER_SECOND,
        (ticks(fields, USER + 2) + ticks(fields, USER + 3)) / TICKS_PER_SECOND);
  }

  private static long ticks(List<String> fields, int index) {
    return Long.parseLong(fields.get(index));
  }

  CpuTime plus(CpuTime other) {
    return new CpuTime(own + other.own, ofChildren + other.ofChildren);
  }
}
