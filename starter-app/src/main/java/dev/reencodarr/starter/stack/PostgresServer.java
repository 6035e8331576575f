package dev.reencodarr.starter.stack;

import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.DatabaseServer;
import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.starter.process.Program;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The embedded PostgreSQL. Its builder is made for tests and would not care for the data after a
 * loss of power: the settings that do are switched back on here.
 */
final class PostgresServer implements Member {

  static final int USUAL_PORT = 54329;
  private static final String OWNER = "postgres";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration QUICK_STOP_LIMIT = Duration.ofSeconds(10);

  private final Path folder;
  private final PasswordFile password;
  private final LogFile log;
  private final int port;
  private @Nullable EmbeddedPostgres server;

  /**
   * @param folder of binaries and data
   * @param passwordFile is made where it is missing
   */
  PostgresServer(Path folder, Path passwordFile, LogFile log, int port) {
    this.folder = folder;
    this.password = new PasswordFile(passwordFile);
    this.log = log;
    this.port = port;
  }

  @Override
  public String name() {
    return "postgres";
  }

  private String passwordFile() {
    return password.path().toString();
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Marks data whose first start came to its end. */
  private Path initialised() {
    return folder.resolve("initialised");
  }

  @Override
  public void start() throws StackFailed, InterruptedException {
    stop();
    try {
      Files.createDirectories(folder);
      // The builder lets every user write among the binaries.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      log.turnOver();
      putHalfMadeDataAside();
      startWithPassword();
      if (!Files.exists(initialised())) {
        Files.createFile(initialised());
      }
    } catch (IOException | SQLException | IllegalStateException e) {
      throw new StackFailed(
          "PostgreSQL could not be started: "
              + e.getMessage()
              + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")")
              + "\n  the end of "
              + log.path()
              + ":\n"
              + log.tail(8),
          e);
    }
  }

  private void startWithPassword() throws IOException, SQLException, InterruptedException {
    boolean fresh = !Files.exists(data());
    boolean unknown = password.makeIfMissing();
    HostAccess access = new HostAccess(data());
    if (!fresh && (unknown || access.letsAnybodyIn())) {
      setPassword(access);
    }
    server = build().start();
  }

  /** For data of a version without passwords, and where the password's file was lost. */
  private void setPassword(HostAccess access)
      throws IOException, SQLException, InterruptedException {
    access.letInToSetPassword();
    server = build().start();
    new DatabaseServer(maintenance()).setPassword(OWNER, ConnectionSource.password(passwordFile()));
    access.requirePassword();
    // A start anew, and no mere reload: whoever came in before is put out.
    stop();
  }

  private EmbeddedPostgres.Builder build() {
    Path binaries = folder.resolve("binaries");
    // The builder deletes abandoned data folders below its working folder: ours lies elsewhere.
    System.setProperty("ot.epg.working-dir", binaries.toString());
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(binaries.toFile())
        .setDataDirectory(data())
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPort(port)
        .setPGStartupWait(START_LIMIT)
        .setConnectConfig("password", ConnectionSource.password(passwordFile()))
        .setLocaleConfig("auth", HostAccess.METHOD)
        .setLocaleConfig("pwfile", passwordFile())
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_connections", "100")
        .setServerConfig("shared_buffers", "64MB")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.path().toFile()))
        .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
  }

  /** A first start that was killed leaves a folder that no later start could use. */
  private void putHalfMadeDataAside() throws IOException {
    if (Files.exists(data()) && !Files.exists(initialised())) {
      Files.move(data(), folder.resolve("data.incomplete-" + Instant.now().toEpochMilli()));
    }
  }

  /** The server's own maintenance database. */
  DataSource maintenance() {
    if (server == null) {
      throw new IllegalStateException("PostgreSQL does not run");
    }
    return ConnectionSource.of(url(OWNER), password.path());
  }

  /** Where a database of the server is reached; holds no password. */
  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + OWNER;
  }

  @Override
  public Optional<ProcessId> process() {
    try {
      Path pidFile = data().resolve("postmaster.pid");
      if (!Files.exists(pidFile)) {
        return Optional.empty();
      }
      long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      return ProcessId.of(pid).filter(this::servesOurData);
    } catch (IOException | RuntimeException e) {
      // The file is being written or removed at this moment.
      return Optional.empty();
    }
  }

  /** After a crash the pid in the file may be anybody's. */
  private boolean servesOurData(ProcessId process) {
    try {
      return Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), data());
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it by a fast shutdown: open transactions are rolled back, everything is on disk. */
  @Override
  public void stop() throws InterruptedException {
    EmbeddedPostgres old = server;
    server = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        throw new IllegalStateException("the lock of " + data() + " cannot be freed", e);
      }
    }
    Optional<ProcessId> running = process();
    if (running.isPresent()) {
      signal("INT", running.get());
      if (!running.get().awaitEnd(STOP_LIMIT)) {
        signal("QUIT", running.get());
        Endings.end(running.get(), QUICK_STOP_LIMIT);
      }
    }
  }

  private static void signal(String name, ProcessId process) throws InterruptedException {
    try {
      new Program("kill", "-" + name, Long.toString(process.pid()))
          .run(Duration.ofSeconds(5), line -> {});
    } catch (IOException | TimeoutException e) {
      throw new IllegalStateException("kill could not be run", e);
    }
  }
}
