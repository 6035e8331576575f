package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OomKillsTest {

  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private OptionalLong count() {
    return new OomKills(root).count();
  }

  @Test
  void theCgroupOfTheWorkerCountsBeforeTheMachine() throws Exception {
    write("proc/vmstat", "pgfault 1\noom_kill 7\n");
    assertThat(count()).hasValue(7);

    write("proc/self/cgroup", "9:name=systemd:/\n4:cpu,memory:/a/b\n0::/c\n");
    write("sys/fs/cgroup/memory/memory.oom_control", "under_oom 0\noom_kill 5\n");
    assertThat(count()).as("version 1, seen from a container").hasValue(5);

    write("sys/fs/cgroup/memory/a/b/memory.oom_control", "under_oom 0\noom_kill 3\n");
    assertThat(count()).as("version 1").hasValue(3);

    write("proc/self/cgroup", "0::/c\n");
    write("sys/fs/cgroup/c/memory.events", "oom 4\noom_kill 2\noom_group_kill 0\n");
    assertThat(count()).as("version 2").hasValue(2);
  }

  @Test
  void whereNothingCountsItIsUnknown() throws Exception {
    assertThat(count()).isEmpty();
    write("proc/self/cgroup", "0::/\nnonsense\n");
    write("proc/vmstat", "pgfault 1\n");
    assertThat(count()).isEmpty();
  }

  /** The kernel kills a real program, in a cgroup of its own that may take 20 MB. */
  @Test
  void aProgramThatTheKernelKillsForWantOfMemoryIsCounted() throws Exception {
    Optional<Path> made = narrowCgroup();
    assumeTrue(made.isPresent(), "no memory cgroup may be made here: not root, or none mounted");
    Path cgroup = made.get();
    try {
      write("proc/self/cgroup", "0::/narrow\n4:memory:/narrow\n");
      Files.createDirectories(root.resolve("sys/fs/cgroup/memory"));
      Files.createSymbolicLink(root.resolve("sys/fs/cgroup/narrow"), cgroup);
      Files.createSymbolicLink(root.resolve("sys/fs/cgroup/memory/narrow"), cgroup);
      long before = count().orElseThrow();

      Process greedy =
          new ProcessBuilder(
                  "/bin/sh",
                  "-c",
                  "echo $$ >\"$1\" && exec tail /dev/zero",
                  "sh",
                  cgroup.resolve("cgroup.procs").toString())
              .inheritIO()
              .start();

      assertThat(greedy.waitFor()).isEqualTo(137);
      assertThat(count().orElseThrow()).isGreaterThan(before);
    } finally {
      Files.delete(cgroup);
    }
  }

  private static Optional<Path> narrowCgroup() throws IOException {
    for (String[] version :
        new String[][] {
          {"/sys/fs/cgroup", "memory.max"}, {"/sys/fs/cgroup/memory", "memory.limit_in_bytes"}
        }) {
      Path cgroup = Path.of(version[0], "reencodarr-test-" + ProcessHandle.current().pid());
      try {
        Files.createDirectory(cgroup);
        Path limit = cgroup.resolve(version[1]);
        if (Files.exists(limit)) {
          Files.writeString(limit, "20971520");
          return Optional.of(cgroup);
        }
        // A folder like any other: the hierarchy of this version is not mounted here.
        Files.delete(cgroup);
      } catch (IOException e) {
        // Not ours to make; the other version may be.
        Files.deleteIfExists(cgroup);
      }
    }
    return Optional.empty();
  }
}
