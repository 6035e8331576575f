package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.workflows.plan.Goal;
import dev.reencodarr.workflows.plan.LadderEnd;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.plan.SettingsInvalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {

  @TempDir private Path home;

  private SettingsFile read(String yaml, Map<String, String> environment) throws IOException {
    Files.writeString(home.resolve("settings.yaml"), yaml);
    return SettingsFile.read(home, environment);
  }

  private static SettingValue value(SettingsFile file, SettingKey key) {
    return file.values().stream().filter(value -> value.key() == key).findFirst().orElseThrow();
  }

  @Test
  void withoutAFileTheDefaultsOfTheCodeHold() {
    Settings settings = SettingsFile.read(home, Map.of()).settings();

    assertThat(settings.quality()).isEqualTo(QualitySettings.defaults());
    assertThat(settings.limits())
        .isEqualTo(
            new Settings.Limits(
                5L << 30, 300, new Settings.Pace(0.05, 1800), 7, 10, 10, false, false, 14));
    assertThat(settings.intake().stillSeconds()).isEqualTo(2);
    assertThat(settings.intake().videoExtensions()).contains("mkv", "mp4", "mpg", "avi");
    assertThat(settings.place().zone()).isEqualTo("default");
    assertThat(settings.place().host()).isNotBlank();
    assertThat(settings.connections().databaseUrl()).isEmpty();
    assertThat(settings.webhooks().address()).isEmpty();
  }

  @Test
  void whereWebhooksAreHeardMayBeAnyAddress() throws IOException {
    for (String address : List.of("0.0.0.0:9797", "nas.local:65535", "[::]:80")) {
      assertThat(
              read("webhook_address: '" + address + "'\n", Map.of())
                  .settings()
                  .webhooks()
                  .address())
          .contains(address);
    }
    assertThat(
            read("webhook_public_url: https://nas/reencodarr\n", Map.of())
                .settings()
                .webhooks()
                .publicUrl())
        .contains("https://nas/reencodarr");
  }

  @Test
  void theTableOfTheDocsIsTheTableOfTheCode() throws IOException {
    List<String> rows =
        Arrays.stream(SettingKey.values())
            .map(key ->
                "| `%s` | %s | %s |"
                    .formatted(
                        key.key(),
                        key.standard().isEmpty() ? "" : "`" + key.standard() + "`",
                        key.why()))
            .toList();

    List<String> documented =
        Files.readAllLines(Path.of("../docs/settings.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(documented).isEqualTo(rows);
  }

  @Test
  void theFileIsLaidOverTheDefaultsAndTheEnvironmentOverBoth() throws IOException {
    SettingsFile file =
        read(
            """
            # what we want
            goal: time
            presets: [6, 4]
            vmaf_targets_of_large: 1GiB=90
            free_space_reserve: 1.5 GiB

            cpu_jobs: 3
            """,
            Map.of("REENCODARR_CPU_JOBS", "2", "REENCODARR_HOME", "/x"));

    assertThat(file.settings().quality().goal()).isEqualTo(Goal.TIME);
    assertThat(file.settings().quality().presets()).containsExactly(6, 4);
    assertThat(file.settings().quality().target().targetFor(2L << 30)).isEqualTo(90);
    assertThat(file.settings().limits().freeSpaceReserve()).isEqualTo(3L << 29);
    assertThat(file.settings().cores().jobs()).isEqualTo(2);
    assertThat(value(file, SettingKey.GOAL).origin()).endsWith("settings.yaml line 2");
    assertThat(value(file, SettingKey.CPU_JOBS).origin())
        .isEqualTo("environment REENCODARR_CPU_JOBS");
    assertThat(value(file, SettingKey.ZONE).origin()).isEqualTo("default");
  }

  @Test
  void aSizeLimitIsBytesOrPercentOfTheSource() throws IOException {
    String yaml = "size_limit: %s\nover_size_limit: fail\n";

    QualitySettings bytes = read(yaml.formatted("10GiB"), Map.of()).settings().quality();
    QualitySettings percent = read(yaml.formatted("60 %"), Map.of()).settings().quality();

    assertThat(bytes.mostPercent(40L << 30)).isEqualTo(25);
    assertThat(bytes.isLimited(40L << 30)).isTrue();
    assertThat(bytes.mostPercent(4L << 30)).as("enough is saved anyway").isEqualTo(90);
    assertThat(bytes.isLimited(4L << 30)).isFalse();
    assertThat(percent.mostPercent(1)).isEqualTo(60);
    assertThat(percent.overSizeLimit()).isEqualTo(LadderEnd.FAIL);
    assertThat(percent.crfNotFound()).isEqualTo(LadderEnd.SKIP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "crf_stepp: 1; line 2: there is no setting 'crf_stepp'",
        "crf_step: fast; line 2: crf_step is 'fast', but must be a number from 0.25 to 10",
        "presets: 99; line 2: presets is '99', but must be",
        "presets: []; must be one or more whole numbers",
        "goal: everything; but must be space, time or balanced",
        "size_limit: 0; but must be off, a size such as 10GiB, or a percentage such as 60%",
        "size_limit: NaN%; but must be off, a size",
        "size_limit: -5%; but must be off, a size",
        "over_size_limit: ignore; but must be skip or fail",
        "strict_owner: maybe; but must be true or false",
        "free_space_reserve: much; but must be a size such as 5GiB",
        "vmaf_targets_of_large: 1GiB; but must be sizes with their targets",
        "vmaf_targets_of_large: '1GiB=90, 2GiB=91'; from the largest down",
        "zone: a/b; but must be letters",
        "webhook_address: 9797; but must be like 0.0.0.0:9797",
        "webhook_address: nas:65536; but must be like 0.0.0.0:9797",
        "webhook_address: http://nas:9797; but must be like 0.0.0.0:9797",
        "webhook_public_url: nas:9797; but must be like http://nas:9797",
        "webhook_public_url: http://me:secret@nas; but must be like http://nas:9797",
        "limits: {a: 1}; there is no setting 'limits'",
        "goal: {a: 1}; goal must be a single value or a list",
        "goal: [; not YAML",
        "min_crf: NaN; but must be a number",
      })
  void saysWhichSettingIsWrongAndWhere(String line, String message) {
    assertThatExceptionOfType(SettingsInvalid.class)
        .isThrownBy(() -> read("# a comment\n" + line + "\n", Map.of()))
        .withMessageContaining("settings.yaml line")
        .withMessageContaining(message);
  }

  @Test
  void saysWhichVariableIsWrong() {
    assertThatExceptionOfType(SettingsInvalid.class)
        .isThrownBy(() -> read("", Map.of("REENCODARR_STALL_SECONDS", "0")))
        .withMessageStartingWith("environment REENCODARR_STALL_SECONDS: stall_seconds is '0'");
  }

  @Test
  void theLocalStackGivesTheAddressesThatAreNotSet() throws IOException {
    new LocalStack("127.0.0.1:7233", "http://127.0.0.1:8233", "jdbc:postgresql://127.0.0.1:5/p")
        .write(home);

    SettingsFile file = read("temporal_address: nas:7233", Map.of());

    assertThat(file.settings().connections().temporalAddress()).contains("nas:7233");
    assertThat(file.settings().connections().databaseUrl())
        .contains("jdbc:postgresql://127.0.0.1:5/p");
    assertThat(value(file, SettingKey.DATABASE_URL).origin()).isEqualTo("run/stack.json");
    assertThat(home.resolve("run")).isDirectoryNotContaining("glob:**.tmp");

    LocalStack.forget(home);
    LocalStack.forget(home);
    assertThat(LocalStack.read(home)).isEmpty();
  }

  @Test
  void theLocalPasswordIsForTheLocalServerAlone() throws IOException {
    new LocalStack("127.0.0.1:7233", "http://127.0.0.1:8233", "jdbc:postgresql://127.0.0.1:5/p")
        .write(home);
    assertThat(SettingsFile.read(home, Map.of()).settings().connections().databasePasswordFile())
        .isEmpty();
    Path file = LocalStack.databasePasswordFile(home);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "secret");

    SettingsFile local = SettingsFile.read(home, Map.of());
    assertThat(local.settings().connections().databasePasswordFile()).contains(file.toString());
    assertThat(value(local, SettingKey.DATABASE_PASSWORD_FILE).origin())
        .isEqualTo("run/stack.json");
    SettingsFile elsewhere =
        SettingsFile.read(
            home, Map.of("REENCODARR_DATABASE_URL", "jdbc:postgresql://nas/reencodarr"));
    assertThat(elsewhere.settings().connections().databasePasswordFile()).isEmpty();
    SettingsFile own = SettingsFile.read(home, Map.of("REENCODARR_DATABASE_PASSWORD_FILE", "/own"));
    assertThat(own.settings().connections().databasePasswordFile()).contains("/own");
  }

  @Test
  void withoutADatabaseTheMessageSaysWhatToStart() {
    Settings settings = SettingsFile.read(home, Map.of()).settings();

    assertThatExceptionOfType(SettingsInvalid.class)
        .isThrownBy(() -> ConnectionSource.of(settings.connections()))
        .withMessageContaining("./reencodarr up");
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "2,2,1", "3,2,1", "4,2,2", "8,2,4", "12,3,4", "16,4,4"})
  void jobsTimesThreadsStayWithinTheCores(int cores, int jobs, int threads) {
    assertThat(new Settings.Cores(0, 0, 0).on(cores))
        .isEqualTo(new Settings.Cores(jobs, threads, cores));
  }

  @Test
  void threadsThatAreSetLeaveRoomForFewerJobsAndNeverMakeMore() {
    assertThat(new Settings.Cores(0, 4, 0).on(4).jobs()).isEqualTo(1);
    assertThat(new Settings.Cores(0, 4, 0).on(16).jobs()).isEqualTo(4);
    assertThat(new Settings.Cores(0, 8, 0).on(4).jobs()).isEqualTo(1);
    assertThat(new Settings.Cores(0, 1, 0).on(8).jobs()).isEqualTo(2);
  }
}
