package dev.reencodarr.workflows.failure.report;

import io.temporal.activity.ActivityInterface;

/** Reads the report; runs on {@code control}. */
@ActivityInterface(namePrefix = "FailureReport")
public interface FailureReportActivities {

  /** The report, without the outputs of programs: they are too large to travel. */
  FailureReport read(ReportOrder order);
}
