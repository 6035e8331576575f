package dev.reencodarr.activities.broken;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.workflows.broken.FoundBy;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.OnBrokenSource;
import dev.reencodarr.workflows.plan.Wishes;

/** Notes what is broken, and orders another copy where rules and settings say so. */
public final class BrokenSources {

  private final BrokenSourceRepository sources;
  private final RuledSource ruled;
  private final RulesInForce rules;

  /**
   * @param rules over this worker's settings
   */
  public BrokenSources(Database database, RulesInForce rules) {
    this.sources = new BrokenSourceRepository(database);
    this.ruled = new RuledSource(database);
    this.rules = rules;
  }

  /**
   * A video's file, as it is known now, is broken.
   *
   * @param problem in a sentence
   */
  public void found(VideoId video, FoundBy by, String problem) {
    sources.found(video, by, problem);
    orderWhereRuled(video);
  }

  /** Orders another copy of what is known to be broken, where rules and settings say so. */
  void orderWhereRuled(VideoId video) {
    boolean isToBeReplaced =
        ruled
            .of(video)
            .map(file -> rules.current().settingsOf(file, Wishes.none()))
            .filter(settings -> settings.skip().isEmpty())
            .map(settings -> settings.quality().brokenSource())
            .filter(OnBrokenSource.REDOWNLOAD::equals)
            .isPresent();
    if (isToBeReplaced) {
      boolean _ = sources.orderAutomatically(video);
    }
  }

  /** A video's file was decoded from end to end. */
  public void sound(VideoId video, String why) {
    sources.acquit(video, why);
  }
}
