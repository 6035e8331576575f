package dev.reencodarr.bench.stack;

import dev.reencodarr.starter.Home;
import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.starter.stack.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The processes of one home, found by the stack's own records and by where they work. */
public final class HomeProcesses {

  private final Home home;
  private final RunFolder run;

  public HomeProcesses(Home home) {
    this.home = home;
    this.run = new RunFolder(home.run());
  }

  public Optional<ProcessId> supervisor() {
    return run.supervisor();
  }

  /** A member of the stack: worker, temporal or postgres. */
  public List<ProcessId> member(String name) {
    return Optional.ofNullable(run.members().get(name)).filter(ProcessId::isAlive).stream()
        .toList();
  }

  /** The same with all that it has started. */
  public List<ProcessId> tree(String name) {
    return member(name).stream().flatMap(HomeProcesses::tree).toList();
  }

  private static Stream<ProcessId> tree(ProcessId root) {
    return Stream.concat(
        Stream.of(root),
        root.handle().stream()
            .flatMap(ProcessHandle::descendants)
            .flatMap(each -> ProcessId.of(each.pid()).stream()));
  }

  /** Tools at work in the work folder, by the name of the program or of its script. */
  public List<ProcessId> tools(String program) throws IOException {
    List<ProcessId> found = new ArrayList<>();
    for (Path process : processes()) {
      if (worksBelow(home.work(), process) && isCalled(program, process)) {
        ProcessId.of(pid(process)).ifPresent(found::add);
      }
    }
    return List.copyOf(found);
  }

  /** Whatever works in the home without being the stack or started by a part of it. */
  public List<String> orphans() throws IOException {
    Set<Long> ours = new HashSet<>();
    run.supervisor().ifPresent(root -> ours.add(root.pid()));
    run.members().values().stream()
        .filter(ProcessId::isAlive)
        .forEach(root -> tree(root).forEach(each -> ours.add(each.pid())));
    List<String> orphans = new ArrayList<>();
    for (Path process : processes()) {
      boolean job = worksBelow(home.work(), process);
      // What a member has started may work anywhere; a job of a film that has ended may not.
      if (ProcessId.of(pid(process)).isPresent()
          && (job || (worksBelow(home.folder(), process) && !ours.contains(pid(process))))) {
        orphans.add(pid(process) + " " + String.join(" ", words(process)));
      }
    }
    return List.copyOf(orphans);
  }

  private static List<Path> processes() throws IOException {
    List<Path> processes = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      all.forEach(processes::add);
    }
    return processes;
  }

  private static long pid(Path process) {
    return Long.parseLong(process.getFileName().toString());
  }

  private static boolean worksBelow(Path folder, Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
    } catch (IOException e) {
      // It is gone, or a kernel's or another user's.
      return false;
    }
  }

  /** A script stands after its interpreter. */
  private static boolean isCalled(String program, Path process) {
    return words(process).stream()
        .limit(2)
        .anyMatch(word -> word.equals(program) || word.endsWith("/" + program));
  }

  private static List<String> words(Path process) {
    try {
      String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return List.of(line.split("\0", -1));
    } catch (IOException e) {
      return List.of();
    }
  }
}
