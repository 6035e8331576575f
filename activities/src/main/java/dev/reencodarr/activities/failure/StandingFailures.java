package dev.reencodarr.activities.failure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.StandingFailureRepository;
import dev.reencodarr.activities.store.StandingFailureRepository.Standing;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down the failures that are no video's, each once for as long as it stands. */
public final class StandingFailures implements StandingFailureActivities {

  private static final Logger LOG = LoggerFactory.getLogger(StandingFailures.class);

  private final StandingFailureRepository rows;
  private final FailureContext contexts;

  public StandingFailures(StandingFailureRepository rows, Machine machine) {
    this.rows = rows;
    this.contexts = new FailureContext(machine);
  }

  @Override
  public void tell(String run, List<StandingFailure> failing, List<String> working) {
    rows.tell(run, failing.stream().map(each -> row(run, each)).toList(), working).stream()
        .map(Standing::judged)
        .filter(judged -> CriticalFailure.isCritical(judged.category(), judged.code()))
        .forEach(judged ->
            LOG.error(
                "critical failure: {} {}: {}",
                judged.stage().code(),
                judged.code(),
                FailureContext.clean(judged.message())));
  }

  private Standing row(String run, StandingFailure failure) {
    Classification judged = failure.classification();
    ObjectNode context = contexts.of(judged, failure.evidence());
    context.put("subject", FailureContext.clean(failure.subject()));
    context.put("run_id", run);
    return new Standing(
        failure.subject(), judged, FailureContext.message(judged, failure.evidence()), context);
  }
}
