package dev.reencodarr.starter.process;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One process for good: a pid alone is given to another process sooner or later.
 *
 * @param startTicks when it started, in clock ticks since the boot
 * @param bootId of the boot that it belongs to
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProcessId(long pid, long startTicks, String bootId) {

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int START_TIME_FIELD = 22;
  private static final long POLL_MILLIS = 50;

  /** This process itself. */
  public static ProcessId ofThis() {
    return of(ProcessHandle.current().pid())
        .orElseThrow(() -> new IllegalStateException("/proc does not show this process"));
  }

  /** The living process that has this pid now. */
  public static Optional<ProcessId> of(long pid) {
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      // The name in parentheses may hold blanks and parentheses itself.
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      if (afterName[0].equals("Z")) {
        return Optional.empty();
      }
      long ticks = Long.parseLong(afterName[START_TIME_FIELD - 3]);
      return Optional.of(new ProcessId(pid, ticks, Files.readString(BOOT_ID).strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @JsonIgnore
  public boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /** The process, where it still is this one. */
  public Optional<ProcessHandle> handle() {
    return isAlive() ? ProcessHandle.of(pid) : Optional.empty();
  }

  /** Waits until it has ended; false when the time has passed before. */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }
}
