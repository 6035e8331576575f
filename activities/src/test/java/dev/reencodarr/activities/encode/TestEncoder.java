package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProvedDecoders;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.EncodeRepository;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** An encoder with real tools and a real database, on host "here". */
final class TestEncoder {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final AbAv1Encoder.Parts parts;
  private final Database database;
  private volatile boolean unmounted = false;

  TestEncoder(Path work, Duration stall) throws Exception {
    this(work, stall, 0, TestTools.tools());
  }

  static TestEncoder needing(Path work, long freeBytes) throws Exception {
    return new TestEncoder(work, LONG, freeBytes, TestTools.tools());
  }

  /** Whose ab-av1 is this, which may be missing. */
  static TestEncoder with(Path work, Path abAv1) throws Exception {
    ToolSet tools = TestTools.tools();
    return new TestEncoder(work, LONG, 0, new ToolSet(abAv1, tools.ffmpeg(), tools.ffprobe()));
  }

  /** Whose ab-av1 is this, and who is given up after so long without a frame. */
  static TestEncoder with(Path work, Path abAv1, Duration stall) throws Exception {
    ToolSet tools = TestTools.tools();
    return new TestEncoder(work, stall, 0, new ToolSet(abAv1, tools.ffmpeg(), tools.ffprobe()));
  }

  static TestEncoder limited(Path work, Duration runningTime) throws Exception {
    return new TestEncoder(work, LONG, runningTime, 0, TestTools.tools());
  }

  private TestEncoder(Path work, Duration stall, long freeBytes, ToolSet tools) throws Exception {
    this(work, stall, LONG, freeBytes, tools);
  }

  private TestEncoder(
      Path work, Duration stall, Duration runningTime, long freeBytes, ToolSet tools)
      throws Exception {
    this(work, stall, runningTime, freeBytes, tools, new CoreBudget(1, 2));
  }

  /** On a machine with these cores. */
  static TestEncoder on(Path work, CoreBudget cores) throws Exception {
    return new TestEncoder(work, LONG, LONG, 0, TestTools.tools(), cores);
  }

  private TestEncoder(
      Path work,
      Duration stall,
      Duration runningTime,
      long freeBytes,
      ToolSet tools,
      CoreBudget cores)
      throws Exception {
    this.database = TestDatabase.fresh();
    BoundRunner runner = new BoundRunner(TestTools.tools(), work.resolve("home"));
    JobFolders folders = new JobFolders(work);
    this.parts =
        new AbAv1Encoder.Parts(
            new InstalledTools(tools, runner, work),
            runner,
            new AttemptLogs(folders.logs(), "here"),
            new Machine("here", "default", work),
            folders,
            new ProvedDecoders(),
            new LivingJobs(folders, DeviceBudgets.ofCpu(cores)),
            this::requireMounted,
            new EncodeRepository(database),
            new PauseRepository(database),
            new EncodeLimits(
                stall,
                EncodeLimits.defaults().leastPace(),
                runningTime,
                freeBytes,
                Duration.ofSeconds(10),
                LONG));
  }

  /** As if the library of every film had gone away. */
  void unmount(boolean isGone) {
    unmounted = isGone;
  }

  private void requireMounted(MediaPath path) {
    if (unmounted) {
      throw Faults.of(EvidenceKind.MOUNT_GONE, "not mounted");
    }
  }

  AbAv1Encoder activities() {
    return new AbAv1Encoder(parts);
  }

  AbAv1Encoder.Parts parts() {
    return parts;
  }

  EncodeRepository repository() {
    return parts.repository();
  }

  Path work() {
    return parts.machine().workFolder();
  }

  String abAv1() {
    return parts.tools().abAv1().toString();
  }

  /** The same request, its video known to the database. */
  EncodeRequest known(EncodeRequest request) {
    UUID library = UUID.randomUUID();
    database
        .client()
        .sql("insert into libraries (id, name, root) values (:id, :name, :name)")
        .param("id", library)
        .param("name", "/" + library)
        .update();
    database
        .client()
        .sql(
            "insert into videos (id, library_id, path, size, mtime)"
                + " values (:id, :library, :path, 1, now())")
        .param("id", request.video().value())
        .param("library", library)
        .param("path", "/" + request.video())
        .update();
    return request;
  }

  void endAll() throws Exception {
    for (JobFolder folder : parts.folders().all()) {
      DetachedJob.in(folder).end(Duration.ZERO);
    }
  }
}
