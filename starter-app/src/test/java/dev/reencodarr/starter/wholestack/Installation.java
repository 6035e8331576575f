package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** An installation of its own: an empty home beside the tools that are there already. */
final class Installation implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(8);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;
  private int runs = 0;

  /** What a command printed, and how it ended. */
  record Said(int exitCode, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  Installation(Path home, String... settings) throws IOException {
    this.home = Files.createDirectories(home);
    Files.createSymbolicLink(home.resolve("tools"), TestTools.home().resolve("tools"));
    Files.createSymbolicLink(home.resolve("clips"), TestTools.home().resolve("clips"));
    Files.write(home.resolve("settings.yaml"), List.of(settings));
  }

  Path home() {
    return home;
  }

  /** Types one command, in a process of its own. */
  Said type(Object... words) throws IOException, InterruptedException {
    Path out = home.resolve("typed-" + ++runs + ".out");
    Path err = home.resolve("typed-" + runs + ".err");
    Process process =
        command(words).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(LONGEST.toMinutes(), TimeUnit.MINUTES)) {
      process.destroy();
      throw new AssertionError(List.of(words) + " did not end:\n" + Files.readString(err));
    }
    return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** The same, and it has to end well. */
  Said typeWell(Object... words) throws IOException, InterruptedException {
    Said said = type(words);
    assertThat(said.exitCode())
        .as("%s\n%s\n%s\n%s", List.of(words), said.out(), said.err(), logs())
        .isZero();
    return said;
  }

  private ProcessBuilder command(Object... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-Dreencodarr.root=" + Path.of("..").toAbsolutePath().normalize(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.reencodarr.starter.Main"));
    for (Object word : words) {
      command.add(word.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().put("REENCODARR_HOME", home.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder;
  }

  /** The first video of {@code videos} whose path ends like this. */
  JsonNode video(String ending) throws IOException, InterruptedException {
    for (JsonNode video : typeWell("videos", "--format", "json", "--limit", "1000").json()) {
      if (video.get("path").asText().endsWith(ending)) {
        return video;
      }
    }
    throw new AssertionError("no video " + ending);
  }

  /** The last lines of every log, for whoever reads a failed test. */
  private String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    Path folder = home.resolve("logs");
    if (!Files.isDirectory(folder)) {
      return "";
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        List<String> lines = Files.readAllLines(file);
        all.append("== ").append(file.getFileName()).append('\n');
        lines
            .subList(Math.max(0, lines.size() - 25), lines.size())
            .forEach(line -> all.append(line).append('\n'));
      }
    }
    return all.toString();
  }

  /** Waits until it is so. */
  static void until(String what, BooleanSupplier so) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  /** Takes everything down that still runs. */
  @Override
  public void close() throws IOException {
    try {
      type("down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the stack goes down", e);
    }
  }
}
