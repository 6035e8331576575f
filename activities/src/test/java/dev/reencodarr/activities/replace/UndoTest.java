package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.replace.UndoOutcome;
import dev.reencodarr.workflows.temporal.Payloads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Undo puts the original back, can itself be undone, and refuses rather than guess. */
class UndoTest {

  private static Database database;

  @TempDir private Path folder;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  private ReplaceBench replaced(String source, String target, SwapWay way) {
    ReplaceBench bench = ReplaceBench.in(database, folder, source, target);
    bench.swapper(way, CrashPoints.none()).swap(bench.staged("swap"));
    return bench;
  }

  private static UndoOutcome undo(ReplaceBench bench, String attempt) {
    return bench
        .swapper(SwapWay.EXCHANGE, CrashPoints.none())
        .undo(bench.video(), attempt + "#" + bench.video());
  }

  @ParameterizedTest
  @EnumSource(SwapWay.class)
  void undoCanBeUndoneAgainAndAgain(SwapWay way) {
    ReplaceBench bench = replaced("movie.mkv", "movie.mkv", way);

    undo(bench, "first");
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(((UndoOutcome.Undone) undo(bench, "second")).redone()).isTrue();
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.RESULT);
    assertThat(bench.rows().latestDone(bench.video())).isPresent();
    assertThat(((UndoOutcome.Undone) undo(bench, "third")).redone()).isFalse();
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.files()).hasSize(2);
  }

  @Test
  void anUndoThatTheServerRunsTwiceIsDoneOnce() {
    ReplaceBench bench = replaced("movie.mkv", "movie.mkv", SwapWay.EXCHANGE);

    UndoOutcome once = undo(bench, "undo");

    assertThat(undo(bench, "undo")).isEqualTo(once);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void aLateDuplicateOfAnEarlierUndoIsRefused() {
    ReplaceBench bench = replaced("movie.mkv", "movie.mkv", SwapWay.EXCHANGE);
    undo(bench, "first");
    undo(bench, "second");

    assertThat(undo(bench, "first")).isInstanceOf(UndoOutcome.Refused.class);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.RESULT);
  }

  @Test
  void nothingIsUndoneWhereNothingWasReplaced() {
    ReplaceBench bench = ReplaceBench.in(database, folder, "movie.mkv", "movie.mkv");

    assertThat(undo(bench, "undo")).isInstanceOf(UndoOutcome.Refused.class);
    assertThat(
            bench
                .swapper(SwapWay.EXCHANGE, CrashPoints.none())
                .undo(bench.video(), "again#" + bench.video()))
        .isInstanceOf(UndoOutcome.Refused.class);
  }

  @Test
  void aFileThatIsNotOurResultIsLeftAlone() throws IOException {
    for (String target : new String[] {"movie.mkv", "movie2.mkv"}) {
      ReplaceBench bench = replaced("movie.mkv", target, SwapWay.EXCHANGE);
      byte[] upgrade = "an upgrade".getBytes(StandardCharsets.UTF_8);
      Files.write(bench.target(), upgrade);

      assertThat(undo(bench, "undo")).isInstanceOf(UndoOutcome.Refused.class);
      assertThat(bench.target()).hasBinaryContent(upgrade);
      assertThat(bench.rows().latestCommitted(bench.video()).orElseThrow().state())
          .isEqualTo(ReplacementState.DONE);
    }
  }

  @Test
  void anOriginalWhosePlaceIsTakenStaysInQuarantine() throws IOException {
    ReplaceBench bench = replaced("movie.avi", "movie.mkv", SwapWay.EXCHANGE);
    byte[] theirs = "a new download".getBytes(StandardCharsets.UTF_8);
    Files.write(bench.source(), theirs);

    assertThat(undo(bench, "undo")).isInstanceOf(UndoOutcome.Refused.class);
    assertThat(bench.source()).hasBinaryContent(theirs);
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
  }

  @Test
  void outcomesTravelThroughTemporalAlsoFromOlderWorkers() throws IOException {
    UndoOutcome outcome =
        new UndoOutcome.Undone(
            ReplaceBench.media(Path.of("/m/a.mkv")),
            new dev.reencodarr.workflows.media.SourceIdentity(1, Instant.EPOCH, "x"),
            true);
    String json = Payloads.mapper().writeValueAsString(outcome);

    assertThat(Payloads.mapper().readValue(json, UndoOutcome.class)).isEqualTo(outcome);
    UndoOutcome older =
        Payloads.mapper().readValue(json.replace(",\"redone\":true", ""), UndoOutcome.class);
    assertThat(((UndoOutcome.Undone) older).redone()).isFalse();
  }

  @Test
  void anUndoFollowsAResultThatSonarrHasRenamedAndSoDoesItsUndo() throws IOException {
    for (String source : new String[] {"movie.mkv", "movie.AVI"}) {
      ReplaceBench bench = replaced(source, "movie.mkv", SwapWay.EXCHANGE);
      Path season = Files.createDirectories(bench.root().resolve("Show (2020)/Season 1"));
      Path renamed = season.resolve("Show - 1x01 - 'Größe'.mkv");
      Files.move(bench.target(), renamed);
      Path back = source.endsWith("AVI") ? season.resolve("Show - 1x01 - 'Größe'.AVI") : renamed;

      UndoOutcome outcome = undo(bench, "undo");

      assertThat(outcome).isInstanceOf(UndoOutcome.Undone.class);
      assertThat(((UndoOutcome.Undone) outcome).path()).isEqualTo(ReplaceBench.media(back));
      assertThat(back).hasBinaryContent(ReplaceBench.ORIGINAL);
      assertThat(bench.files()).as("original and result, nothing else").hasSize(2);

      assertThat(((UndoOutcome.Undone) undo(bench, "redo")).path())
          .isEqualTo(ReplaceBench.media(renamed));
      assertThat(renamed).hasBinaryContent(ReplaceBench.RESULT);
      assertThat(bench.files()).hasSize(2);
    }
  }

  @Test
  void theUndoOfAnUndoFollowsAnOriginalThatWasRenamedMeanwhile() throws IOException {
    for (String source : new String[] {"movie.mkv", "movie.avi"}) {
      ReplaceBench bench = replaced(source, "movie.mkv", SwapWay.EXCHANGE);
      undo(bench, "undo");
      Path renamed = bench.root().resolve("other" + source.substring(5));
      Files.move(bench.source(), renamed);

      UndoOutcome outcome = undo(bench, "redo");

      assertThat(((UndoOutcome.Undone) outcome).redone()).isTrue();
      assertThat(bench.root().resolve("other.mkv")).hasBinaryContent(ReplaceBench.RESULT);
      assertThat(bench.files()).hasSize(2);
    }
  }

  @Test
  void aRenamedOriginalNeverComesOverAFileThatHasItsName() throws IOException {
    ReplaceBench bench = replaced("movie.avi", "movie.mkv", SwapWay.EXCHANGE);
    Files.move(bench.target(), bench.root().resolve("new.mkv"));
    byte[] theirs = "theirs".getBytes(StandardCharsets.UTF_8);
    Files.write(bench.root().resolve("new.avi"), theirs);

    assertThat(undo(bench, "undo")).isInstanceOf(UndoOutcome.Refused.class);
    assertThat(bench.root().resolve("new.avi")).hasBinaryContent(theirs);
    assertThat(bench.kept()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void theManifestSaysWhereAnUndoHasTakenPlace() throws IOException {
    ReplaceBench bench = replaced("movie.mkv", "movie.mkv", SwapWay.EXCHANGE);
    Path renamed = bench.root().resolve("renamed.mkv");
    Files.move(bench.target(), renamed);
    undo(bench, "undo");

    assertThat(Files.readString(bench.kept().resolveSibling("manifest.json")))
        .contains(renamed.toString());
  }

  @Test
  void theRowOutlivesItsVideo() {
    ReplaceBench bench = replaced("movie.mkv", "movie.mkv", SwapWay.EXCHANGE);
    UUID row = bench.rows().latestDone(bench.video()).orElseThrow().id();

    database.client().sql("delete from videos where id = ?").param(bench.video().value()).update();

    assertThat(bench.rows().byId(row).orElseThrow().video()).isEmpty();
    assertThat(bench.rows().quarantined())
        .anySatisfy(entry -> assertThat(entry.replacement()).isEqualTo(row));
    assertThat(bench.rows().latestDone(new VideoId(UUID.randomUUID()))).isEmpty();
  }
}
