package dev.reencodarr.activities.failure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.activities.store.FailureReporting;
import dev.reencodarr.workflows.failure.report.FailureReport;
import dev.reencodarr.workflows.failure.report.FailureReportActivities;
import dev.reencodarr.workflows.failure.report.RecentFailure;
import dev.reencodarr.workflows.failure.report.ReportOrder;

/** The report for Temporal's Web UI. */
public final class FailureReader implements FailureReportActivities {

  private final FailureReporting failures;

  public FailureReader(FailureReporting failures) {
    this.failures = failures;
  }

  @Override
  public FailureReport read(ReportOrder order) {
    return light(failures.generateFailureReport(order.daysBack(), order.entries()));
  }

  private static FailureReport light(FailureReport report) {
    return new FailureReport(
        report.summary(),
        report.byStage(),
        report.byCategory(),
        report.commonPatterns(),
        report.recentFailures().stream().map(FailureReader::light).toList(),
        report.resolutionRate(),
        report.recommendations(),
        report.details());
  }

  private static RecentFailure light(RecentFailure failure) {
    return new RecentFailure(
        failure.id(),
        failure.videoId(),
        failure.videoPath(),
        failure.stage(),
        failure.category(),
        failure.code(),
        failure.message(),
        failure.retryCount(),
        failure.occurredAt(),
        withoutOutput(failure.context()));
  }

  private static JsonNode withoutOutput(JsonNode context) {
    return context instanceof ObjectNode known ? known.deepCopy().without("output") : context;
  }
}
