package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.replace.CrashPoints.Moment;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An original can be put to any free name, whatever has become of its own. */
class RestoreTest {

  private static final byte[] THEIRS = "an upgrade".getBytes(StandardCharsets.UTF_8);

  private static Database database;

  @TempDir private Path folder;

  @TempDir(factory = InMemory.class)
  private Path otherMount;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  private ReplaceBench replaced(String source) {
    return ReplaceBench.replaced(database, folder, source);
  }

  private static RestoreOutcome restore(ReplaceBench bench, Path place) {
    return bench
        .exchanging()
        .restore(bench.video(), "restore#" + bench.video(), ReplaceBench.media(place));
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void theOriginalGoesToTheGivenNameAndAnUpgradeStaysWhereItIs(String source) throws IOException {
    ReplaceBench bench = replaced(source);
    Files.write(bench.target(), THEIRS);
    Path place = folder.resolve("back 'again'\n" + bench.video() + source);

    RestoreOutcome outcome = restore(bench, place);

    assertThat(outcome).isEqualTo(new RestoreOutcome.Restored(ReplaceBench.media(place)));
    assertThat(place).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(Files.getLastModifiedTime(place).toInstant()).isEqualTo(ReplaceBench.MODIFIED);
    assertThat(bench.target()).hasBinaryContent(THEIRS);
    assertThat(bench.files()).containsExactly(bench.relative(bench.target()));
    Replacement row = bench.rows().latestCommitted(bench.video()).orElseThrow();
    assertThat(row.quarantined()).isFalse();
    assertThat(Path.of(row.quarantine().value())).doesNotExist();
    assertThat(restore(bench, place)).as("run again").isEqualTo(outcome);
    assertThat(bench.exchanging().undo(bench.video(), "undo#" + bench.video()))
        .isInstanceOfSatisfying(
            UndoOutcome.Refused.class,
            refused -> assertThat(refused.why()).contains(place.toString()));
  }

  @Test
  void toAnotherMountACopyGoesThatWasReadBack() throws IOException {
    assumeThat(Files.getFileStore(otherMount)).isNotEqualTo(Files.getFileStore(folder));
    ReplaceBench bench = replaced("movie.mkv");
    Path place = otherMount.resolve("movie.mkv");

    assertThat(restore(bench, place)).isInstanceOf(RestoreOutcome.Restored.class);

    assertThat(place).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(Files.getLastModifiedTime(place).toInstant()).isEqualTo(ReplaceBench.MODIFIED);
    assertThat(bench.files()).containsExactly(bench.relative(bench.target()));
    assertThat(otherMount).isDirectoryNotContaining(file -> !file.equals(place));
  }

  private static RestoreOutcome restore(ReplaceBench bench, Path place, CrashPoints points) {
    return bench
        .swapper(SwapWay.EXCHANGE, points)
        .restore(bench.video(), "restore#" + bench.video(), ReplaceBench.media(place));
  }

  /** When the copy has its name, its time is what FAT would show of it. */
  private static CrashPoints showingEvenSeconds(Path place, boolean powerFails) {
    return (step, moment) -> {
      if (step == Step.PLACE_ORIGINAL && moment == Moment.TAKEN) {
        try {
          long seconds = ReplaceBench.MODIFIED.getEpochSecond() / 2 * 2;
          Files.setLastModifiedTime(place, FileTime.from(Instant.ofEpochSecond(seconds)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        if (powerFails) {
          throw new StoppedDead.PowerFailure(step.name());
        }
      }
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileSystemWithCoarserTimesIsGivenTheOriginalAndNothingIsForgottenInQuarantine(
      boolean cutShort) throws IOException {
    assumeThat(Files.getFileStore(otherMount)).isNotEqualTo(Files.getFileStore(folder));
    ReplaceBench bench = replaced("movie.mkv");
    Path place = otherMount.resolve("movie.mkv");
    if (cutShort) {
      assertThatThrownBy(() -> restore(bench, place, showingEvenSeconds(place, true)))
          .isInstanceOf(StoppedDead.PowerFailure.class);
    }

    assertThat(restore(bench, place, showingEvenSeconds(place, false)))
        .isInstanceOf(RestoreOutcome.Restored.class);

    assertThat(place).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.files()).containsExactly(bench.relative(bench.target()));
    Replacement row = bench.rows().latestCommitted(bench.video()).orElseThrow();
    assertThat(row.quarantined()).isFalse();
    assertThat(Path.of(row.quarantine().value())).doesNotExist();
  }

  @Test
  void aCopyThatSomebodyChangesAtOnceDoesNotCostTheOriginal() throws IOException {
    assumeThat(Files.getFileStore(otherMount)).isNotEqualTo(Files.getFileStore(folder));
    ReplaceBench bench = replaced("movie.mkv");
    Path place = otherMount.resolve("movie.mkv");
    CrashPoints changing =
        (step, moment) -> {
          if (step == Step.CHECK_COPY && moment == Moment.AFTER) {
            try {
              Files.write(place, THEIRS);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };

    assertThat(restore(bench, place, changing)).isInstanceOf(RestoreOutcome.Refused.class);

    assertThat(bench.kept()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(place).hasBinaryContent(THEIRS);
    assertThat(bench.rows().latestCommitted(bench.video()).orElseThrow().quarantined()).isTrue();
    assertThat(restore(bench, folder.resolve("elsewhere.mkv")))
        .isInstanceOf(RestoreOutcome.Restored.class);
  }

  @Test
  void anotherFileInTheFolderIsNotForgottenThere() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Path stranger = Files.write(bench.kept().resolveSibling("displaced"), THEIRS);
    Path place = folder.resolve("back-" + bench.video() + ".mkv");

    assertThat(restore(bench, place)).isInstanceOf(RestoreOutcome.Restored.class);

    assertThat(stranger).hasBinaryContent(THEIRS);
    assertThat(bench.rows().latestCommitted(bench.video()).orElseThrow().quarantined()).isTrue();
    assertThat(restore(bench, place)).as("again").isInstanceOf(RestoreOutcome.Restored.class);
  }

  @Test
  void aNameThatIsTakenOrLiesInNoFolderIsRefusedAndTheOriginalStaysInQuarantine()
      throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Path taken = Files.write(folder.resolve("taken.mkv"), THEIRS);

    assertThat(restore(bench, taken)).isInstanceOf(RestoreOutcome.Refused.class);
    assertThat(restore(bench, folder.resolve("no/such/folder.mkv")))
        .isInstanceOf(RestoreOutcome.Refused.class);

    assertThat(taken).hasBinaryContent(THEIRS);
    assertThat(bench.kept()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.exchanging().undo(bench.video(), "undo#" + bench.video()))
        .isInstanceOf(UndoOutcome.Undone.class);
  }

  @Test
  void anOriginalThatIsInItsPlaceAgainIsNotPutElsewhere() {
    ReplaceBench bench = replaced("movie.mkv");
    bench.exchanging().undo(bench.video(), "undo#" + bench.video());

    assertThat(restore(bench, folder.resolve("elsewhere.mkv")))
        .isInstanceOf(RestoreOutcome.Refused.class);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void noScanTakesTheContentThatWasPutBackUnderWhateverName() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Path place = folder.resolve("kept.mkv");
    restore(bench, place);

    assertThat(
            database
                .client()
                .sql("select count(*) from kept_contents where sampled_hash = ?")
                .param(FileIdentity.of(place).sampledHash())
                .query(Long.class)
                .single())
        .isOne();
  }
}
