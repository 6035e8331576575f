package dev.reencodarr.bench.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * Films that are ordered together, and what happens meanwhile.
 *
 * @param number from 1
 * @param films each of them one run
 * @param faults in no order
 * @param sequel what is done when all have come to rest
 */
record Batch(int number, List<Film> films, List<Fault> faults, Sequel sequel) {

  /** What follows. */
  sealed interface Sequel {

    /** Nothing. */
    record Nothing() implements Sequel {}

    /** The same films are ordered once more: nobody may do anything. */
    record OrderAgain() implements Sequel {}

    /**
     * Some originals are put back.
     *
     * @param films by their places in the batch
     * @param fault happens while they are
     */
    record Undo(List<Integer> films, Fault fault) implements Sequel {}
  }

  /** The whole batch for people, a line for each fault. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("batch %d: films %s".formatted(number, films.stream().map(Batch::text).toList()));
    faults.forEach(fault -> lines.add("  " + fault.text()));
    lines.add(
        switch (sequel) {
          case Sequel.Nothing() -> "  then nothing";
          case Sequel.OrderAgain() -> "  then ordered again";
          case Sequel.Undo(List<Integer> undone, Fault fault) ->
              "  then films %s undone, and %s".formatted(undone, fault.text());
        });
    return List.copyOf(lines);
  }

  private static String text(Film film) {
    return film.number() + "." + film.container().extension();
  }

  /** How many of its faults end encodes that they hit. */
  int endsOfEncodes() {
    return (int) faults.stream().filter(fault -> fault.kind().endsEncodes()).count();
  }
}
