package dev.reencodarr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int type(String... words) {
    return new CommandLine(
            new BenchCommand(
                Path.of("/nowhere"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(words);
  }

  @Test
  void withoutANameItListsWhatThereIs() {
    assertThat(type()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .extracting(line -> line.split(" ", 2)[0])
        .containsExactly(
            "search",
            "library",
            "goals",
            "orchestration",
            "scan",
            "idle",
            "safety",
            "failures",
            "rules",
            "sync",
            "webhooks",
            "chaos");
  }

  @Test
  void anUnknownNameIsBadUsage() {
    assertThat(type("nonsense")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no benchmark nonsense");
  }

  @Test
  void lessThanOneRunIsBadUsage() {
    assertThat(type("idle", "--runs", "0")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--runs");
  }

  @Test
  void aSeedThatIsNoNumberIsBadUsage() {
    assertThat(type("chaos", "--seed", "one")).isEqualTo(2);
    assertThat(type("chaos", "--longest-stop", "0")).isEqualTo(2);
  }
}
