package dev.reencodarr.activities.store.rules;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.DecisionRepository;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.workflows.plan.rules.VideoRules;
import java.util.function.Consumer;

/** What rules make of every measured video that is not encoded, on all cores. */
public final class AllExplained {

  private final DecisionRepository decisions;

  public AllExplained(Database database) {
    this.decisions = new DecisionRepository(database);
  }

  /**
   * Asks the rules about each.
   *
   * @param told is given them one after the other, in the caller's thread
   */
  public void forEach(VideoRules rules, LibraryScope scope, Consumer<Explained> told) {
    decisions.forEachPage(
        scope,
        page ->
            page.parallelStream().map(video -> Explained.of(video, rules)).toList().forEach(told));
  }
}
