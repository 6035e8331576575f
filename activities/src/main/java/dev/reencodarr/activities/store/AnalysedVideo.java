package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.rules.FileSettings;
import dev.reencodarr.workflows.plan.rules.Managed;
import dev.reencodarr.workflows.plan.rules.RuledFile;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A video whose file was measured.
 *
 * @param library name of the one that it lies in
 * @param skipReason why it is left alone; empty where it is not
 * @param managed what Sonarr or Radarr says of its title
 * @param decision what rules and settings made of it when they were last asked, in one line; empty:
 *     they never were
 */
public record AnalysedVideo(
    VideoId id,
    MediaPath path,
    String library,
    VideoState state,
    Optional<SkipReason> skipReason,
    Analysis.Analysed facts,
    Managed managed,
    Optional<String> decision) {

  /** Reasons that no rule or setting has given: a result, an undo, a name that was taken. */
  private static final Set<SkipReason> NOT_BY_RULES =
      Set.of(
          SkipReason.NOT_WORTH_IT,
          SkipReason.KEPT,
          SkipReason.REJECTED,
          SkipReason.TARGET_EXISTS,
          SkipReason.IMPORTED_AGAIN);

  /** Whether an undo has put it back, so that nothing but {@code retry} takes it again. */
  public boolean isKept() {
    return skipReason.filter(SkipReason.KEPT::equals).isPresent();
  }

  /** Whether somebody has looked at its result and did not want it. */
  public boolean isRejected() {
    return skipReason.filter(SkipReason.REJECTED::equals).isPresent();
  }

  /**
   * What was decided before, in one line; of a video that an earlier release has left alone, what
   * that must have been. Empty where nobody knows.
   */
  public Optional<String> decidedBefore() {
    return decision.or(() ->
        skipReason.filter(reason -> !NOT_BY_RULES.contains(reason)).map(FileSettings::lineOf));
  }

  /** What rules know of it. */
  public RuledFile toRules() {
    return new RuledFile(path, library, facts.file(), facts.media(), managed, Instant.now());
  }
}
