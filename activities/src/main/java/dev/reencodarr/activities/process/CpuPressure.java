package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much the programs of this machine have to wait for its processors: by the kernel's pressure
 * figures, or where it keeps none by the load average.
 */
public final class CpuPressure {

  /** More than this share of the time something has waited for a processor. */
  private static final double MUCH_WAITING = 0.5;

  /** So many programs a core that want to run, well above one. */
  private static final double MUCH_LOAD = 1.5;

  /** Of one core. Who gets less, though it wants to run, is starved. */
  private static final double LITTLE = 0.5;

  /** Of {@code /proc/PID/stat}; the same on every Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Pattern WAITED = Pattern.compile("(?m)^some .*total=(\\d+)$");
  private static final Pattern LOAD = Pattern.compile("^([\\d.]+) ");

  private final Path proc;
  private final int cores;

  /** Of this machine. */
  public CpuPressure() {
    this(Path.of("/proc"), Runtime.getRuntime().availableProcessors());
  }

  CpuPressure(Path proc, int cores) {
    this.proc = proc;
    this.cores = cores;
  }

  /**
   * A moment to measure from.
   *
   * @param waitedMicros for which something had waited by then; empty where the kernel does not say
   */
  public record Mark(long nanoTime, OptionalLong waitedMicros) {

    private double seconds() {
      return Math.max(0.001, (System.nanoTime() - nanoTime) / 1e9);
    }
  }

  /** Now. */
  public Mark mark() {
    return new Mark(System.nanoTime(), waited());
  }

  /**
   * Whether a program that wanted to run has hardly got a processor, because others had them.
   *
   * @param ticks of CPU time that it was given since the mark
   */
  public boolean starves(Mark since, long ticks) {
    return ticks < LITTLE * TICKS_PER_SECOND * since.seconds() && wasHigh(since);
  }

  private boolean wasHigh(Mark since) {
    OptionalLong now = waited();
    if (now.isPresent() && since.waitedMicros().isPresent()) {
      double waiting = (now.getAsLong() - since.waitedMicros().getAsLong()) / 1e6;
      return waiting > MUCH_WAITING * since.seconds();
    }
    OptionalDouble load = load();
    return load.isPresent() && load.getAsDouble() > MUCH_LOAD * cores;
  }

  private OptionalLong waited() {
    Matcher matcher = WAITED.matcher(read("pressure/cpu"));
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  private OptionalDouble load() {
    Matcher matcher = LOAD.matcher(read("loadavg"));
    return matcher.find()
        ? OptionalDouble.of(Double.parseDouble(matcher.group(1)))
        : OptionalDouble.empty();
  }

  private String read(String file) {
    try {
      return Files.readString(proc.resolve(file), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      // Kernels may be built without pressure figures, or have them switched off.
      return "";
    }
  }
}
