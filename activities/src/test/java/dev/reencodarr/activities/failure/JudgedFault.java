package dev.reencodarr.activities.failure;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;

/**
 * What the table of failures makes of a fault that an activity has thrown: the row that it gets.
 */
public final class JudgedFault {

  private JudgedFault() {}

  /** Stage, category, code and reaction, such as {@code encoding/timeout/STALLED RETRY}. */
  public static String row(FailureStage stage, Throwable thrown) {
    return row(stage, evidence(thrown));
  }

  /** The same of evidence that was taken from a fault. */
  public static String row(FailureStage stage, Evidence evidence) {
    Classification judged = FailureTable.classify(stage, evidence);
    return judged.stage().code()
        + "/"
        + judged.category().code()
        + "/"
        + judged.code()
        + " "
        + judged.reaction();
  }

  /** The evidence that a fault carries, thrown by the activity itself or out of its stub. */
  public static Evidence evidence(Throwable thrown) {
    return switch (thrown) {
      case ApplicationFailure fault -> fault.getDetails().get(Evidence.class);
      case ActivityFailure failure when failure.getCause() instanceof ApplicationFailure fault ->
          fault.getDetails().get(Evidence.class);
      default -> throw new AssertionError("not a fault of an activity", thrown);
    };
  }
}
