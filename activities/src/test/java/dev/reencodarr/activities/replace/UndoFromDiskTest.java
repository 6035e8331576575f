package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Originals come back by their manifests alone, and the database finds it out later. */
class UndoFromDiskTest {

  private static Database database;

  @TempDir private Path folder;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  private ReplaceBench replaced(String source) {
    ReplaceBench bench = ReplaceBench.in(database, folder, source, "movie.mkv");
    bench.swapper(SwapWay.EXCHANGE, CrashPoints.none()).swap(bench.staged("swap"));
    return bench;
  }

  private static Path onlyFolder(Path where) throws IOException {
    return UndoFromDisk.quarantineFolders(where).getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void anOriginalComesBackByItsManifest(String source) throws IOException {
    ReplaceBench bench = replaced(source);

    Optional<UndoOutcome> outcome = UndoFromDisk.undo(onlyFolder(bench.root()));

    assertThat(outcome).get().isInstanceOf(UndoOutcome.Undone.class);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.files()).hasSize(2);
    assertThat(UndoFromDisk.undo(onlyFolder(bench.root()))).as("again").isEmpty();
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void aLibraryThatIsMountedElsewhereSinceIsUnderstood(String source) throws IOException {
    ReplaceBench bench = replaced(source);
    Path moved = folder.resolve("rescue " + bench.video());
    Files.move(bench.root(), moved);

    Optional<UndoOutcome> outcome = UndoFromDisk.undo(onlyFolder(moved));

    assertThat(outcome).get().isInstanceOf(UndoOutcome.Undone.class);
    assertThat(moved.resolve(bench.relative(bench.source())))
        .hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void aFileThatIsNotOurResultIsLeftAlone() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    byte[] theirs = "an upgrade".getBytes(StandardCharsets.UTF_8);
    Files.write(bench.target(), theirs);

    assertThat(UndoFromDisk.undo(onlyFolder(bench.root())))
        .get()
        .isInstanceOf(UndoOutcome.Refused.class);
    assertThat(bench.target()).hasBinaryContent(theirs);
  }

  @Test
  void aManifestThatLeadsOutOfItsLibraryIsRefused() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Path quarantine = onlyFolder(bench.root());
    Path manifest = quarantine.resolve("manifest.json");
    Path outside = Files.writeString(folder.resolve("outside.mkv"), "theirs");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace(bench.target().toString(), outside.toString()));

    assertThatThrownBy(() -> UndoFromDisk.undo(quarantine)).isInstanceOf(IOException.class);
    Files.writeString(manifest, "{\"version\": 1}");
    assertThatThrownBy(() -> UndoFromDisk.undo(quarantine)).isInstanceOf(IOException.class);
    assertThat(outside).hasContent("theirs");
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void aDatabaseThatComesBackLearnsOfItByTheNextUndo(String source) throws IOException {
    ReplaceBench bench = replaced(source);
    UndoFromDisk.undo(onlyFolder(bench.root()));

    UndoOutcome outcome =
        bench
            .swapper(SwapWay.EXCHANGE, CrashPoints.none())
            .undo(bench.video(), "undo#" + bench.video());

    assertThat(outcome).isInstanceOf(UndoOutcome.Undone.class);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.rows().latestCommitted(bench.video()).orElseThrow().state())
        .isEqualTo(ReplacementState.UNDONE);
  }

  @Test
  void nothingElseIsTakenForAQuarantineFolder() throws IOException {
    Path other = Files.createDirectories(folder.resolve("x/quarantine/1"));
    Files.writeString(other.resolve("manifest.json"), "{}");

    assertThat(UndoFromDisk.quarantineFolders(folder)).isEmpty();
  }
}
