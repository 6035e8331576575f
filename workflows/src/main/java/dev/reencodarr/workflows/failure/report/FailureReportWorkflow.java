package dev.reencodarr.workflows.failure.report;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * The report for those who live in Temporal's Web UI: started there on the queue {@code control}
 * with an id such as {@code failure-report/monday}, read there as result or by query.
 */
@WorkflowInterface
public interface FailureReportWorkflow {

  /**
   * Reads the report once.
   *
   * @param order as JSON, such as {@code {"days": 30, "limit": 20}}; may be left out
   */
  @WorkflowMethod(name = "FailureReport")
  FailureReport run(@Nullable ReportOrder order);

  /**
   * The same report, also long after the end.
   *
   * @throws IllegalStateException while it is not read yet
   */
  @QueryMethod
  FailureReport report();
}
