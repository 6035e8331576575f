package dev.reencodarr.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsShowTest {

  @TempDir private Path folder;

  @Test
  void eachValueIsShownWithWhereItComesFrom() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/settings.yaml"), "goal: time\n");

    CommandRun run =
        CommandRun.with(
            Map.of("REENCODARR_VMAF_TARGET", "93"), folder, "settings", "show", "--format", "JSON");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(originOf(run, "goal"))
        .isEqualTo("time from " + folder + "/home/settings.yaml line 1");
    assertThat(originOf(run, "vmaf_target"))
        .isEqualTo("93 from environment REENCODARR_VMAF_TARGET");
    assertThat(originOf(run, "presets")).isEqualTo("8, 6 from default");
  }

  private static String originOf(CommandRun run, String key) throws IOException {
    for (JsonNode setting : new ObjectMapper().readTree(run.out())) {
      if (setting.get("key").asText().equals(key)) {
        return setting.get("value").asText() + " from " + setting.get("origin").asText();
      }
    }
    return "not there";
  }

  @Test
  void aSettingThatThereIsNotIsNamedWithItsLine() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/settings.yaml"), "goal: space\ncfr: 3\n");

    CommandRun run = CommandRun.in(folder, "settings", "show");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("settings.yaml line 2", "cfr");
  }
}
