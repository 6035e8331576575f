package dev.reencodarr.activities.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import dev.reencodarr.workflows.failure.report.Details;
import dev.reencodarr.workflows.failure.report.FailureGroup;
import dev.reencodarr.workflows.failure.report.FailureOverview;
import dev.reencodarr.workflows.failure.report.FailurePattern;
import dev.reencodarr.workflows.failure.report.FailureReport;
import dev.reencodarr.workflows.failure.report.RecentFailure;
import dev.reencodarr.workflows.failure.report.ReportOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is said of failures: the door for programs, which the command line and Temporal's workflow
 * use as well. It needs nothing but the database.
 *
 * <pre>{@code
 * FailureReporting failures = new FailureReporting(new Database(source));
 * FailureReport report = failures.generateFailureReport();
 * if (failures.getFailureOverview().requiresAttention()) { … }
 * failures.getCriticalFailures().forEach(each -> … each.severity() …);
 * }</pre>
 *
 * <p>Days are counted back from the database's clock and bound every number; only what is critical
 * and stands is told however old it is. Each call reads one moment of the database. Database faults
 * come as Spring's {@code DataAccessException}.
 */
public final class FailureReporting {

  /** Days of an overview and of a look at critical failures for which none are named. */
  public static final int LOOK_DAYS = 1;

  /** The longest period, a hundred years. */
  public static final int MOST_DAYS = ReportOrder.MOST_DAYS;

  /** The most entries of a list. */
  public static final int MOST_ENTRIES = 1000;

  /** The rows that count, in a table named f. */
  static final String PERIOD = "f.\"final\" and f.inserted_at >= :since";

  private final Database database;
  private final FailureConcentrations concentrations;

  public FailureReporting(Database database) {
    this.database = database;
    this.concentrations = new FailureConcentrations(database);
  }

  /** The report of the last 7 days with at most 10 entries in each list. */
  public FailureReport generateFailureReport() {
    return generateFailureReport(ReportOrder.USUAL_DAYS, ReportOrder.USUAL_ENTRIES);
  }

  /**
   * The report.
   *
   * @param daysBack 1 to {@value #MOST_DAYS}
   * @param limit of patterns, recent failures and concentrations, 1 to {@value #MOST_ENTRIES}
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public FailureReport generateFailureReport(int daysBack, int limit) {
    requireRange("days", daysBack, MOST_DAYS);
    requireRange("limit", limit, MOST_ENTRIES);
    return atOneMoment(() -> {
      OffsetDateTime since = since(daysBack);
      List<FailureGroup> groups = groups(since);
      List<FailurePattern> patterns =
          FailurePattern.among(groups, limit).stream()
              .map(group -> FailurePattern.of(group, latestMessage(group, since)))
              .toList();
      return FailureReport.of(
          daysBack,
          groups,
          patterns,
          recent(since, limit),
          details(groups, since, daysBack, limit));
    });
  }

  /** The overview of the last day. */
  public FailureOverview getFailureOverview() {
    return getFailureOverview(LOOK_DAYS);
  }

  /**
   * The overview.
   *
   * @param daysBack 1 to {@value #MOST_DAYS}
   * @throws IllegalArgumentException if it is out of its range
   */
  public FailureOverview getFailureOverview(int daysBack) {
    requireRange("days", daysBack, MOST_DAYS);
    return atOneMoment(() -> {
      OffsetDateTime since = since(daysBack);
      return FailureOverview.of(
          groups(since), recent(since, FailureOverview.MOST_RECENT), somethingStands(daysBack));
    });
  }

  private boolean somethingStands(int daysBack) {
    return database
        .client()
        .sql(CriticalFailureRows.STANDS)
        .params(CriticalFailureRows.parameters())
        .param("days", daysBack)
        .query(Boolean.class)
        .single();
  }

  /** The critical failures of the last day, and those that stand since before. */
  public List<CriticalFailure> getCriticalFailures() {
    return getCriticalFailures(LOOK_DAYS);
  }

  /**
   * The critical failures of a period, and however old they are those that stand: what is no
   * video's and does not work yet, and what a parked video waits for; the newest first.
   *
   * @param daysBack 1 to {@value #MOST_DAYS}
   * @throws IllegalArgumentException if it is out of its range
   */
  public List<CriticalFailure> getCriticalFailures(int daysBack) {
    requireRange("days", daysBack, MOST_DAYS);
    return database
        .client()
        .sql(
            """
            select f.id, f.video_id, v.path, f.failure_stage, f.failure_category, f.failure_code,
                   f.failure_message, f.inserted_at
            from
            """
                + CriticalFailureRows.NOW
                + """
                left join videos v on v.id = f.video_id
                order by f.inserted_at desc, f.id desc
                """)
        .params(CriticalFailureRows.parameters())
        .param("days", daysBack)
        .query(CriticalFailureRows::read)
        .list();
  }

  /**
   * How many failures {@link #getCriticalFailures(int)} would tell.
   *
   * @param daysBack 1 to {@value #MOST_DAYS}
   * @throws IllegalArgumentException if it is out of its range
   */
  public long countCriticalFailures(int daysBack) {
    requireRange("days", daysBack, MOST_DAYS);
    return database
        .client()
        .sql("select count(*) from " + CriticalFailureRows.NOW)
        .params(CriticalFailureRows.parameters())
        .param("days", daysBack)
        .query(Long.class)
        .single();
  }

  private static void requireRange(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s must be 1 to %d, it is %d".formatted(name, most, value));
    }
  }

  private <T> T atOneMoment(Supplier<T> reading) {
    return Objects.requireNonNull(database.snapshot().execute(_ -> reading.get()));
  }

  private OffsetDateTime since(int daysBack) {
    return database
        .client()
        .sql("select now() - make_interval(days => :days)")
        .param("days", daysBack)
        .query(OffsetDateTime.class)
        .single();
  }

  private List<FailureGroup> groups(OffsetDateTime since) {
    return database
        .client()
        .sql(
            """
            select f.failure_stage, f.failure_category, f.failure_code, count(*) as total,
                   count(*) filter (where f.resolved) as resolved,
                   max(f.inserted_at) filter (where not f.resolved) as latest
            from video_failures f where
            """
                + PERIOD
                + " group by f.failure_stage, f.failure_category, f.failure_code")
        .param("since", since)
        .query((row, _) ->
            new FailureGroup(
                FailureStage.parse(row.getString("failure_stage")),
                FailureCategory.parse(row.getString("failure_category")),
                row.getString("failure_code"),
                row.getLong("total"),
                row.getLong("resolved"),
                instant(row, "latest")))
        .list();
  }

  private String latestMessage(FailureGroup group, OffsetDateTime since) {
    return database
        .client()
        .sql(
            """
            select f.failure_message from video_failures f
            where f.failure_stage = :stage and f.failure_category = :category
              and f.failure_code = :code and not f.resolved and
            """
                + PERIOD
                + " order by f.inserted_at desc, f.id desc limit 1")
        .param("stage", group.stage().code())
        .param("category", group.category().code())
        .param("code", group.code())
        .param("since", since)
        .query(String.class)
        .single();
  }

  private List<RecentFailure> recent(OffsetDateTime since, int limit) {
    return database
        .client()
        .sql(
            """
            select f.id, f.video_id, v.path, f.failure_stage, f.failure_category, f.failure_code,
                   f.failure_message, f.retry_count, f.inserted_at, f.system_context
            from video_failures f left join videos v on v.id = f.video_id
            where not f.resolved and
            """
                + PERIOD
                + " order by f.inserted_at desc, f.id desc limit :limit")
        .param("since", since)
        .param("limit", limit)
        .query((row, _) ->
            new RecentFailure(
                row.getLong("id"),
                videoId(row),
                Optional.ofNullable(row.getString("path")),
                row.getString("failure_stage"),
                row.getString("failure_category"),
                row.getString("failure_code"),
                row.getString("failure_message"),
                row.getInt("retry_count"),
                instant(row, "inserted_at").orElseThrow(),
                Json.read(row.getString("system_context"), JsonNode.class)))
        .list();
  }

  // --- details -------------------------------------------------------------------------------

  private Details details(
      List<FailureGroup> groups, OffsetDateTime since, int daysBack, int limit) {
    long total = groups.stream().mapToLong(FailureGroup::total).sum();
    return new Details(
        concentrations.of(since, limit),
        Details.Trend.of(total, finalBetween(since.minusDays(daysBack), since)),
        retried(since));
  }

  private long finalBetween(OffsetDateTime from, OffsetDateTime to) {
    return database
        .client()
        .sql("select count(*) from video_failures f where " + PERIOD + " and f.inserted_at < :to")
        .param("since", from)
        .param("to", to)
        .query(Long.class)
        .single();
  }

  private long retried(OffsetDateTime since) {
    return database
        .client()
        .sql("select count(*) from video_failures where not \"final\" and inserted_at >= :since")
        .param("since", since)
        .query(Long.class)
        .single();
  }

  // --- columns -------------------------------------------------------------------------------

  private static Optional<String> videoId(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getObject("video_id", UUID.class)).map(UUID::toString);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
