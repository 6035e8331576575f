package dev.reencodarr.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.bench.chaos.Ledger.SwapRow;
import dev.reencodarr.bench.chaos.Ledger.VideoRow;
import dev.reencodarr.bench.chaos.Moment.Stage;
import dev.reencodarr.bench.chaos.Seen.Original;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final Path PATH = Path.of("/library/film.mkv");
  private static final List<Original> FILMS = List.of(new Original(1, PATH, PATH, "sha"));

  private static Ledger ledger(String state, List<SwapRow> swaps) {
    return new Ledger(List.of(new VideoRow("1", PATH, state, "", "")), swaps, 1);
  }

  private static SwapRow swap(String state, boolean unfinishedUndo) {
    return new SwapRow("1", state, "", PATH, PATH, Path.of("/q"), "sha", unfinishedUndo, true);
  }

  private static Moment at(Stage stage) {
    return new Moment(stage, 0, 0);
  }

  @Test
  void aMomentComesWhenItsFilmHasComeSoFar() throws Exception {
    Progress progress = new Progress(FILMS, false);
    progress.see(ledger("encoding", List.of()));
    assertThat(progress.await(at(Stage.SEARCHING))).isTrue();
    assertThat(progress.await(at(Stage.ENCODING))).isTrue();
    CompletableFuture<Boolean> later = waiting(progress, Stage.SWAPPED);
    assertThat(later).isNotDone();
    progress.see(ledger("replacing", List.of(swap("done", false))));
    assertThat(later.get(10, TimeUnit.SECONDS)).isTrue();
  }

  private static CompletableFuture<Boolean> waiting(Progress progress, Stage stage) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return progress.await(at(stage));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  @Test
  void aFilmThatFallsBackStaysWhereItWas() throws Exception {
    Progress progress = new Progress(FILMS, false);
    progress.see(ledger("encoding", List.of()));
    progress.see(ledger("waiting", List.of()));
    assertThat(progress.await(at(Stage.ENCODING))).isTrue();
  }

  @Test
  void aMomentThatNeverCameIsGivenUpAtTheEnd() throws Exception {
    Progress progress = new Progress(FILMS, false);
    CompletableFuture<Boolean> never = waiting(progress, Stage.SWAPPING);
    progress.end();
    assertThat(never.get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void anUndoBeginsAtASwapThatIsDone() throws Exception {
    Progress progress = new Progress(FILMS, true);
    progress.see(ledger("encoded", List.of(swap("done", false))));
    CompletableFuture<Boolean> begun = waiting(progress, Stage.REPLACING);
    assertThat(begun).isNotDone();
    progress.see(ledger("replacing", List.of(swap("done", true))));
    assertThat(begun.get(10, TimeUnit.SECONDS)).isTrue();
  }
}
