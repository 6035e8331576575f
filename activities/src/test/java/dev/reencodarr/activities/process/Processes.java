package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Looks at real processes from outside. */
public final class Processes {

  private Processes() {}

  /** A word for a command line by which its processes are found again. */
  public static String marker() {
    return "marker-" + UUID.randomUUID();
  }

  /** The living processes whose command line or working directory holds the text. */
  public static List<Long> living(String text) {
    return ProcessStat.all().stream()
        .filter(ProcessStat::isAlive)
        .map(ProcessStat::pid)
        .filter(pid -> commandLine(pid).contains(text) || folder(pid).contains(text))
        .toList();
  }

  /** The command line, arguments separated by NUL; empty if the process is gone. */
  public static String commandLine(long pid) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static String folder(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd")).toString();
    } catch (IOException e) {
      return "";
    }
  }

  public static void kill(long pid) {
    Signals.send(pid, Signals.KILL);
  }

  public static void signal(long pid, int signal) {
    Signals.send(pid, signal);
  }

  public static void stop(long pid) {
    Signals.send(pid, Signals.STOP);
  }

  /** Whether it stands still, by a signal or because its child does before it is a program. */
  public static boolean isStopped(long pid) {
    return ProcessStat.of(pid)
        .filter(it -> it.isStopped() || it.awaitsStopped(ProcessStat.all()))
        .isPresent();
  }

  public static void resume(long pid) {
    Signals.send(pid, Signals.CONTINUE);
  }

  /** Waits for a condition; fails the test when it does not come true in time. */
  public static void await(String what, Duration limit, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + limit + ": " + what);
      }
      Thread.sleep(20);
    }
  }
}
