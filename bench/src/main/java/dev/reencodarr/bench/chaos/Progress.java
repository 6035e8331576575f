package dev.reencodarr.bench.chaos;

import dev.reencodarr.bench.chaos.Ledger.SwapRow;
import dev.reencodarr.bench.chaos.Ledger.VideoRow;
import dev.reencodarr.bench.chaos.Moment.Stage;
import dev.reencodarr.bench.chaos.Seen.Original;
import java.util.Arrays;
import java.util.List;

/** How far the films of a batch have come at most, while their rows are watched. */
final class Progress {

  private final List<Original> films;
  private final boolean undo;
  private final Stage[] furthest;
  private boolean over;

  /**
   * @param undo whether films are put back: then swaps that are done are where it begins
   */
  Progress(List<Original> films, boolean undo) {
    this.films = films;
    this.undo = undo;
    this.furthest = new Stage[films.size()];
    Arrays.fill(furthest, Stage.ORDERED);
  }

  synchronized void see(Ledger ledger) {
    for (int film = 0; film < furthest.length; film++) {
      Stage now = stage(films.get(film), ledger);
      if (now.compareTo(furthest[film]) > 0) {
        furthest[film] = now;
      }
    }
    notifyAll();
  }

  private Stage stage(Original film, Ledger ledger) {
    List<SwapRow> swaps = ledger.swaps(film.source());
    if (swaps.stream().anyMatch(row -> row.is("intended") || row.unfinishedUndo())) {
      return Stage.SWAPPING;
    }
    if (!undo && swaps.stream().anyMatch(row -> row.is("done"))) {
      return Stage.SWAPPED;
    }
    return switch (ledger.video(film.source(), film.target()).map(VideoRow::state).orElse("")) {
      case "analysing" -> Stage.ANALYSING;
      case "searching" -> Stage.SEARCHING;
      case "encoding" -> Stage.ENCODING;
      case "replacing" -> Stage.REPLACING;
      default -> Stage.ORDERED;
    };
  }

  /** Nothing more will happen. */
  synchronized void end() {
    over = true;
    notifyAll();
  }

  /** Waits until a film has come so far; false if it never will. */
  synchronized boolean await(Moment moment) throws InterruptedException {
    while (furthest[moment.film()].compareTo(moment.stage()) < 0) {
      if (over) {
        return false;
      }
      wait();
    }
    return true;
  }

  synchronized boolean isOver() {
    return over;
  }
}
