package dev.reencodarr.bench.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that can be seen when a batch has come to rest.
 *
 * @param films with what they were before
 * @param files every file of the library, with what it is
 * @param jobs names in the folders of jobs and probes
 * @param orphans processes, for people
 * @param launches encodes that were begun, by the film's number
 * @param causes faults that each may have ended one encode of each film
 */
record Seen(
    List<Original> films,
    Map<Path, Content> files,
    List<String> jobs,
    List<String> orphans,
    Ledger ledger,
    Map<Integer, Integer> launches,
    int causes) {

  /**
   * A film as it was ordered.
   *
   * @param source its path
   * @param target the path of its result, maybe the same
   */
  record Original(int number, Path source, Path target, String sha256) {}

  /**
   * What a file holds.
   *
   * @param number of the film, at its end; -1 for none
   */
  record Content(String sha256, int number) {}
}
