package dev.reencodarr.activities.video;

import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.activities.store.sync.ManagedFacts;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.plan.EncodePlanner;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.rules.FileSettings;
import dev.reencodarr.workflows.plan.rules.RuledFile;
import dev.reencodarr.workflows.video.SampleOrder;
import dev.reencodarr.workflows.video.SamplePlanActivities;
import java.time.Instant;
import java.util.List;

/** Asks the rules in force for a sample. */
public final class SamplePlans implements SamplePlanActivities {

  private final RulesInForce rules;
  private final ManagedFacts managed;

  public SamplePlans(RulesInForce rules, ManagedFacts managed) {
    this.rules = rules;
    this.managed = managed;
  }

  @Override
  public Planned planSample(SampleOrder order, Analysis.Analysed facts) {
    RuledFile file =
        new RuledFile(
            order.source(),
            order.libraryName(),
            facts.file(),
            facts.media(),
            managed.of(order.source()),
            Instant.now());
    FileSettings settings = rules.current().settingsOf(file, order.wishes());
    Planned planned = settings.plan(order.source(), facts.file(), facts.media());
    return planned instanceof Planned.Encode && order.preset().isPresent()
        ? EncodePlanner.plan(
            order.source(),
            facts.file(),
            facts.media(),
            with(settings.quality(), order.preset().getAsInt()))
        : planned;
  }

  private static QualitySettings with(QualitySettings quality, int preset) {
    return quality.with(
        List.of(new SettingValue(SettingKey.PRESETS, Integer.toString(preset), "request")));
  }
}
