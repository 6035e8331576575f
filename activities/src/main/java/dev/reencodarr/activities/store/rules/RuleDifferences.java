package dev.reencodarr.activities.store.rules;

import dev.reencodarr.activities.store.AnalysedVideo;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.workflows.plan.rules.VideoRules;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Which videos rules would now decide otherwise than when they were last asked. What is encoded
 * already is passed over, its source is not there any more; so is what an undo has put back.
 */
public final class RuleDifferences {

  private final AllExplained videos;

  public RuleDifferences(Database database) {
    this.videos = new AllExplained(database);
  }

  /**
   * A video that would be decided otherwise.
   *
   * @param before what was decided, in one line
   */
  public record Difference(String before, Explained now) {}

  /**
   * Looks for them.
   *
   * @param told is given each
   * @return how many were compared
   */
  public long find(VideoRules rules, LibraryScope scope, Consumer<Difference> told) {
    AtomicLong compared = new AtomicLong();
    videos.forEach(
        rules,
        scope,
        now ->
            now.video()
                .decidedBefore()
                .filter(before -> isForRules(now.video()))
                .ifPresent(before -> {
                  compared.incrementAndGet();
                  if (!now.decision().equals(before)) {
                    told.accept(new Difference(before, now));
                  }
                }));
    return compared.get();
  }

  private static boolean isForRules(AnalysedVideo video) {
    return !video.isKept();
  }
}
