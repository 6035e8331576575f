package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.plan.Planned;
import io.temporal.activity.ActivityInterface;

/** Asks the rules in force about a film of which a sample is wanted; changes no row. */
@ActivityInterface(namePrefix = "SamplePlan")
public interface SamplePlanActivities {

  Planned planSample(SampleOrder order, Analysis.Analysed facts);
}
