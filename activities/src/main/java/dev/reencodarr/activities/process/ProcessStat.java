package dev.reencodarr.activities.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of {@code /proc/PID/stat}.
 *
 * @param state as in ps: R, S, D, T, Z …
 * @param cpuTicks user and system time of the process and of its children that were waited for, in
 *     clock ticks
 * @param startTime in clock ticks since boot; with the pid it names a process for as long as the
 *     machine is up
 */
record ProcessStat(long pid, char state, long parent, long session, long cpuTicks, long startTime) {

  private static final Path PROC = Path.of("/proc");

  /** The process with this pid, if there is one. */
  static Optional<ProcessStat> of(long pid) {
    return read(PROC.resolve(Long.toString(pid)).resolve("stat"));
  }

  private static Optional<ProcessStat> read(Path file) {
    try {
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // Gone, or going: the kernel answers ESRCH to a read that comes too late.
      return Optional.empty();
    }
  }

  /** Every process that can be seen. */
  static List<ProcessStat> all() {
    List<ProcessStat> all = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        of(Long.parseLong(folder.getFileName().toString())).ifPresent(all::add);
      }
    } catch (IOException e) {
      throw new IllegalStateException("/proc cannot be read", e);
    }
    return all;
  }

  /** Reads a line; the name in brackets may itself hold spaces and brackets. */
  static Optional<ProcessStat> parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    if (open < 1 || close < open) {
      return Optional.empty();
    }
    String[] fields = line.substring(close + 1).strip().split(" ");
    if (fields.length < 20) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessStat(
            Long.parseLong(line.substring(0, open).strip()),
            fields[0].charAt(0),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[3]),
            ticks(fields, 11) + ticks(fields, 12) + ticks(fields, 13) + ticks(fields, 14),
            Long.parseLong(fields[19])));
  }

  private static long ticks(String[] fields, int index) {
    return Long.parseLong(fields[index]);
  }

  /** Whether it still does anything: a zombie does not. */
  boolean isAlive() {
    return state != 'Z' && state != 'X';
  }

  /**
   * Whether any of its threads runs, or would if it had a processor. The state of the process is
   * that of its first thread, which in ffmpeg waits for the others.
   */
  boolean isRunnable() {
    Path threads = PROC.resolve(Long.toString(pid)).resolve("task");
    try (Stream<Path> each = Files.list(threads)) {
      return each.anyMatch(
          thread -> read(thread.resolve("stat")).filter(one -> one.state == 'R').isPresent());
    } catch (IOException | UncheckedIOException e) {
      // It has ended meanwhile.
      return false;
    }
  }

  /** Whether it was stopped by a signal. */
  boolean isStopped() {
    return state == 'T';
  }

  /**
   * Whether it stands still because a child does that was stopped between vfork(2) and execve(2):
   * until that goes on, it cannot so much as take the signal that was sent to it.
   */
  boolean awaitsStopped(List<ProcessStat> others) {
    return state == 'D'
        && others.stream().anyMatch(other -> other.parent == pid && other.isStopped());
  }

  /** Whether this is the same process, not another that was given its pid. */
  boolean isSameProcess(ProcessStat other) {
    return pid == other.pid && startTime == other.startTime;
  }
}
