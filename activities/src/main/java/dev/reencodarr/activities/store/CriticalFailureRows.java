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

  private static final String COLUMNS =
      """
      select f.id, f.video_id, f.failure_stage, f.failure_category, f.failure_code,
             f.failure_message, f.inserted_at
      """;

  private static final String BEGIN = "now() - make_interval(days => :days) ";

  /**
   * What has begun before the period and stands all the same: its row was written when it began,
   * and nothing is written while it goes on.
   */
  private static final String STANDING =
      COLUMNS
          + "from video_failures f where "
          + ARE_CRITICAL
          + "and f.video_id is null and f.system_context ->> 'subject' is not null"
          + " and f.inserted_at < "
          + BEGIN
          + "union all "
          + COLUMNS
          + "from videos parked join video_failures f on f.video_id = parked.id"
          + " where parked.state = 'waiting' and "
          + ARE_CRITICAL
          + "and f.inserted_at < "
          + BEGIN;

  /** Those of the last {@code :days}, and what stands since before them; a table named f. */
  static final String NOW =
      "("
          + COLUMNS
          + "from video_failures f where "
          + ARE_CRITICAL
          + "and f.inserted_at >= "
          + BEGIN
          + "union all "
          + STANDING
          + ") f ";

  /** Whether something stands since before the last {@code :days}. */
  static final String STANDS = "select exists (" + STANDING + ")";

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
