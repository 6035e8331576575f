package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureStage;
import java.time.Duration;

/** Rows of failures as a test wants them, in the order in which they are made, one second apart. */
public final class FailureRows {

  private final Database database;
  private int made = 0;

  public FailureRows(Database database) {
    this.database = database;
  }

  /** A final failure without a video. */
  public long row(
      FailureStage stage,
      FailureCategory category,
      String code,
      String message,
      boolean resolved,
      Duration ago) {
    return database
        .client()
        .sql(
            """
            insert into video_failures (failure_stage, failure_category, failure_code,
              failure_message, resolved, resolved_at, inserted_at)
            values (:stage, :category, :code, :message, :resolved,
              case when :resolved then now() end,
              now() - make_interval(secs => :ago) + make_interval(secs => :made))
            returning id
            """)
        .param("stage", stage.code())
        .param("category", category.code())
        .param("code", code)
        .param("message", message)
        .param("resolved", resolved)
        .param("ago", ago.toSeconds())
        .param("made", made++)
        .query(Long.class)
        .single();
  }

  /** So many final failures of one kind an hour ago, the first of them resolved. */
  public void rows(
      FailureStage stage,
      FailureCategory category,
      String code,
      String message,
      int unresolved,
      int resolved) {
    for (int each = 0; each < unresolved + resolved; each++) {
      row(stage, category, code, message, each < resolved, Duration.ofHours(1));
    }
  }

  /**
   * The failures of the example in the documentation: 23, of which 8 are resolved; the sample
   * messages are those of the latest.
   */
  public void example() {
    rows(
        FailureStage.ENCODING,
        FailureCategory.RESOURCE_EXHAUSTION,
        "EXIT_137",
        "Process killed by system (likely OOM)",
        8,
        3);
    rows(FailureStage.ENCODING, FailureCategory.PROCESS_FAILURE, "EXIT_1", "no reason", 0, 1);
    rows(
        FailureStage.ANALYSIS,
        FailureCategory.FILE_ACCESS,
        "FILE_ACCESS",
        "File access failed: Permission denied",
        5,
        2);
    rows(FailureStage.CRF_SEARCH, FailureCategory.VMAF_CALCULATION, "VMAF_CALC", "x", 1, 1);
    rows(FailureStage.CRF_SEARCH, FailureCategory.TIMEOUT, "STALLED", "y", 1, 1);
  }
}
