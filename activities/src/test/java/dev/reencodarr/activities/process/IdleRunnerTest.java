package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleRunnerTest {

  @TempDir Path folder;

  private ProgramEnd run(String... arguments) throws Exception {
    return new IdleRunner(new BoundRunner(TestTools.tools(), folder.resolve("home")))
        .run(
            new ProgramCall(
                List.of(arguments), folder, Map.of(), Duration.ofMinutes(1), 4096, false),
            () -> {});
  }

  @Test
  void itsProgramsGiveWayToAllOthers() throws Exception {
    String told = run("/bin/sh", "-c", "chrt -p $$; nice; ionice -p $$").stdout();

    assertThat(told).contains("SCHED_IDLE", "\n19\n", "idle");
  }

  @Test
  void aProgramEndsAsItEnds() throws Exception {
    assertThat(run("/bin/sh", "-c", "exit 183").exitCode()).isEqualTo(183);
    assertThat(run("/bin/sh", "-c", "exit 139").signal()).isEqualTo(11);
  }

  @Test
  void aProgramThatIsNotThereIsAFaultOfTheWorker() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> run("/none/such"))
        .isInstanceOf(ProgramNotStarted.class)
        .hasMessageContaining("/none/such");
  }
}
