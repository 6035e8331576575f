package dev.reencodarr.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.activities.encode.EncodeLimits;
import dev.reencodarr.activities.encode.LivingJobs;
import dev.reencodarr.activities.encode.TakeOver;
import dev.reencodarr.activities.failure.MachineWitness;
import dev.reencodarr.activities.failure.StandingFailures;
import dev.reencodarr.activities.hold.Hold;
import dev.reencodarr.activities.hold.HoldKeeper;
import dev.reencodarr.activities.hold.HoldSource;
import dev.reencodarr.activities.hold.MachineHold;
import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.FfmpegWithoutVmaf;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.LockedFolder;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProvedDecoders;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureReporting;
import dev.reencodarr.activities.store.InstallationRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.LivingWorker;
import dev.reencodarr.activities.store.RootWatch;
import dev.reencodarr.activities.store.StandingFailureRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.activities.temporal.AttemptsAtWork;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.activities.temporal.LostAttempts;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Decoding;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.activity.ActivityInterface;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On real tools, each behind a link that comes and goes. */
class WorkerHealthTest {

  private static final String SEARCH = "search-cpu@default";
  private static final String ENCODE = "encode-cpu@default";
  private static final String ANALYSE = "analyse@default";
  private static final String FILES = "files@default";
  private static final String CHECK = "check@default";
  private static final String HOST = "host@here";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
  private final Database database = TestDatabase.fresh();
  private final WorkerRepository workers = new WorkerRepository(database);
  private final Gates gates = new Gates();
  private final Suspicion suspicion = new Suspicion();
  private final MachineHold hold = new MachineHold();
  private final ProvedDecoders decoders = new ProvedDecoders();
  private Settings.Devices devices = of(Encoder.values());
  @TempDir private Path folder;
  private WorkerHealth health;

  private static Settings.Devices of(Encoder... encoders) {
    return new Settings.Devices(1, List.of(encoders), Decoding.OF_DEVICES);
  }

  @BeforeEach
  void prepare() throws Exception {
    for (String queue : List.of(ANALYSE, FILES, CHECK, HOST)) {
      gates.behind(queue, 1, WorkerOptions.newBuilder());
    }
    for (Encoder encoder : Encoder.values()) {
      gates.behind(TaskQueues.search(encoder, "default"), 1, WorkerOptions.newBuilder());
      gates.behind(TaskQueues.encode(encoder, "default"), 1, WorkerOptions.newBuilder());
    }
    health = health(0);
    install("ab-av1", TestTools.tools().abAv1());
    install("ffmpeg", TestTools.tools().ffmpeg());
    install("ffprobe", TestTools.tools().ffprobe());
  }

  private WorkerHealth health(long freeSpaceReserve) throws Exception {
    Path work = Files.createDirectories(folder.resolve("work"));
    Machine machine = new Machine("here", "default", work);
    ToolSet tools =
        new ToolSet(folder.resolve("ab-av1"), folder.resolve("ffmpeg"), folder.resolve("ffprobe"));
    BoundRunner runner = new BoundRunner(tools, work.resolve("home"));
    InstalledTools installed = new InstalledTools(tools, runner, work);
    JobFolders folders = new JobFolders(work);
    Fitness fitness = new Fitness(installed, machine, runner, freeSpaceReserve);
    EncoderProofs encoders = new EncoderProofs(fitness, devices, decoders);
    return new WorkerHealth(
        gates,
        fitness,
        new ZoneRoots(
            new LibraryRepository(database),
            new MarkedLibraries(database, new RootWatch(Duration.ofSeconds(1))),
            "default"),
        new WorkerRow(workers, machine, new WorkerRepository.Power(1, 1)),
        new QueueFailures(
            new StandingFailures(new StandingFailureRepository(database), machine),
            new MachineWitness(machine, installed),
            "here"),
        new TakeOver(
            folders,
            new LivingJobs(folders, DeviceBudgets.ofCpu(new CoreBudget(1, 1))),
            machine,
            EncodeLimits.defaults(),
            temporal.getWorkflowClient()),
        new LostAttempts(temporal.getWorkflowClient(), new AttemptsAtWork(), "here"),
        suspicion,
        hold,
        encoders,
        List.of("control", ANALYSE, FILES, CHECK, HOST),
        machine);
  }

  @AfterEach
  void close() {
    health.stop();
    temporal.close();
  }

  private void install(String name, Path tool) throws Exception {
    Files.createSymbolicLink(folder.resolve(name), tool);
  }

  private void remove(String name) throws Exception {
    Files.delete(folder.resolve(name));
  }

  private Map<String, String> paused() {
    return workers.living(Duration.ofMinutes(1)).stream()
        .findFirst()
        .map(LivingWorker::paused)
        .orElse(Map.of());
  }

  /** The final failures without a video that are open: queue, stage and code, sorted. */
  private List<String> failures() {
    return new FailureReporting(database)
        .generateFailureReport().recentFailures().stream()
            .filter(failure -> failure.videoId().isEmpty())
            .filter(failure -> failure.context().path("host").asText().equals("here"))
            .map(failure ->
                failure.context().path("task_queue").asText()
                    + " "
                    + failure.stage()
                    + " "
                    + failure.code())
            .sorted()
            .toList();
  }

  private long failuresEver() {
    return database.client().sql("select count(*) from video_failures").query(Long.class).single();
  }

  private boolean isOpen(String queue) {
    return gates.of(queue).isOpen();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Test
  void aWorkerWithEverythingServesEveryQueue() {
    health.start();

    assertThat(paused()).isEmpty();
    assertThat(failures()).isEmpty();
    assertThat(List.of(SEARCH, ENCODE, ANALYSE, HOST)).allMatch(this::isOpen);
    assertThat(queues())
        .as("every encoder is proved before work is asked for")
        .contains("search-x265@default", "encode-x265@default");
  }

  private List<String> queues() {
    return workers.living(Duration.ofMinutes(1)).getFirst().queues();
  }

  @Test
  void encodersWithoutTheirDeviceAreNotServedAndNotSpokenOfAndX265Is() {
    health.start();

    await(() -> isOpen("search-x265@default") && isOpen("encode-x265@default"));
    await(() -> queues().contains("encode-x265@default"));
    assertThat(queues()).noneMatch(queue -> queue.matches(".*(nvenc|qsv|vaapi|amf).*"));
    for (Encoder encoder : Encoder.values()) {
      if (encoder.isOfGpu()) {
        assertThat(isOpen(TaskQueues.encode(encoder, "default"))).isFalse();
      }
    }
    assertThat(paused()).isEmpty();
    assertThat(failures()).isEmpty();
    assertThat(decoders.now()).isEmpty();
  }

  @Test
  void anEncoderThatIsNamedAsThisMachinesIsMissedWhereItDoesNotWork() throws Exception {
    devices = of(Encoder.LIBSVTAV1, Encoder.AV1_NVENC);
    health = health(0);

    health.start();

    await(() -> paused().containsKey("encode-nvenc@default"));
    assertThat(paused().get("encode-nvenc@default"))
        .contains("av1_nvenc does not encode", "Cannot load libcuda.so.1");
    assertThat(isOpen("encode-nvenc@default")).isFalse();
    assertThat(queues()).contains("encode-nvenc@default").doesNotContain("encode-x265@default");
    assertThat(isOpen(ENCODE)).isTrue();
    await(() -> failures().contains("encode-nvenc@default encoding ENV"));
  }

  @Test
  void aMachineMayKeepItsCpuOutOfEncodes() throws Exception {
    devices = of(Encoder.LIBX265);
    health = health(0);

    health.start();

    await(() -> isOpen("encode-x265@default"));
    assertThat(isOpen(ENCODE)).isFalse();
    assertThat(queues()).doesNotContain(ENCODE);
  }

  /** Holds up all heavy work for as long as it is there. */
  private static final class Held implements HoldSource {
    @Override
    public void refresh() {}

    @Override
    public boolean isKnown() {
      return true;
    }

    @Override
    public List<Hold> holds() {
      return List.of(new Hold("outside its window", true));
    }
  }

  @Test
  void aWorkerThatIsHeldUpTakesNoHeavyWorkSaysWhyAndCountsItAsNoFailure() throws Exception {
    JobFolders folders = new JobFolders(Files.createDirectories(folder.resolve("work")));
    try (HoldKeeper keeper =
        new HoldKeeper(List.of(new Held()), hold, folders, Clock.systemUTC())) {
      keeper.start();

      health.start();

      assertThat(paused())
          .containsOnlyKeys(SEARCH, ENCODE, CHECK, "search-x265@default", "encode-x265@default")
          .containsEntry(ENCODE, "outside its window");
      assertThat(List.of(SEARCH, ENCODE)).noneMatch(this::isOpen);
      assertThat(List.of(ANALYSE, FILES, HOST)).allMatch(this::isOpen);
      assertThat(failuresEver()).isZero();
      assertThat(workers.living(Duration.ofMinutes(1)))
          .extracting(LivingWorker::held)
          .containsExactly("outside its window");
    }
  }

  /** A step of the worker that fails. */
  @ActivityInterface(namePrefix = "Failing")
  public interface FailingStep {
    void fail();
  }

  private void fail(EvidenceKind kind, String message) {
    TestActivityEnvironment steps =
        TestActivityEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder().setWorkerInterceptors(suspicion).build())
                .build());
    try {
      FailingStep step =
          () -> {
            throw Faults.of(kind, message);
          };
      steps.registerActivitiesImplementations(step);
      assertThatExceptionOfType(ActivityFailure.class)
          .isThrownBy(steps.newActivityStub(FailingStep.class)::fail);
    } finally {
      steps.close();
    }
  }

  @Test
  void aToolThatWasMadeUnfitInItsPlaceIsFoundOutByTheFirstStepThatFailsForIt() throws Exception {
    health.start();
    remove("ffmpeg");
    Path unfit =
        Files.writeString(
            folder.resolve("ffmpeg"),
            "#!/bin/sh\ncase \"$*\" in *libvmaf*) echo \"No such filter: 'libvmaf'\" >&2; exit 8;;"
                + " esac\nexec "
                + TestTools.tools().ffmpeg()
                + " \"$@\"\n");
    Files.setPosixFilePermissions(unfit, PosixFilePermissions.fromString("rwxr-xr-x"));

    fail(EvidenceKind.FILE_ACCESS, "film.mkv: No such file or directory");
    assertThat(suspicion.wasRaised()).as("that says nothing of the worker").isFalse();
    fail(EvidenceKind.TOOL_UNFIT, "ffmpeg has no libvmaf");

    await(() -> paused().getOrDefault(ENCODE, "").contains("libvmaf"));
    assertThat(isOpen(SEARCH)).isFalse();
    assertThat(isOpen(ANALYSE)).isTrue();
  }

  @Test
  void aWorkerWithoutFfprobeStartsSaysSoAndTakesItsQueuesUpWhenItComes() throws Exception {
    remove("ffprobe");

    health.start();

    assertThat(paused()).containsOnlyKeys(SEARCH, ENCODE, ANALYSE, CHECK, HOST);
    assertThat(paused().values())
        .allMatch(why -> why.equals(folder.resolve("ffprobe") + " is missing or not executable"));
    assertThat(List.of(SEARCH, ENCODE, ANALYSE, HOST)).noneMatch(this::isOpen);

    assertThat(failures())
        .containsExactly(
            ANALYSE + " analysis ENV",
            CHECK + " analysis ENV",
            ENCODE + " encoding ENV",
            HOST + " post_process ENV",
            SEARCH + " crf_search ENV");

    install("ffprobe", TestTools.tools().ffprobe());

    await(() -> paused().isEmpty() && failures().isEmpty());
    assertThat(List.of(SEARCH, ENCODE, ANALYSE, HOST)).allMatch(this::isOpen);
    assertThat(failuresEver()).isEqualTo(5);
  }

  @Test
  void aWorkerThatComesBackAsUnfitAsItWasWritesNoSecondFailureAndOneThatIsMendedResolvesThem()
      throws Exception {
    remove("ab-av1");
    health.start();
    assertThat(failures()).hasSize(2);

    health.stop();
    health = health(0);
    health.start();

    assertThat(failures()).hasSize(2);
    assertThat(failuresEver()).isEqualTo(2);

    health.stop();
    install("ab-av1", TestTools.tools().abAv1());
    health = health(0);
    health.start();

    assertThat(failures()).isEmpty();
    assertThat(failuresEver()).isEqualTo(2);
  }

  @Test
  void aDiskThatIsTooFullIsOnRecordForWhatItIs() throws Exception {
    health = health(Long.MAX_VALUE);

    health.start();

    assertThat(failures())
        .containsExactly(ENCODE + " encoding RESOURCE_DISK", SEARCH + " crf_search RESOURCE_DISK");
  }

  @Test
  void aWorkerWhoseFfmpegHasNoLibvmafSaysSoAndStillLooksAtFiles() throws Exception {
    remove("ffmpeg");
    FfmpegWithoutVmaf.made(folder.resolve("ffmpeg"));

    health.start();

    assertThat(paused()).containsOnlyKeys(SEARCH, ENCODE, HOST);
    assertThat(paused().values())
        .allMatch(why -> why.equals("ffmpeg has no working libvmaf: No such filter: 'libvmaf'"));
    assertThat(isOpen(ANALYSE)).isTrue();
    assertThat(failures()).hasSize(3);
  }

  @Test
  void aWorkerWithoutAbAv1StillLooksAtFilesAndVerifies() throws Exception {
    remove("ab-av1");

    health.start();

    assertThat(paused()).containsOnlyKeys(SEARCH, ENCODE);
    assertThat(List.of(ANALYSE, HOST)).allMatch(this::isOpen);
  }

  @Test
  void aToolThatIsNoSuchToolCountsAsMissing() throws Exception {
    remove("ffmpeg");
    install("ffmpeg", Path.of("/bin/false"));

    health.start();

    assertThat(paused()).containsOnlyKeys(SEARCH, ENCODE, CHECK, HOST);
    assertThat(paused().get(HOST)).contains("did not say its version");
  }

  @Test
  void aToolThatIsLostInMidLifeStopsWhatNeedsItAndNothingElse() throws Exception {
    health.start();
    assertThat(paused()).isEmpty();

    remove("ffmpeg");

    await(() -> !paused().isEmpty());
    assertThat(paused()).containsOnlyKeys(SEARCH, ENCODE, CHECK, HOST);
    assertThat(isOpen(ANALYSE)).isTrue();
  }

  @Test
  void aWorkFolderThatCannotBeWrittenToIsFoundOutAndSoIsItsReturn() throws Exception {
    health.start();
    assertThat(paused()).isEmpty();

    try (LockedFolder _ = LockedFolder.of(folder.resolve("work"))) {
      await(() -> !paused().isEmpty());
      assertThat(paused()).containsOnlyKeys(SEARCH, ENCODE);
      assertThat(paused().get(ENCODE)).contains("cannot be written to");
      assertThat(List.of(SEARCH, ENCODE)).noneMatch(this::isOpen);
    }

    await(() -> paused().isEmpty());
    assertThat(List.of(SEARCH, ENCODE, ANALYSE, HOST)).allMatch(this::isOpen);
    try (var left = Files.list(folder.resolve("work"))) {
      assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("writable-"));
    }
  }

  private Path library(String name) throws Exception {
    Path root = Files.createDirectories(folder.toRealPath().resolve(name));
    Library library =
        new LibraryRepository(database).add(name, new MediaPath(root.toString()), "default", false);
    new LibraryMarker(library.id(), new InstallationRepository(database).id()).write(root);
    return root;
  }

  @Test
  void whileOneLibraryIsThereItsQueuesAreServedThoughAnotherIsGone() throws Exception {
    library("films");
    Path gone = library("series");
    Files.move(gone, folder.resolve("elsewhere"));

    health.start();

    assertThat(paused()).isEmpty();
    assertThat(List.of(SEARCH, ENCODE, ANALYSE, FILES, HOST)).allMatch(this::isOpen);
  }

  @Test
  void aZoneWithoutAnyOfItsMountsStopsItsQueuesSaysSoAndTakesThemUpWhenOneIsBack()
      throws Exception {
    Path root = library("films");
    Files.move(root, folder.resolve("elsewhere"));

    health.start();

    assertThat(paused()).containsOnlyKeys(SEARCH, ENCODE, ANALYSE, FILES, CHECK);
    assertThat(paused().get(FILES))
        .isEqualTo("library films at " + root + ": it has no marker: is it mounted?");
    assertThat(List.of(SEARCH, ENCODE, ANALYSE, FILES, CHECK)).noneMatch(this::isOpen);
    assertThat(isOpen(HOST)).isTrue();
    assertThat(failures())
        .containsExactly(
            ANALYSE + " analysis ENV",
            CHECK + " analysis ENV",
            ENCODE + " encoding ENV",
            FILES + " post_process ENV",
            SEARCH + " crf_search ENV");

    Files.move(folder.resolve("elsewhere"), root);

    await(() -> paused().isEmpty());
    assertThat(isOpen(FILES)).isTrue();
  }
}
