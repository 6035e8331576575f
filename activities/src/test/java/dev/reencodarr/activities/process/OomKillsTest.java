package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    try (NarrowCgroup cgroup = NarrowCgroup.of(20 << 20)) {
      OomKills kills = cgroup.kills(root);
      long before = kills.count().orElseThrow();

      Process greedy =
          new ProcessBuilder("/bin/sh", "-c", cgroup.entered() + "exec tail /dev/zero")
              .inheritIO()
              .start();

      assertThat(greedy.waitFor()).isEqualTo(137);
      assertThat(kills.count().orElseThrow()).isGreaterThan(before);
    }
  }
}
