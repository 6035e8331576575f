package dev.reencodarr.starter.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.DatabaseServer;
import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.workflows.plan.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers of the stack, the real ones. */
class ServersTest {

  @TempDir private Path folder;

  /** Unpacked once: what each test would do again with the same archive. */
  @TempDir private static Path binaries;

  @AutoClose private final Port port = taken(PostgresServer.USUAL_PORT);
  @AutoClose private final Port uiPort = taken(TemporalServer.USUAL_UI_PORT);

  private static Port taken(int wished) {
    try {
      return Ports.take(wished);
    } catch (StackFailed e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void haveTheBinaries() throws IOException {
    Path postgres = Files.createDirectories(folder.resolve("postgres"));
    Files.createSymbolicLink(postgres.resolve("binaries"), binaries);
  }

  private Path passwordFile() {
    return folder.resolve("postgres/password");
  }

  private PostgresServer postgres() {
    return new PostgresServer(
        folder.resolve("postgres"),
        passwordFile(),
        new LogFile(folder.resolve("postgres.log")),
        port.number());
  }

  private static void kill(ProcessId process) throws InterruptedException {
    process.handle().orElseThrow().destroyForcibly();
    assertThat(process.awaitEnd(Duration.ofSeconds(10))).isTrue();
  }

  private static void hold(PostgresServer server, String database) {
    new DatabaseServer(server.maintenance()).createIfMissing(database);
  }

  private String setting(PostgresServer server, String database, String name) {
    return new DatabaseServer(ConnectionSource.of(server.url(database), passwordFile()))
        .setting(name);
  }

  @Test
  void theDatabaseIsDurableAndSurvivesBeingKilled() throws Exception {
    PostgresServer first = postgres();
    first.start();
    hold(first, "kept");
    assertThat(setting(first, "kept", "fsync")).isEqualTo("on");
    assertThat(setting(first, "kept", "synchronous_commit")).isEqualTo("on");
    assertThat(setting(first, "kept", "full_page_writes")).isEqualTo("on");

    kill(first.process().orElseThrow());
    first.start();
    assertThat(setting(first, "kept", "fsync")).isEqualTo("on");

    // Another supervisor, after the first was killed: the server that runs is ended first.
    ProcessId left = first.process().orElseThrow();
    PostgresServer second = postgres();
    second.stop();
    assertThat(left.isAlive()).isFalse();
    // A dead process holds no lock on the data; the first one here is of the same process.
    first.stop();
    second.start();
    assertThat(setting(second, "kept", "fsync")).isEqualTo("on");
    second.stop();
    assertThat(second.process()).isEmpty();
  }

  @Test
  void dataOfAFirstStartThatWasKilledIsPutAside() throws Exception {
    Files.createDirectories(folder.resolve("postgres/data"));
    Files.writeString(folder.resolve("postgres/data/postgresql.conf"), "half");

    PostgresServer server = postgres();
    server.start();

    hold(server, "kept");
    assertThat(setting(server, "kept", "fsync")).isEqualTo("on");
    server.stop();
  }

  /** As another user of this machine would come: by the address, and with nothing else. */
  private static void assertNobodyGetsIn(PostgresServer server) {
    Settings.Connections stranger =
        new Settings.Connections(
            Optional.empty(),
            "default",
            Optional.empty(),
            Optional.of(server.url("postgres")),
            Optional.empty(),
            Optional.empty());
    assertThatThrownBy(() -> new DatabaseServer(ConnectionSource.of(stranger)).setting("fsync"))
        .rootCause()
        .hasMessageContaining("password");
  }

  @Test
  void nobodyGetsIntoTheDatabaseWithoutThePassword() throws Exception {
    PostgresServer server = postgres();
    server.start();

    assertNobodyGetsIn(server);
    assertThat(setting(server, "postgres", "fsync")).isEqualTo("on");
    assertThat(Files.getPosixFilePermissions(passwordFile()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("postgres")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    String password = Files.readString(passwordFile()).strip();
    assertThat(password).hasSizeGreaterThan(30);
    assertThat(server.url("postgres")).doesNotContain(password);
    assertThat(folder.resolve("postgres.log")).content().doesNotContain(password);
    server.stop();
  }

  @Test
  void dataOfAVersionThatLetAnybodyInAsksForThePasswordFromTheNextStartOn() throws Exception {
    try (EmbeddedPostgres open = letsAnybodyIn()) {
      new DatabaseServer(open.getPostgresDatabase()).createIfMissing("kept");
    }
    Files.createFile(folder.resolve("postgres/initialised"));
    PostgresServer server = postgres();

    server.start();

    assertNobodyGetsIn(server);
    assertThat(setting(server, "kept", "fsync")).isEqualTo("on");
    assertThat(folder.resolve("postgres.log"))
        .content()
        .doesNotContain(Files.readString(passwordFile()).strip());
    server.stop();
  }

  private EmbeddedPostgres letsAnybodyIn() throws IOException {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(folder.resolve("postgres/binaries").toFile())
        .setDataDirectory(folder.resolve("postgres/data"))
        .setCleanDataDirectory(false)
        .start();
  }

  @Test
  void aLostPasswordIsReplacedByANewOne() throws Exception {
    PostgresServer server = postgres();
    server.start();
    hold(server, "kept");
    server.stop();
    String lost = Files.readString(passwordFile());
    Files.delete(passwordFile());

    server.start();

    assertThat(Files.readString(passwordFile())).isNotEqualTo(lost);
    assertNobodyGetsIn(server);
    assertThat(setting(server, "kept", "fsync")).isEqualTo("on");
    server.stop();
  }

  @Test
  void temporalHasOurSearchAttributesAlsoOnAnOldFile() throws Exception {
    TemporalServer server =
        new TemporalServer(
            TestTools.temporal(),
            folder.resolve("temporal"),
            new LogFile(folder.resolve("temporal.log")),
            port.number(),
            uiPort.number());
    for (int start = 0; start < 2; start++) {
      server.start();
      try (TemporalNamespace namespace = TemporalNamespace.at(server.address())) {
        namespace.prepare();
        namespace.prepare();
        assertThat(namespace.missingSearchAttributes()).isEmpty();
        assertThat(namespace.retention()).isEqualTo(Duration.ofDays(30));
      }
      server.stop();
      assertThat(server.process()).isEmpty();
    }
  }

  @Test
  void onlyOneSupervisorHoldsAHome() throws Exception {
    RunFolder first = new RunFolder(folder.resolve("run"));
    RunFolder second = new RunFolder(folder.resolve("run"));

    try (RunFolder.Held held = first.hold().orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(second.hold()).isEmpty();
      assertThat(second.supervisor()).contains(ProcessId.ofThis());
    }

    assertThat(second.supervisor()).isEmpty();
    second.hold().orElseThrow().close();
  }
}
