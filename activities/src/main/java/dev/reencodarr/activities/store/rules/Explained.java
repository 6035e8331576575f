package dev.reencodarr.activities.store.rules;

import dev.reencodarr.activities.store.AnalysedVideo;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.plan.rules.FileSettings;
import dev.reencodarr.workflows.plan.rules.RuledFile;
import dev.reencodarr.workflows.plan.rules.VideoRules;

/**
 * What rules make of a video.
 *
 * @param settings with where each comes from
 * @param planned what comes of them
 */
public record Explained(AnalysedVideo video, FileSettings settings, Planned planned) {

  /** By these rules, for a request without wishes. */
  public static Explained of(AnalysedVideo video, VideoRules rules) {
    FileSettings settings = rules.settingsOf(video.toRules(), Wishes.none());
    return new Explained(
        video, settings, settings.plan(video.path(), video.facts().file(), video.facts().media()));
  }

  /** What rules know of it. */
  public RuledFile file() {
    return video.toRules();
  }

  /** The plan in one line. */
  public String decision() {
    return settings.inOneLine(planned);
  }
}
