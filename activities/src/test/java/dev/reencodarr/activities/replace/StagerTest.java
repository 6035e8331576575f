package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.failure.MadeForReal;
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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  /** What goes wrong with a library while a result is copied into it. */
  enum Mishap {
    STAGE_FOLDER_GOES("post_process/file_operations/FILE_OP_MOVE RETRY") {
      @Override
      void to(Path stage) throws IOException {
        for (Path part : files(stage)) {
          Files.delete(part);
        }
        Files.delete(stage);
      }
    },
    COPY_IS_CUT("post_process/file_operations/FILE_OP_MOVE RETRY") {
      @Override
      void to(Path stage) throws IOException {
        Files.write(files(stage).getFirst(), new byte[0]);
      }
    },
    LIBRARY_IS_FULL("post_process/resource_exhaustion/RESOURCE_DISK STOP_QUEUE") {
      @Override
      void to(Path stage) throws IOException {
        MountedFolders.fill(stage.resolve("filler"));
      }
    };

    private final String row;

    Mishap(String row) {
      this.row = row;
    }

    abstract void to(Path stage) throws IOException;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @EnumSource(Mishap.class)
  void aCopyToAnotherFileSystemThatBreaksOffInTheMiddleLeavesEverythingWhole(Mishap mishap)
      throws IOException {
    MountedFolders.assumeRoot();
    try (MountedFolders mounts = new MountedFolders()) {
      ReplaceBench library =
          ReplaceBench.in(
              database, mounts.tmpfs(folder.resolve("disk"), "8m"), "movie.mkv", "movie.mkv");
      Path work = mounts.tmpfs(folder.resolve("work"), "8m");
      ReplaceBench bench =
          new ReplaceBench(
              library.rows(),
              library.video(),
              library.root(),
              library.source(),
              library.target(),
              work);
      assertThat(device(work)).isNotEqualTo(device(bench.root()));
      byte[] content = severalBlocks();
      StageRequest request = bench.stageRequest(content);
      Path stage = bench.root().resolve(".reencodarr/stage/" + bench.video());
      AtomicInteger blocks = new AtomicInteger();
      Stager harmed =
          bench.stager(progress -> {
            if (blocks.incrementAndGet() == 2) {
              assertThat(stage).isNotEmptyDirectory();
              unchecked(() -> mishap.to(stage));
            }
          });

      Throwable fault = catchThrowable(() -> harmed.stage(request));

      assertThat(blocks).hasPositiveValue();
      assertThat(JudgedFault.row(FailureStage.POST_PROCESS, fault)).isEqualTo(mishap.row);
      if (mishap != Mishap.LIBRARY_IS_FULL) {
        MadeForReal.as("cross-device move failing half-way", fault);
      }
      assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(Path.of(request.result().value())).hasBinaryContent(content);
      Files.deleteIfExists(stage.resolve("filler"));
      assertThat(bench.files()).as("no half of a copy").hasSize(1);

      StagedResult staged = bench.stager().stage(request);

      assertThat(Path.of(staged.path().value())).hasBinaryContent(content);
      assertThat(bench.files()).as("the film and the copy, no part").hasSize(2);
      assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(Path.of(request.result().value())).hasBinaryContent(content);
    }
  }

  @Test
  void aCopyThatDiesWithItsJvmIsMadeAgainByTheNext() throws IOException {
    ReplaceBench bench = bench();
    byte[] content = severalBlocks();
    StageRequest request = bench.stageRequest(content);

    SwapJvm.Ending ending = StageJvm.haltedInTheMiddle(request);

    assertThat(ending.exit()).as(ending.said()).isEqualTo(SwapJvm.HALTED);
    Path stage = bench.root().resolve(".reencodarr/stage/" + bench.video());
    assertThat(files(stage))
        .as("half of a copy, which is never taken for the whole")
        .singleElement()
        .satisfies(part -> {
          assertThat(part.toString()).endsWith(".part");
          assertThat(Files.size(part)).isBetween(1L, content.length - 1L);
        });
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);

    StagedResult staged = bench.stager().stage(request);

    assertThat(Path.of(staged.path().value())).hasBinaryContent(content);
    assertThat(files(stage)).as("no part").hasSize(1);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(Path.of(request.result().value())).hasBinaryContent(content);
  }

  /** A result that is no multiple of the blocks that are copied. */
  private static byte[] severalBlocks() {
    byte[] content = new byte[(3 << 20) + 12345];
    new Random(7).nextBytes(content);
    return content;
  }

  private static long device(Path path) throws IOException {
    return FileStat.of(path).orElseThrow().device();
  }

  private interface Work {
    void work() throws IOException;
  }

  private static void unchecked(Work work) {
    try {
      work.work();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
