package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.ReplacementRepository.Quarantined;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.ReplacementState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A file in quarantine, in JSON.
 *
 * @param kept {@code original}, {@code result} (its original was put back) or {@code other}: a file
 *     that a swap could not put back
 * @param path of the video
 * @param folder that keeps the file
 * @param until when it may go; null where only people let it go
 * @param keptBecause why it could not go when it was due; empty: it was not tried yet
 */
public record QuarantinedView(
    String replacement,
    Optional<String> videoId,
    String kept,
    String path,
    String folder,
    long bytes,
    Instant since,
    Optional<Instant> until,
    String keptBecause) {

  /**
   * @param days for which files are kept
   */
  public static QuarantinedView of(Quarantined entry, Duration days) {
    boolean expires = entry.state() != ReplacementState.ABANDONED;
    return new QuarantinedView(
        entry.replacement().toString(),
        entry.video().map(VideoId::toString),
        kept(entry.state()),
        entry.path().value(),
        entry.folder().value(),
        entry.bytes(),
        entry.since(),
        expires ? Optional.of(entry.since().plus(days)) : Optional.empty(),
        entry.keptBecause());
  }

  private static String kept(ReplacementState state) {
    return switch (state) {
      case DONE, INTENDED -> "original";
      case UNDONE -> "result";
      case ABANDONED -> "other";
    };
  }
}
