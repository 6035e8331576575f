package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapRequest;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Originals come back by their manifests alone, and the database finds it out later. */
class UndoFromDiskTest {

  private static Database database;

  @TempDir private Path folder;

  @TempDir(factory = InMemory.class)
  private Path memory;

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

  /** The database is lost in the middle of a swap: the film gets its place back. */
  @ParameterizedTest
  @EnumSource(
      value = SwapCase.class,
      names = {"RENAME_AWAY", "NEW_PATH", "NEW_PATH_BY_LINK", "NEW_PATH_OVER_PLACEHOLDER"})
  void aSwapThatWasStoppedAnywhereIsTakenBack(SwapCase way) throws IOException {
    int points = points(way);
    assertThat(points).isGreaterThan(25);
    for (int point = 0; point < points; point++) {
      ReplaceBench bench = way.bench(database, memory);
      SwapRequest request = bench.staged("swap");
      StoppedDead stop = new StoppedDead(point);
      assertThatThrownBy(() -> way.swapper(bench, stop).swap(request))
          .isInstanceOf(StoppedDead.PowerFailure.class);
      String at = stop.passed().isEmpty() ? "the start" : stop.passed().getLast();

      for (Path quarantine : UndoFromDisk.quarantineFolders(bench.root())) {
        UndoFromDisk.undo(quarantine);
      }

      assertThat(bench.source()).as("after " + at).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.files()).as("original and result, after " + at).hasSize(2);
      for (Path quarantine : UndoFromDisk.quarantineFolders(bench.root())) {
        assertThat(UndoFromDisk.undo(quarantine)).as("again, after " + at).isEmpty();
      }
    }
  }

  private int points(SwapCase way) {
    ReplaceBench bench = way.bench(database, memory);
    StoppedDead counting = StoppedDead.never();
    way.swapper(bench, counting).swap(bench.staged("swap"));
    return counting.passed().size();
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void anUndoThatWasStoppedAnywhereGoesOnWhenItIsBegunAgain(String source) throws IOException {
    StoppedDead counting = StoppedDead.never();
    UndoFromDisk.undo(onlyFolder(replacedInMemory(source).root()), counting);
    int points = counting.passed().size();
    assertThat(points).isGreaterThan(10);
    Proof proof = new Proof("stopped-undo-from-disk-" + source);
    proof.count("points", points);
    proof.write();
    for (int point = 0; point < points; point++) {
      ReplaceBench bench = replacedInMemory(source);
      Path quarantine = onlyFolder(bench.root());
      StoppedDead stop = new StoppedDead(point);
      assertThatThrownBy(() -> UndoFromDisk.undo(quarantine, stop))
          .isInstanceOf(StoppedDead.PowerFailure.class);
      String at = "after " + (stop.passed().isEmpty() ? "the start" : stop.passed().getLast());

      Optional<UndoOutcome> again = UndoFromDisk.undo(quarantine);

      again.ifPresent(outcome -> assertThat(outcome).as(at).isInstanceOf(UndoOutcome.Undone.class));
      assertThat(bench.source()).as(at).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.files()).as(at).hasSize(2);
      assertThat(quarantine.resolve(source.equals("movie.mkv") ? source : "result"))
          .as(at)
          .hasBinaryContent(ReplaceBench.RESULT);
      assertThat(UndoFromDisk.undo(quarantine)).as("once more, " + at).isEmpty();
    }
  }

  private ReplaceBench replacedInMemory(String source) {
    return ReplaceBench.replaced(database, memory, source);
  }

  @Test
  void anOriginalWithoutAnyPlaceComesBackAlsoWhereItsResultIsGone() throws IOException {
    ReplaceBench bench = replaced("movie.avi");
    Path quarantine = onlyFolder(bench.root());
    Files.delete(bench.target());

    assertThat(UndoFromDisk.undo(quarantine)).get().isInstanceOf(UndoOutcome.Undone.class);

    assertThat(bench.files()).containsExactly(bench.relative(bench.source()));
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(quarantine).as("nothing is kept in it").doesNotExist();
  }

  @Test
  void anOriginalWhosePlaceIsTakenStaysInQuarantine() throws IOException {
    ReplaceBench bench = replaced("movie.avi");
    Files.delete(bench.target());
    Files.writeString(bench.source(), "theirs");

    assertThat(UndoFromDisk.undo(onlyFolder(bench.root())))
        .get()
        .isInstanceOf(UndoOutcome.Refused.class);

    assertThat(bench.kept()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.source()).hasContent("theirs");
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
