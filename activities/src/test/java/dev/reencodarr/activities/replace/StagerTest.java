package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.Delivered;
import dev.reencodarr.workflows.replace.StageRequest;
import dev.reencodarr.workflows.replace.StagedResult;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies are believed only when they were read back, and never take anybody's name. */
class StagerTest {

  private static Database database;

  @TempDir private Path folder;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  private ReplaceBench bench() {
    return ReplaceBench.in(database, folder, "movie.mkv", "movie.mkv");
  }

  @Test
  void theCopyLiesInTheStageFolderOfTheLibraryUnderANameOfIds() {
    ReplaceBench bench = bench();
    StageRequest request = bench.stageRequest();

    StagedResult staged = bench.stager().stage(request);

    Path copy = Path.of(staged.path().value());
    assertThat(copy).hasBinaryContent(ReplaceBench.RESULT);
    assertThat(copy.toString())
        .startsWith(bench.root() + "/.reencodarr/stage/" + bench.video() + "/");
    assertThat(bench.ours()).hasSize(3);
    assertThat(bench.files()).as("no probe is left").hasSize(2);
    assertThat(bench.stager().stage(request)).as("a second run").isEqualTo(staged);
  }

  @Test
  void aDamagedLeftoverIsWrittenAgain() throws IOException {
    ReplaceBench bench = bench();
    StageRequest request = bench.stageRequest();
    Path copy = Path.of(bench.stager().stage(request).path().value());
    Files.writeString(copy, "half");

    bench.stager().stage(request);

    assertThat(copy).hasBinaryContent(ReplaceBench.RESULT);
  }

  @Test
  void aResultThatIsNotTheVerifiedOneIsNotCopied() throws IOException {
    ReplaceBench bench = bench();
    StageRequest request = bench.stageRequest();
    Files.writeString(Path.of(request.result().value()), "changed since");

    assertThatThrownBy(() -> bench.stager().stage(request))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            fault -> {
              assertThat(fault.getType()).isEqualTo("FILE_OPERATION");
              assertThat(JudgedFault.row(FailureStage.POST_PROCESS, fault))
                  .isEqualTo("post_process/file_operations/FILE_OP_MOVE RETRY");
            });
    assertThat(bench.files()).hasSize(1);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void nothingIsWrittenIntoAMountThatIsAnotherInstallationsLibrary() throws IOException {
    ReplaceBench bench = bench();
    Path mount = bench.root().resolve("A Show/Season 01");
    new LibraryMarker(new LibraryId(UUID.randomUUID()), UUID.randomUUID()).write(mount);
    List<String> before = bench.files();

    assertThatThrownBy(() -> bench.stager().stage(bench.stageRequest()))
        .hasMessageContaining(mount + " belongs to another installation");

    assertThat(bench.files()).isEqualTo(before);
    assertThat(bench.root().resolve(DotFolder.NAME)).doesNotExist();
  }

  @Test
  void withoutRoomNothingIsWritten() {
    ReplaceBench bench = bench();
    Stager stager =
        new Stager(ReplaceBench.machine(), root -> {}, Long.MAX_VALUE / 2, () -> progress -> {});

    assertThatThrownBy(() -> stager.stage(bench.stageRequest()))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            fault -> {
              assertThat(fault.getType()).isEqualTo("DISK_FULL");
              assertThat(JudgedFault.row(FailureStage.POST_PROCESS, fault))
                  .isEqualTo("post_process/resource_exhaustion/RESOURCE_DISK STOP_QUEUE");
            });
    assertThat(bench.files()).hasSize(1);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void aForeignLibraryIsNotWrittenTo() {
    ReplaceBench bench = bench();
    Stager stager =
        new Stager(
            ReplaceBench.machine(),
            root -> {
              throw new IllegalStateException("foreign");
            },
            0,
            () -> progress -> {});

    assertThatThrownBy(() -> stager.stage(bench.stageRequest()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(bench.root().resolve(".reencodarr")).doesNotExist();
  }

  @Test
  void itSaysHowFarItIs() {
    ReplaceBench bench = bench();
    List<EncodeProgress> said = new ArrayList<>();
    Stager stager = new Stager(ReplaceBench.machine(), root -> {}, 0, () -> said::add);

    stager.stage(bench.stageRequest());

    assertThat(said).isNotEmpty();
    assertThat(said.getLast().phase()).isEqualTo(EncodeProgress.Phase.COPYING);
    assertThat(said.getLast().percent()).isEqualTo(100);
  }

  @Test
  void aDeliveryMakesItsFoldersAndKeepsTheSourcesTime() throws IOException {
    ReplaceBench bench = bench();
    Path target = folder.resolve("out/A Show/new\nline.mkv");
    StageRequest request = bench.stageRequest();

    Delivered delivered = bench.stager().deliver(request, new MediaPath(target.toString()));

    assertThat(delivered)
        .isEqualTo(new Delivered.To(new MediaPath(target.toString()), ReplaceBench.RESULT.length));
    assertThat(target).hasBinaryContent(ReplaceBench.RESULT);
    assertThat(Files.getLastModifiedTime(target).toInstant()).isEqualTo(ReplaceBench.MODIFIED);
    assertThat(target.getParent()).isDirectoryNotContaining("glob:.reencodarr*");
    assertThat(bench.stager().deliver(request, new MediaPath(target.toString())))
        .as("a second run")
        .isEqualTo(delivered);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void aDeliveryReplacesNothing() throws IOException {
    ReplaceBench bench = bench();
    byte[] theirs = "theirs".getBytes(StandardCharsets.UTF_8);
    Path target = Files.write(folder.resolve("taken.mkv"), theirs);
    MediaPath destination = new MediaPath(target.toString());

    assertThat(bench.stager().deliver(bench.stageRequest(), destination))
        .isEqualTo(new Delivered.NameTaken(destination));
    assertThat(target).hasBinaryContent(theirs);
  }
}
