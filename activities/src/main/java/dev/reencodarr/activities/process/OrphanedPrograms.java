package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Programs that we have started and that nobody waits for: what a tool left when it was killed, or
 * what a worker left that was killed where no namespace holds its programs. One of ours is known by
 * two signs together: it works in a job or probe folder, and it has the environment that we give.
 */
public final class OrphanedPrograms {

  private static final Path PROC = Path.of("/proc");
  private static final String DELETED = " (deleted)";

  private final JobFolders folders;
  private final List<Path> places;
  private final String home;

  /**
   * @param workFolder of this worker; no other worker has it
   */
  public OrphanedPrograms(JobFolders folders, Path workFolder) throws IOException {
    Path work = workFolder.toRealPath();
    this.folders = folders;
    this.places = List.of(work.resolve("jobs"), work.resolve("probes"));
    this.home = "HOME=" + work.resolve("home");
  }

  /**
   * A program with everything that it has started.
   *
   * @param folder that it works in, which may be gone
   * @param command the first words of its command line
   */
  public record Orphan(long pid, long startTime, Path folder, String command) {}

  /** Those that live now. Nobody may start jobs meanwhile: the caller holds their lock. */
  public List<Orphan> find() throws IOException {
    List<ProcessStat> all = ProcessStat.all();
    Map<Long, ProcessStat> byPid = new HashMap<>();
    all.forEach(process -> byPid.put(process.pid(), process));
    Set<Path> attached = runningJobs();
    Map<Long, Path> orphans = new HashMap<>();
    for (ProcessStat process : all) {
      folderOf(process)
          .filter(folder -> !attached.contains(folder))
          .filter(_ -> process.isAlive() && isOurs(process) && !isChildOfThis(process, byPid))
          .ifPresent(folder -> orphans.put(process.pid(), folder));
    }
    List<Orphan> roots = new ArrayList<>();
    for (ProcessStat process : all) {
      Path folder = orphans.get(process.pid());
      if (folder != null && !orphans.containsKey(process.parent())) {
        roots.add(new Orphan(process.pid(), process.startTime(), folder, commandOf(process.pid())));
      }
    }
    return roots;
  }

  private Set<Path> runningJobs() throws IOException {
    Set<Path> running = new HashSet<>();
    for (JobFolder folder : folders.all()) {
      if (DetachedJob.in(folder).isRunning()) {
        running.add(folder.path());
      }
    }
    return running;
  }

  /** The job or probe folder that it works in, or below. */
  private Optional<Path> folderOf(ProcessStat process) {
    try {
      String at = Files.readSymbolicLink(proc(process.pid()).resolve("cwd")).toString();
      Path folder =
          Path.of(at.endsWith(DELETED) ? at.substring(0, at.length() - DELETED.length()) : at);
      return places.stream()
          .filter(place -> folder.startsWith(place) && !folder.equals(place))
          .map(place -> place.resolve(place.relativize(folder).getName(0)))
          .findFirst();
    } catch (IOException e) {
      // It is gone, or another user's.
      return Optional.empty();
    }
  }

  private boolean isOurs(ProcessStat process) {
    try {
      String environment =
          Files.readString(proc(process.pid()).resolve("environ"), StandardCharsets.UTF_8);
      return List.of(environment.split("\0", -1)).contains(home);
    } catch (IOException e) {
      // It is gone, another user's, or its environment is no text: not known to be ours.
      return false;
    }
  }

  private static boolean isChildOfThis(ProcessStat process, Map<Long, ProcessStat> byPid) {
    long self = ProcessHandle.current().pid();
    Set<Long> seen = new HashSet<>();
    ProcessStat at = process;
    while (at != null && seen.add(at.pid())) {
      if (at.parent() == self) {
        return true;
      }
      at = byPid.get(at.parent());
    }
    return false;
  }

  private static String commandOf(long pid) {
    try {
      String line = Files.readString(proc(pid).resolve("cmdline"), StandardCharsets.ISO_8859_1);
      List<String> words = List.of(line.split("\0", -1));
      Path program = Path.of(words.getFirst()).getFileName();
      return program == null ? "" : program.toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static Path proc(long pid) {
    return PROC.resolve(Long.toString(pid));
  }

  /**
   * Ends one with all that it has started: SIGINT, and after the patience SIGKILL.
   *
   * @return whether nothing of it lives any more
   */
  public boolean end(Orphan orphan, Duration patience) {
    ProcessTree tree =
        new ProcessTree(
            orphan.pid(),
            false,
            process -> process.pid() != orphan.pid() || process.startTime() == orphan.startTime());
    return tree.end(patience);
  }

  /** Whether any program works in this folder, or below. */
  public static boolean worksIn(Path folder) {
    return ProcessStat.all().stream()
        .filter(ProcessStat::isAlive)
        .anyMatch(process -> {
          try {
            return Files.readSymbolicLink(proc(process.pid()).resolve("cwd")).startsWith(folder);
          } catch (IOException e) {
            return false;
          }
        });
  }
}
