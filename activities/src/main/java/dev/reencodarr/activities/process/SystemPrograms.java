package dev.reencodarr.activities.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the operating system that stand before ours: nice, setsid, unshare … */
final class SystemPrograms {

  private static final List<String> USUAL = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

  private SystemPrograms() {}

  /** Where a program is, by PATH and the usual folders. */
  static Optional<String> find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), USUAL.stream())
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder).resolve(name))
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .map(Path::toString)
        .findFirst();
  }

  /** Nice 19 and the idle I/O class, as far as the machine has the programs for it. */
  static List<String> quietly() {
    Stream<String> nice = find("nice").stream().flatMap(it -> Stream.of(it, "-n", "19"));
    // -t: a container may forbid it, and work goes on without.
    Stream<String> ionice = find("ionice").stream().flatMap(it -> Stream.of(it, "-t", "-c", "3"));
    return Stream.concat(nice, ionice).toList();
  }
}
