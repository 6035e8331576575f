package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which rows of {@code video_failures} are critical, and how they are read. */
final class CriticalFailureRows {

  /** Of a table named f; further conditions may follow. */
  static final String ARE_CRITICAL =
      """
      f."final" and not f.resolved
        and (f.failure_category in (:categories) or f.failure_code in (:codes))
      """;

  /** Further conditions and an order may follow. */
  static final String SELECT =
      """
      select f.id, f.video_id, v.path, f.failure_stage, f.failure_category,
             f.failure_code, f.failure_message, f.inserted_at
      from video_failures f left join videos v on v.id = f.video_id
      where
      """
          + ARE_CRITICAL;

  private CriticalFailureRows() {}

  /** Those of {@link #ARE_CRITICAL}. */
  static Map<String, Object> parameters() {
    return Map.of(
        "categories",
        CriticalFailure.CATEGORIES.stream().map(FailureCategory::code).toList(),
        "codes",
        CriticalFailure.CODES);
  }

  static CriticalFailure read(ResultSet row, int number) throws SQLException {
    String category = row.getString("failure_category");
    String code = row.getString("failure_code");
    return new CriticalFailure(
        row.getLong("id"),
        Optional.ofNullable(row.getObject("video_id", UUID.class)).map(UUID::toString),
        Optional.ofNullable(row.getString("path")),
        row.getString("failure_stage"),
        category,
        code,
        row.getString("failure_message"),
        row.getObject("inserted_at", OffsetDateTime.class).toInstant(),
        CriticalFailure.severity(FailureCategory.parse(category), code));
  }
}
