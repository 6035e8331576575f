package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The kernel's own count of processes that it has killed for want of memory: in the memory cgroup
 * that this process and its children are in, else on the whole machine. It only grows.
 */
public final class OomKills {

  private static final Pattern COUNT = Pattern.compile("(?m)^oom_kill (\\d+)$");

  private final Path root;

  /**
   * @param root under which {@code proc} and {@code sys} lie; {@code /} but in tests
   */
  public OomKills(Path root) {
    this.root = root;
  }

  /** The count now; empty where the kernel keeps none. */
  public OptionalLong count() {
    return counters().stream()
        .map(OomKills::read)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  /** The narrowest first. A container sees its own cgroup as the root, whatever its path is. */
  private List<Path> counters() {
    Path cgroups = root.resolve("sys/fs/cgroup");
    List<Path> counters = new ArrayList<>();
    for (String line : memberships()) {
      // hierarchy:controllers:path; version 2 is hierarchy 0 and names no controller.
      String[] parts = line.split(":", 3);
      if (parts.length < 3) {
        continue;
      }
      if (line.startsWith("0::")) {
        counters.add(inside(cgroups, parts[2]).resolve("memory.events"));
      } else if (List.of(parts[1].split(",", -1)).contains("memory")) {
        counters.add(inside(cgroups.resolve("memory"), parts[2]).resolve("memory.oom_control"));
        counters.add(cgroups.resolve("memory/memory.oom_control"));
      }
    }
    counters.add(root.resolve("proc/vmstat"));
    return counters;
  }

  private static Path inside(Path hierarchy, String path) {
    return hierarchy.resolve(path.replaceFirst("^/+", ""));
  }

  private List<String> memberships() {
    try (Stream<String> lines = Files.lines(root.resolve("proc/self/cgroup"))) {
      return lines.toList();
    } catch (IOException e) {
      // A kernel without cgroups: the machine's own count is left.
      return List.of();
    }
  }

  private static OptionalLong read(Path counter) {
    try {
      Matcher matcher = COUNT.matcher(Files.readString(counter, StandardCharsets.US_ASCII));
      return matcher.find()
          ? OptionalLong.of(Long.parseLong(matcher.group(1)))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
