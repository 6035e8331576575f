package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.rules.RuleSet;
import dev.reencodarr.workflows.plan.rules.RulesInvalid;
import dev.reencodarr.workflows.plan.rules.RulesReader;
import dev.reencodarr.workflows.plan.rules.VideoRules;
import java.util.List;

/** The rules that were set last, over the settings of this machine; they are read once each. */
public final class RulesInForce {

  private final RuleSetRepository stored;
  private final List<SettingValue> settings;
  private final QualitySettings usual;
  private final RulesReader reader = new RulesReader();
  private Known known;

  /** Rules that were read, and under which id they lie; 0: none were set. */
  private record Known(long id, VideoRules rules) {}

  /**
   * @param settings of this machine
   */
  public RulesInForce(Database database, List<SettingValue> settings) {
    this.stored = new RuleSetRepository(database);
    this.settings = List.copyOf(settings);
    this.known = new Known(0, new VideoRules(settings, RuleSet.none()));
    this.usual = known.rules().usual();
  }

  /** The settings of this machine, as they are where no rule says anything. */
  public QualitySettings usual() {
    return usual;
  }

  /**
   * The rules. Where a later version has set what this one does not understand, they leave every
   * file alone, and say why.
   */
  public synchronized VideoRules current() {
    stored
        .latest()
        .filter(latest -> latest.id() != known.id())
        .ifPresent(latest -> known = new Known(latest.id(), read(latest.rules())));
    return known.rules();
  }

  private VideoRules read(String rules) {
    try {
      return over(reader.read(rules));
    } catch (RulesInvalid e) {
      return VideoRules.unreadable(settings, e);
    }
  }

  /** Other rules over the same settings. */
  public VideoRules over(RuleSet rules) {
    return new VideoRules(settings, rules);
  }
}
