package dev.reencodarr.bench.stack;

import dev.reencodarr.starter.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the processes of a stack use, looked at once.
 *
 * @param members by name: supervisor, postgres, temporal, worker
 */
public record Footprint(Map<String, Member> members) {

  private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
  private static final double MB_PER_KIB = 1024 / 1e6;

  /**
   * One of them.
   *
   * @param residentMb its share of the machine's memory: pages that several use count in parts
   * @param cpuSeconds of its own processes since their start, those of PostgreSQL that have ended
   *     among them
   * @param childrenCpuSeconds of programs that it has run to their end
   */
  public record Member(double residentMb, double cpuSeconds, double childrenCpuSeconds) {}

  static Footprint of(Map<String, ProcessId> processes) {
    Map<String, Member> members = new LinkedHashMap<>();
    processes.forEach((name, process) -> members.put(name, look(name, process)));
    return new Footprint(Collections.unmodifiableMap(members));
  }

  private static Member look(String name, ProcessId process) {
    // PostgreSQL's children are PostgreSQL; those of the others are members themselves, or tools.
    boolean whole = name.equals("postgres");
    double resident = 0;
    CpuTime cpu = CpuTime.NONE;
    for (long pid : whole ? tree(process) : new long[] {process.pid()}) {
      resident += residentMb(pid);
      cpu = cpu.plus(CpuTime.of(pid).orElse(CpuTime.NONE));
    }
    return whole
        ? new Member(resident, cpu.own() + cpu.ofChildren(), 0)
        : new Member(resident, cpu.own(), cpu.ofChildren());
  }

  private static long[] tree(ProcessId process) {
    return process
        .handle()
        .map(handle ->
            Stream.concat(Stream.of(handle), handle.descendants())
                .mapToLong(ProcessHandle::pid)
                .toArray())
        .orElse(new long[0]);
  }

  private static double residentMb(long pid) {
    try {
      Matcher pss =
          PSS.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "smaps_rollup")));
      return pss.find() ? Long.parseLong(pss.group(1)) * MB_PER_KIB : 0;
    } catch (IOException e) {
      // It has ended since it was listed.
      return 0;
    }
  }

  /** Memory of all of them, in MB. */
  public double residentMb() {
    return members.values().stream().mapToDouble(Member::residentMb).sum();
  }

  /** CPU of all of them without the programs that they have run, in seconds. */
  public double cpuSeconds() {
    return members.values().stream().mapToDouble(Member::cpuSeconds).sum();
  }

  /** CPU of the programs that they have run to their end, in seconds. */
  public double childrenCpuSeconds() {
    return members.values().stream().mapToDouble(Member::childrenCpuSeconds).sum();
  }
}
