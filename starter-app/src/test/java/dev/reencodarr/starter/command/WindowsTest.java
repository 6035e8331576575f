package dev.reencodarr.starter.command;

import static dev.reencodarr.starter.command.CommandRun.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.WorkerRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows as they are typed, on a real database. */
class WindowsTest {

  private static final String NIGHTS = "mon-fri 22:00-07:00, sat-sun 00:00-24:00";

  private final Database database = TestDatabase.fresh();
  @TempDir private Path folder;

  private CommandRun run(String... typed) {
    return CommandRun.on(database, folder, typed);
  }

  @Test
  void whatIsSetIsListedUntilItIsCleared() throws IOException {
    assertThat(run("windows", "list").err()).contains("no windows: heavy work may always run");

    CommandRun set =
        run("windows", "set", NIGHTS, "--time-zone", "Europe/Berlin", "--ending", "finish");

    assertThat(set.exitCode()).isZero();
    assertThat(set.out())
        .startsWith("every machine: " + NIGHTS + " by the clocks of Europe/Berlin; ")
        .containsPattern("(open|closed) until \\w{3} ");
    assertThat(run("windows", "set", "00:00-24:00", "--host", "nas", "--time-zone", "UTC").err())
        .contains("no worker of host nas has reported itself");
    JsonNode all = run("windows", "list", "--format", "json").json();
    assertThat(keys(all.get(0)))
        .containsExactlyInAnyOrder(
            "zone",
            "host",
            "windows",
            "time_zone",
            "ending",
            "open",
            "changes_at",
            "set_on",
            "set_at");
    assertThat(all.get(0).get("ending").asText()).isEqualTo("finish");
    assertThat(all.get(1).get("host").asText()).isEqualTo("nas");
    assertThat(all.get(1).get("open").asBoolean()).isTrue();
    assertThat(all.get(1).get("changes_at").isNull()).isTrue();
    assertThat(run("windows", "list").out()).contains("host nas", "open always", NIGHTS);

    assertThat(run("windows", "clear").out()).contains("its windows are taken away");
    assertThat(run("windows", "clear").out()).contains("has no windows of its own");
    assertThat(run("windows", "list", "--format", "json").json()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mo 22:00-07:00 | UTC | stop | 'mo' is no day",
        "mon 22:00-07:00 | Europe/Atlantis | stop | 'Europe/Atlantis' is no time zone",
        "mon 22:00-07:00 | UTC | later | --ending is one of stop, finish, not 'later'"
      })
  void whatIsWrongIsSaidAtOnceAndNothingIsSet(
      String windows, String zone, String ending, String why) throws IOException {
    CommandRun set = run("windows", "set", windows, "--time-zone", zone, "--ending", ending);

    assertThat(set.exitCode()).isEqualTo(2);
    assertThat(set.err()).contains(why);
    assertThat(run("windows", "list", "--format", "json").json()).isEmpty();
  }

  @Test
  void windowsAreOfOneScope() {
    assertThat(run("windows", "set", NIGHTS, "--zone", "a", "--host", "b").err())
        .contains("only one of --zone ZONE, --host HOST or --all");
    assertThat(run("windows").exitCode()).isEqualTo(2);
  }

  @Test
  void statusAndDoctorSayWhyNothingRunsAndThatItIsNoFault() {
    String why = "outside its window until Mon 2026-11-30 22:00 (Europe/Berlin)";
    new WorkerRepository(database)
        .heartbeat(
            "nas",
            "default",
            List.of("encode-cpu@default"),
            Map.of("encode-cpu@default", why),
            why,
            new WorkerRepository.Power(1, 1),
            "0.1.0",
            Instant.now());

    assertThat(run("status").out()).contains("  HELD      " + why).doesNotContain("PAUSED");
    assertThat(run("doctor").out())
        .contains("nas is held: " + why)
        .doesNotContain("has stopped encode-cpu@default");
  }
}
