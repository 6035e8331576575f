package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.broken.BrokenSource;
import dev.reencodarr.workflows.media.MediaPath;
import java.time.Instant;
import java.util.Optional;

/**
 * A broken file in JSON: a contract with other programs.
 *
 * @param foundBy {@code work} or {@code check}
 * @param problem in a sentence
 * @param detail why it is in its state, for people
 * @param automatic whether a rule or setting has ordered another copy
 * @param release that it was taken from; null where none is known
 * @param keptPath where the broken file is kept; null: it lies at its path, or is gone
 * @param otherPath where the other copy lies
 */
public record BrokenSourceView(
    String videoId,
    String path,
    long size,
    String foundBy,
    Instant foundAt,
    String problem,
    String state,
    Instant stateSince,
    String detail,
    boolean automatic,
    Optional<String> release,
    Optional<String> keptPath,
    Optional<String> otherPath) {

  public static BrokenSourceView of(BrokenSource source) {
    return new BrokenSourceView(
        source.video().toString(),
        source.path().value(),
        source.size(),
        source.by().code(),
        source.foundAt(),
        source.problem(),
        source.state().code(),
        source.stateSince(),
        source.detail(),
        source.automatic(),
        source.managed().map(BrokenSource.Managed::release).filter(release -> !release.isEmpty()),
        source.kept().map(MediaPath::value),
        source.arrived().map(MediaPath::value));
  }
}
