package dev.reencodarr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What figures were measured on; without its name. */
final class Machine {

  private static final Pattern CPU = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
  private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB");
  private static final double GB_PER_KIB = 1024 / 1e9;

  private Machine() {}

  /** Cores, CPU, memory, JDK, and what else ran on it during the minute before. */
  static String inALine() throws IOException {
    Matcher cpu = CPU.matcher(Files.readString(Path.of("/proc/cpuinfo")));
    Matcher memory = MEMORY.matcher(Files.readString(Path.of("/proc/meminfo")));
    return String.format(
        Locale.ROOT,
        "%d cores (%s), %.1f GB, Linux %s, Java %s; load before: %s",
        Runtime.getRuntime().availableProcessors(),
        cpu.find() ? cpu.group(1).strip() : "unknown",
        memory.find() ? Long.parseLong(memory.group(1)) * GB_PER_KIB : 0,
        System.getProperty("os.version"),
        System.getProperty("java.version"),
        Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]);
  }
}
