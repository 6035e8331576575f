package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.failure.MadeForReal;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.replace.SwapWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that is not root, and files that are and are not its own. */
class OtherUserTest {

  private static final int NOBODY = 65534;
  private static final int SOMEBODY = 4242;

  private static Database database;
  private static String url;

  @TempDir(factory = InMemory.class)
  private static Path classes;

  private static String classPath;

  @TempDir(factory = InMemory.class)
  private Path folder;

  @BeforeAll
  static void classesForEverybody() throws IOException {
    MountedFolders.assumeRoot();
    assertThat(Path.of("/usr/bin/setpriv"))
        .as("without it root's own rights would be tested")
        .isExecutable();
    url = ReplaceBench.freshUrl();
    database = ReplaceBench.database(url);
    Files.setPosixFilePermissions(classes, PosixFilePermissions.fromString("rwxr-xr-x"));
    classPath = SwapJvm.readableClassPath(classes);
  }

  @AfterAll
  static void classesGo() throws IOException {
    try (Stream<Path> walk = Files.walk(classes)) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        if (!path.equals(classes)) {
          Files.delete(path);
        }
      }
    }
  }

  @BeforeEach
  void folderForEverybody() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A library of nobody's, whose video is somebody's; staged by nobody as well. */
  private ReplaceBench library(int owner, String mode) throws IOException {
    ReplaceBench bench = ReplaceBench.in(database, folder, "movie.mkv", "movie.mkv");
    Files.setPosixFilePermissions(bench.source(), PosixFilePermissions.fromString(mode));
    return owned(bench, owner);
  }

  private static ReplaceBench owned(ReplaceBench bench, int owner) throws IOException {
    try (Stream<Path> walk = Files.walk(bench.root())) {
      for (Path path : walk.toList()) {
        give(path, NOBODY);
      }
    }
    give(bench.source(), owner);
    return bench;
  }

  private static void give(Path path, int owner) throws IOException {
    Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
  }

  private SwapJvm.Ending run(
      ReplaceBench bench, String what, Path staged, String mount, boolean strict)
      throws IOException {
    SwapJvm.Ending ending =
        SwapJvm.run(
            new SwapJvm.Order(bench, url, what, staged, mount, strict, Integer.MAX_VALUE),
            classPath,
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    assertThat(ending.exit()).as(ending.said()).isZero();
    return ending;
  }

  private Path staged(ReplaceBench bench, int owner) throws IOException {
    Path staged = Path.of(bench.staged("swap").staged().path().value());
    owned(bench, owner);
    return staged;
  }

  @Test
  void itReplacesAndUndoesItsOwnFiles() throws IOException {
    ReplaceBench bench = library(NOBODY, "rw-r--r--");
    Path staged = staged(bench, NOBODY);

    assertThat(run(bench, "swap", staged, "REAL", true).said()).contains("Replaced");
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
    assertThat(bench.rows().latestDone(bench.video()).orElseThrow().warnings()).isEmpty();
    assertThat(run(bench, "undo", staged, "REAL", true).said()).contains("Undone");
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void aFileOfAnotherOwnerIsReplacedWithAWarning() throws IOException {
    ReplaceBench bench = library(SOMEBODY, "rw-r--r--");
    Path staged = staged(bench, SOMEBODY);

    assertThat(run(bench, "swap", staged, "REAL", false).said()).contains("Replaced");

    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
    assertThat(FileOwner.of(bench.target()).orElseThrow().uid()).isEqualTo(NOBODY);
    assertThat(bench.rows().latestDone(bench.video()).orElseThrow().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("owner " + SOMEBODY));
  }

  @Test
  void aFileOfAnotherOwnerStaysWhereTheSettingsAreStrict() throws IOException {
    ReplaceBench bench = library(SOMEBODY, "rw-r--r--");
    Path staged = staged(bench, SOMEBODY);

    assertThat(run(bench, "swap", staged, "REAL", true).said())
        .contains("FILE_OPERATION")
        .contains("strict_owner");

    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(FileOwner.of(bench.source()).orElseThrow().uid()).isEqualTo(SOMEBODY);
  }

  /** Before the search, so that no encode is made that strict_owner refuses at its end. */
  @Test
  void whoMayGiveFilesToAnOwnerIsNotThoughtToGiveThemToEveryGroup() throws IOException {
    ReplaceBench bench = library(NOBODY, "rw-r--r--");
    Files.setAttribute(bench.source(), "unix:gid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);

    String said = run(bench, "abilities", bench.source(), "REAL", true).said();

    assertThat(said.indexOf("chown=true")).isNotNegative();
    assertThat(said.indexOf("chown=false")).isGreaterThan(said.indexOf("chown=true"));
    assertThat(said).as("links ask for the owner alone").doesNotContain("hardLinks=false");
  }

  @Test
  void aFileThatTheKernelForbidsToLinkIsCopied() throws IOException {
    assertThat(Files.readString(Path.of("/proc/sys/fs/protected_hardlinks")).strip())
        .as("the kernel protects the files of others")
        .isEqualTo("1");
    ReplaceBench bench = library(SOMEBODY, "rw-r--r--");
    Path staged = staged(bench, SOMEBODY);

    assertThat(run(bench, "swap", staged, "LINKS", false).said()).contains("Replaced");

    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
    assertThat(bench.rows().latestDone(bench.video()).orElseThrow().way()).isEqualTo(SwapWay.COPY);
  }

  @Test
  void aFileThatItMayNotReadStays() throws IOException {
    ReplaceBench bench = library(SOMEBODY, "rw-------");
    Path staged = staged(bench, SOMEBODY);

    String said = run(bench, "swap", staged, "REAL", false).said();

    assertThat(said)
        .contains("FILE_OPERATION")
        .contains("AccessDenied")
        .contains("post_process/file_access/FILE_ACCESS GIVE_UP");
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void aFolderThatItMayNotWriteStaysAsItIs() throws IOException {
    ReplaceBench bench = library(NOBODY, "rw-r--r--");
    Path staged = staged(bench, NOBODY);
    give(InsideLibrary.folderOf(bench.source()), SOMEBODY);

    String said = run(bench, "swap", staged, "REAL", false).said();

    assertThat(said)
        .contains("FILE_OPERATION")
        .contains("post_process/file_access/FILE_ACCESS GIVE_UP");
    MadeForReal.as(
        "permission denied, at the swap",
        "FILE_OPERATION",
        said.lines().filter(line -> line.startsWith("post_process/")).findFirst().orElseThrow());
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    give(InsideLibrary.folderOf(bench.source()), NOBODY);
    assertThat(run(bench, "swap", staged, "REAL", false).said()).contains("Replaced");
  }
}
