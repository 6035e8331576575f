package dev.reencodarr.workflows.failure.report;

import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.workflow.Workflow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One activity, and its answer kept for whoever asks. */
public final class FailureReportWorkflowImpl implements FailureReportWorkflow {

  private final FailureReportActivities failures =
      Workflow.newActivityStub(FailureReportActivities.class, ActivityTimings.row());
  private @Nullable FailureReport report;

  @Override
  public FailureReport run(@Nullable ReportOrder order) {
    FailureReport read = failures.read(Objects.requireNonNullElse(order, ReportOrder.usual()));
    report = read;
    FailureReport.Summary summary = read.summary();
    Workflow.setCurrentDetails(
        "%d failures in %d days, %d unresolved"
            .formatted(
                summary.totalFailures(), summary.periodDays(), summary.unresolvedFailures()));
    return read;
  }

  @Override
  public FailureReport report() {
    if (report == null) {
      throw new IllegalStateException("the report is not read yet");
    }
    return report;
  }
}
