package dev.reencodarr.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reencodarr.activities.failure.EvidentFaults;
import dev.reencodarr.activities.failure.FaultWitness;
import dev.reencodarr.activities.failure.GoneMount;
import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.failure.MachineWitness;
import dev.reencodarr.activities.failure.MadeForReal;
import dev.reencodarr.activities.failure.OomWitness;
import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.FuseMount;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.InstallationRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.RootWatch;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.temporal.AttemptsAtWork;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.activity.ActivityInterface;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Steps with all that the worker puts around them, in the order in which it does. */
class StepsTest {

  private final Database database = TestDatabase.fresh();
  private final AnnotationConfigApplicationContext wiring =
      new AnnotationConfigApplicationContext();
  @TempDir private Path folder;
  private Path root;
  private TestActivityEnvironment environment;

  @BeforeEach
  void wire() throws Exception {
    root = Files.createDirectory(folder.resolve("films"));
    BoundRunner runner = new BoundRunner(TestTools.tools(), folder.resolve("home"));
    wiring.registerBean(
        MachineWitness.class,
        () ->
            new MachineWitness(
                new Machine("here", "default", folder),
                new InstalledTools(TestTools.tools(), runner, folder)));
    wiring.registerBean(
        MarkedLibraries.class,
        () -> new MarkedLibraries(database, new RootWatch(Duration.ofSeconds(1))));
    wiring.register(StepsWiring.class);
    wiring.refresh();
    environment =
        TestActivityEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(around().toArray(WorkerInterceptor[]::new))
                        .build())
                .build());
  }

  @AfterEach
  void close() {
    environment.close();
    wiring.close();
  }

  /** As Spring hands them to Temporal. */
  private List<WorkerInterceptor> around() {
    return wiring.getBeanProvider(WorkerInterceptor.class).orderedStream().toList();
  }

  private void addLibrary() throws IOException {
    Library library =
        new LibraryRepository(database)
            .add("Films", new MediaPath(root.toString()), "default", false);
    new LibraryMarker(library.id(), new InstallationRepository(database).id()).write(root);
  }

  private void takeMarkerAway() throws IOException {
    Files.move(root.resolve(LibraryMarker.FOLDER), folder.resolve("away"));
  }

  /** A step over a file. */
  @ActivityInterface(namePrefix = "Over")
  public interface OverFile {
    void work(MediaPath file) throws IOException;
  }

  private MediaPath film() {
    return new MediaPath(root.resolve("film.mkv").toString());
  }

  /** What the step fails with. */
  private Evidence failing(OverFile step) {
    environment.registerActivitiesImplementations(step);
    OverFile stub = environment.newActivityStub(OverFile.class);
    return JudgedFault.evidence(catchThrowable(() -> stub.work(film())));
  }

  private void isWitnessed(Evidence seen) {
    assertThat(seen.context())
        .containsEntry("host", "here")
        .containsEntry("zone", "default")
        .containsEntry("activity", "OverWork")
        .containsEntry(Evidence.SOURCE, film().value())
        .containsEntry(Evidence.LIBRARY_ROOT, root.toString())
        .containsKey("free_disk_bytes");
  }

  @Test
  void theWitnessStandsAroundAllThatMakeEvidence() {
    assertThat(around())
        .as("from the inside out")
        .extracting(each -> (Object) each.getClass())
        .containsExactly(
            EvidentFaults.class,
            OomWitness.class,
            GoneMount.class,
            Suspicion.class,
            FaultWitness.class,
            AttemptsAtWork.class);
  }

  @Test
  void aFilmOfALibraryWithoutItsMarkerIsNotTouchedAndItsWorkerIsNamed() throws Exception {
    addLibrary();
    takeMarkerAway();
    List<MediaPath> touched = new CopyOnWriteArrayList<>();

    Evidence seen = failing(touched::add);

    MadeForReal.as("mount gone", seen);
    isWitnessed(seen);
    assertThat(touched).isEmpty();
    assertThat(wiring.getBean(Suspicion.class).wasRaised()).isTrue();
  }

  /** A FUSE file system whose program is stopped is a mount that hangs. */
  @Test
  void aFilmOfAMountThatHangsIsNotTouchedAndItsWorkerIsNamed() throws Exception {
    Path below = Files.createDirectory(folder.resolve("below"));
    Files.createFile(below.resolve("film.mkv"));
    try (FuseMount fuse = FuseMount.of(below, root)) {
      addLibrary();
      fuse.hang();
      List<MediaPath> touched = new CopyOnWriteArrayList<>();

      Evidence seen = failing(touched::add);

      MadeForReal.as("hung mount", seen);
      isWitnessed(seen);
      assertThat(touched).isEmpty();
    }
  }

  @Test
  void whatAToolHasSaidOfAMountThatWentUnderItIsKept() throws Exception {
    addLibrary();

    Evidence seen =
        failing(file -> {
          takeMarkerAway();
          throw Faults.of(
              new Evidence(
                  EvidenceKind.PROCESS_EXIT,
                  "ffmpeg ended with exit code 183",
                  183,
                  0,
                  List.of("ffmpeg", "-i", "src.mkv"),
                  "src.mkv: Invalid data found; password=hunter2",
                  Map.of("log", "/work/logs/film.log")));
        });

    MadeForReal.as("mount gone", seen);
    isWitnessed(seen);
    assertThat(seen.exitCode()).isEqualTo(183);
    assertThat(seen.command()).containsExactly("ffmpeg", "-i", "src.mkv");
    assertThat(seen.output()).isEqualTo("src.mkv: Invalid data found; password=***");
    assertThat(seen.context())
        .containsEntry("log", "/work/logs/film.log")
        .containsEntry("first_evidence", "PROCESS_EXIT")
        .containsEntry("first_evidence_message", "ffmpeg ended with exit code 183");
  }

  @Test
  void anExceptionThatNobodyHasForeseenIsReadByWhoAsksForTheMount() throws Exception {
    addLibrary();

    Evidence seen =
        failing(file -> {
          takeMarkerAway();
          throw new UncheckedIOException(new NoSuchFileException(file.value()));
        });

    MadeForReal.as("mount gone", seen);
    isWitnessed(seen);
    assertThat(seen.context()).containsEntry("first_evidence", "FILE_ACCESS");
  }

  @Test
  void whatFailsWhileItsLibraryIsThereIsItsOwnFault() throws Exception {
    addLibrary();

    Evidence seen =
        failing(file -> {
          throw Faults.of(EvidenceKind.FILE_ACCESS, "Permission denied");
        });

    assertThat(seen.kind()).isEqualTo(EvidenceKind.FILE_ACCESS);
    assertThat(seen.context()).containsEntry("host", "here").doesNotContainKey("first_evidence");
  }
}
