package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.WithoutRootsRights;
import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.EncodeRepository;
import dev.reencodarr.activities.store.EncodeRow;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.FailureRow;
import dev.reencodarr.activities.store.KeptConnection;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.workflows.janitor.JanitorOrder;
import dev.reencodarr.workflows.janitor.JanitorReport;
import dev.reencodarr.workflows.janitor.JanitorWorkflow;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An installation of its own: an empty home beside the tools that are there already. */
final class Installation implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(8);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String WORKER_JAR = "worker-app/target/worker-app-0.1.0-SNAPSHOT-boot.jar";

  /** Unpacked once for all of them: what each would do with the same archive on its first start. */
  private static final Path POSTGRES_BINARIES =
      Path.of("target", "postgres-binaries").toAbsolutePath();

  private final Path home;
  private Path program = Path.of("..").toAbsolutePath().normalize();
  private Path workingFolder;
  private List<String> prefix = List.of();
  private int runs = 0;

  private @Nullable Asked asked;

  /** A database and where it is. */
  private record Asked(Settings.Connections connections, Database database) {}

  /** What a command printed, and how it ended. */
  record Said(int exitCode, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  Installation(Path home, String... settings) throws IOException {
    this.home = Files.createDirectories(home).toRealPath();
    this.workingFolder = this.home;
    Files.createSymbolicLink(home.resolve("tools"), TestTools.home().resolve("tools"));
    Files.createSymbolicLink(home.resolve("clips"), TestTools.home().resolve("clips"));
    Files.createDirectories(POSTGRES_BINARIES);
    Files.createSymbolicLink(
        Files.createDirectories(home.resolve("postgres")).resolve("binaries"), POSTGRES_BINARIES);
    set(settings);
  }

  /**
   * One whose searches are over at once, and whose encodes last long enough to be interfered with.
   */
  static Installation withLongEncodes(Path home) throws IOException {
    return new Installation(
        home,
        "presets: [5]",
        "min_crf: 40",
        "max_crf: 40",
        "cpu_jobs: 1",
        "cpu_threads: 1",
        "vmaf_scale: none",
        "vmaf_subsample: 10",
        "free_space_reserve: 16MiB");
  }

  /** Replaces the settings, for whatever is started from now on. */
  void set(String... settings) throws IOException {
    List<String> lines = new ArrayList<>(List.of(settings));
    // A scan at six o'clock is none that a test has asked for; nor is a look at what has changed.
    lines.add("scan_hours: 0");
    if (lines.stream().noneMatch(line -> line.startsWith("watch_folders:"))) {
      lines.add("watch_folders: false");
    }
    Files.write(home.resolve("settings.yaml"), lines);
  }

  Path home() {
    return home;
  }

  /** All of it may read no more than its user, though that is root. */
  Installation withoutRootsRights() throws IOException {
    prefix = WithoutRootsRights.prefix();
    return this;
  }

  /** Gives it a worker of its own to start, which a test may replace. */
  Installation withAWorkerIn(Path folder) throws IOException {
    Path own = folder.resolve(WORKER_JAR);
    Files.createDirectories(own.getParent());
    Files.copy(workerJar(), own);
    program = folder;
    return this;
  }

  Path workerJar() {
    return program.resolve(WORKER_JAR);
  }

  /** Starts a command that stays, as in a terminal; what it says on stderr goes to this file. */
  Process typeAndStay(Path err, Object... words) throws IOException {
    return environment(new ProcessBuilder(command(words)))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(err.toFile())
        .start();
  }

  /** Types one command, in a process of its own. */
  Said type(Object... words) throws IOException, InterruptedException {
    return run(environment(new ProcessBuilder(command(words))));
  }

  /** The same with a variable of the environment. */
  Said typeWith(String variable, String value, Object... words)
      throws IOException, InterruptedException {
    ProcessBuilder builder = environment(new ProcessBuilder(command(words)));
    builder.environment().put(variable, value);
    return run(builder);
  }

  /** A line as it is typed into a shell, in a folder where the launcher lies. */
  Said typeIntoShell(String line) throws IOException, InterruptedException {
    return run(environment(new ProcessBuilder("bash", "-c", line)));
  }

  /**
   * Puts a launcher into a folder that starts what is being tested, and works there from now on.
   */
  void putLauncherInto(Path folder) throws IOException {
    StringBuilder script = new StringBuilder("#!/bin/sh\nexec");
    for (String word : command()) {
      script.append(" '").append(word).append('\'');
    }
    Path launcher = Files.writeString(folder.resolve("reencodarr"), script.append(" \"$@\"\n"));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    workingFolder = folder;
  }

  private Said run(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = home.resolve("typed-" + ++runs + ".out");
    Path err = home.resolve("typed-" + runs + ".err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(LONGEST.toMinutes(), TimeUnit.MINUTES)) {
      process.destroy();
      throw new AssertionError(builder.command() + " did not end:\n" + Files.readString(err));
    }
    return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** The same, and it has to end well. */
  Said typeWell(Object... words) throws IOException, InterruptedException {
    return well(List.of(words).toString(), type(words));
  }

  /** What was said, provided that it ended well. */
  Said well(String typed, Said said) throws IOException {
    assertThat(said.exitCode())
        .as("%s\n%s\n%s\n%s", typed, said.out(), said.err(), logs())
        .isZero();
    return said;
  }

  private List<String> command(Object... words) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dreencodarr.root=" + program,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.reencodarr.starter.Main"));
    for (Object word : words) {
      command.add(word.toString());
    }
    return command;
  }

  private ProcessBuilder environment(ProcessBuilder builder) {
    builder.directory(workingFolder.toFile());
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

  /** Everything that {@code show} knows of a video. */
  JsonNode known(Path film) throws IOException, InterruptedException {
    return typeWell("show", film, "--format", "json").json();
  }

  /**
   * A video as the database has it: who waits for something asks it again and again, and a command
   * each time would take the cores from what is waited for.
   */
  private Optional<Video> row(Path film) {
    return new VideoRepository(database()).findByPath(new MediaPath(film.toString()));
  }

  /** The state of a video; empty while no scan has found it. */
  String state(Path film) {
    return row(film).map(video -> video.state().code()).orElse("");
  }

  /** Whether its facts are known. */
  boolean isAnalysed(Path film) {
    return row(film).filter(video -> video.media().codec().isPresent()).isPresent();
  }

  /** The job folders of a video that a scan has found. */
  List<JobFolder> jobs(Path film) throws IOException {
    return new JobFolders(home.resolve("work")).of(row(film).orElseThrow().id().toString());
  }

  /** Its encodes that have ended. */
  List<EncodeRow> encodes(Path film) {
    return new EncodeRepository(database()).ofVideo(row(film).orElseThrow().id());
  }

  /** The failures that are on record for it, newest first. */
  List<FailureRow> failureRows(Path film) {
    return new FailureRepository(database()).latest(row(film).orElseThrow().id(), 100);
  }

  /** Their codes. */
  List<String> failures(Path film) {
    return failureRows(film).stream().map(FailureRow::code).toList();
  }

  /** The queues that the worker says it does not serve now. */
  Set<String> pausedQueues() {
    return new WorkerRepository(database())
        .living(Duration.ofMinutes(1)).stream()
            .flatMap(worker -> worker.paused().keySet().stream())
            .collect(Collectors.toSet());
  }

  /** How many points of a search are on record as measured for one of these videos. */
  int pointsMeasuredFor(List<JsonNode> videos) {
    return database()
        .client()
        .sql("select count(*) from search_points where cast(video_id as text) in (:videos)")
        .param("videos", videos.stream().map(video -> video.get("id").asText()).toList())
        .query(Integer.class)
        .single();
  }

  /** The scores of the points that were measured for a video, the quickest preset first. */
  List<Double> scoresFromTheQuickestPreset(Path film) {
    return database()
        .client()
        .sql("select score from search_points where video_id = ? order by preset desc")
        .param(row(film).orElseThrow().id().value())
        .query((row, _) -> row.getDouble("score"))
        .list();
  }

  /** Its database, while it is up. Who waits for something asks it ten times a second. */
  Database database() {
    Settings.Connections now = settings().connections();
    if (asked == null || !asked.connections.equals(now)) {
      asked = new Asked(now, new Database(new KeptConnection(ConnectionSource.of(now))));
    }
    return asked.database;
  }

  /** The settings as a member of the stack reads them. */
  Settings settings() {
    return SettingsFile.read(home, Map.of()).settings();
  }

  /** A round of the janitor through everything. */
  JanitorReport janitorRound() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(settings().connections().temporalAddress().orElseThrow())
                .build());
    try {
      return WorkflowClient.newInstance(
              stubs,
              WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
          .newWorkflowStub(
              JanitorWorkflow.class,
              WorkflowOptions.newBuilder()
                  .setWorkflowId("janitor")
                  .setTaskQueue(TaskQueues.CONTROL)
                  .build())
          .run(new JanitorOrder(true));
    } finally {
      stubs.shutdownNow();
    }
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
  static void until(String what, Callable<Boolean> so) throws Exception {
    until(what, LONGEST, so);
  }

  /** Waits so long at most until it is so. */
  static void until(String what, Duration limit, Callable<Boolean> so) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!so.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + limit + ": " + what);
      }
      Thread.sleep(100);
    }
  }

  /** A member of the stack by its name, as the supervisor has written it down. */
  ProcessHandle member(String name) throws IOException {
    long pid =
        JSON.readTree(home.resolve("run/members.json").toFile()).path(name).path("pid").asLong();
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new AssertionError("the " + name + " does not run"));
  }

  /** Who starts again what dies. */
  ProcessHandle supervisor() throws IOException {
    long pid = JSON.readTree(home.resolve("run/supervisor.json").toFile()).path("pid").asLong();
    return ProcessHandle.of(pid).orElseThrow(() -> new AssertionError("the stack is not up"));
  }

  /** The programs that work in a folder of this home: members of the stack, encodes, probes. */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses().filter(this::isOurs).toList();
  }

  private boolean isOurs(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .startsWith(home);
    } catch (IOException goneOrNobodysBusiness) {
      return false;
    }
  }

  /** Who it is, as far as can be told of one that may end at any moment. */
  private static String described(ProcessHandle process) {
    return process.pid() + ": " + process.info().commandLine().orElse("ended since");
  }

  /** Takes everything down that still runs; nothing may stay behind. */
  @Override
  public void close() throws IOException {
    try {
      type("down");
      assertThat(processes().stream().map(Installation::described).toList())
          .as("processes that outlived the stack")
          .isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the stack goes down", e);
    }
  }
}
