package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.workflows.plan.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A second machine of an installation: a worker with a home and a host name of its own, and a line
 * to Temporal that can be cut.
 */
final class AnotherMachine implements AutoCloseable {

  private final Path home;
  private final Relay line;
  private final Process worker;

  private AnotherMachine(Path home, Relay line, Process worker) {
    this.home = home;
    this.line = line;
    this.worker = worker;
  }

  static AnotherMachine start(Path home, String host, Installation first) throws IOException {
    return start(home, host, first, TestTools.tools().ffmpeg());
  }

  /** One with an ffmpeg of its own. */
  static AnotherMachine start(Path home, String host, Installation first, Path ffmpeg)
      throws IOException {
    Settings.Connections connections = first.settings().connections();
    String temporal = connections.temporalAddress().orElseThrow();
    Relay line = Relay.to(Integer.parseInt(temporal.substring(temporal.lastIndexOf(':') + 1)));
    Files.createDirectories(home);
    Files.copy(first.home().resolve("settings.yaml"), home.resolve("settings.yaml"));
    ProcessBuilder builder = worker(first.workerJar(), home);
    builder
        .environment()
        .putAll(
            Map.of(
                "REENCODARR_FFMPEG",
                ffmpeg.toString(),
                "REENCODARR_HOST",
                host,
                "REENCODARR_TEMPORAL_ADDRESS",
                line.address(),
                "REENCODARR_DATABASE_URL",
                connections.databaseUrl().orElseThrow(),
                "REENCODARR_DATABASE_PASSWORD_FILE",
                first.home().resolve("postgres/password").toString()));
    return new AnotherMachine(
        home,
        line,
        builder
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("worker.log").toFile())
            .start());
  }

  /** The worker's program as it is started by hand. */
  static ProcessBuilder worker(Path jar, Path home) {
    ToolSet tools = TestTools.tools();
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    jar.toString()))
            .directory(home.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "LC_ALL",
                "C.UTF-8",
                "REENCODARR_HOME",
                home.toString(),
                "REENCODARR_AB_AV1",
                tools.abAv1().toString(),
                "REENCODARR_FFMPEG",
                tools.ffmpeg().toString(),
                "REENCODARR_FFPROBE",
                tools.ffprobe().toString()));
    return builder;
  }

  boolean isAtWork() throws IOException {
    return Files.readString(home.resolve("worker.log")).contains("worker is polling");
  }

  List<JobFolder> jobs() throws IOException {
    return new JobFolders(home.resolve("work")).all();
  }

  void cutOff() throws IOException {
    line.cut();
  }

  void comeBack() {
    line.mend();
  }

  @Override
  public void close() throws IOException {
    worker.destroy();
    try {
      assertThat(worker.waitFor(1, TimeUnit.MINUTES)).as("it drains and ends").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      worker.destroyForcibly();
    } finally {
      line.close();
    }
  }
}
