package dev.reencodarr.activities.failure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.FailureActivities;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import dev.reencodarr.workflows.media.VideoId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes failures down: the classification, and as context what was witnessed, without secrets. */
public final class FailureRecorder implements FailureActivities {

  private static final Logger LOG = LoggerFactory.getLogger(FailureRecorder.class);

  private final FailureRepository failures;
  private final FailureContext contexts;

  public FailureRecorder(FailureRepository failures, Machine machine) {
    this.failures = failures;
    this.contexts = new FailureContext(machine);
  }

  @Override
  public void record(FailureRecord failure) {
    Classification judged = failure.classification();
    String message = FailureContext.message(judged, failure.evidence());
    failures.record(failure, message, context(failure));
    if (failure.isFinal() && CriticalFailure.isCritical(judged.category(), judged.code())) {
      LOG.error(
          "critical failure of video {}: {} {}: {}",
          failure.video(),
          judged.stage().code(),
          judged.code(),
          message);
    }
  }

  @Override
  public void resolveStage(VideoId video, FailureStage stage) {
    failures.resolve(video, stage);
  }

  private ObjectNode context(FailureRecord failure) {
    ObjectNode context = contexts.of(failure.classification(), failure.evidence());
    context.put("reaction", FailureContext.clean(failure.decided()));
    context.put("workflow_id", FailureContext.clean(failure.workflowId()));
    context.put("run_id", FailureContext.clean(failure.firstRunId()));
    context.put("attempt", failure.attempt());
    return context;
  }
}
