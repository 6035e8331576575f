package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.temporal.Payloads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of {@code video_failures}. */
public final class FailureRepository {

  private static final String COLUMNS =
      """
      select id, video_id, failure_stage, failure_category, failure_code, failure_message,
             system_context, retry_count, "final", resolved_at, inserted_at
      from video_failures
      """;

  private final Database database;
  private final ObjectMapper json = Payloads.mapper();

  public FailureRepository(Database database) {
    this.database = database;
  }

  /**
   * Writes a failure, in one round trip. Written again for the same run, stage and attempt it
   * changes nothing; of a video that is gone it keeps the rest.
   *
   * @param message of the classification, fit to be shown
   */
  public void record(FailureRecord failure, String message, JsonNode context) {
    Classification judged = failure.classification();
    database
        .client()
        .sql(
            """
            insert into video_failures (
              video_id, failure_stage, failure_category, failure_code, failure_message,
              system_context, retry_count, "final", workflow_id, run_id, attempt)
            values (
              -- The lock keeps the video until the row is there: deleted before, it is null.
              (select id from videos where id = :video for key share),
              :stage, :category, :code, :message, cast(:context as jsonb), :retries, :final,
              :workflow, :run, :attempt)
            on conflict (workflow_id, run_id, failure_stage, attempt) do nothing
            """)
        .param("video", failure.video().value())
        .param("stage", judged.stage().code())
        .param("category", judged.category().code())
        .param("code", judged.code())
        .param("message", message)
        .param("context", context.toString())
        .param("retries", failure.retryCount())
        .param("final", failure.isFinal())
        .param("workflow", failure.workflowId())
        .param("run", failure.firstRunId())
        .param("attempt", failure.attempt())
        .update();
  }

  /**
   * The stage has succeeded.
   *
   * @return how many failures this has resolved
   */
  public int resolve(VideoId video, FailureStage stage) {
    return database
        .client()
        .sql(
            """
            update video_failures set resolved = true, resolved_at = now()
            where video_id = :video and failure_stage = :stage and not resolved
            """)
        .param("video", video.value())
        .param("stage", stage.code())
        .update();
  }

  /**
   * The video is finished.
   *
   * @return how many failures this has resolved
   */
  public int resolveAll(VideoId video) {
    return database
        .client()
        .sql(
            """
            update video_failures set resolved = true, resolved_at = now()
            where video_id = :video and not resolved
            """)
        .param("video", video.value())
        .update();
  }

  /** The unresolved failures of a video, final or not, newest first. */
  public List<FailureRow> open(VideoId video) {
    return database
        .client()
        .sql(
            COLUMNS + "where video_id = :video and not resolved order by inserted_at desc, id desc")
        .param("video", video.value())
        .query(this::row)
        .list();
  }

  /** The latest failures of a video, resolved or not, newest first, at most so many. */
  public List<FailureRow> latest(VideoId video, int limit) {
    return database
        .client()
        .sql(COLUMNS + "where video_id = :video order by inserted_at desc, id desc limit :limit")
        .param("video", video.value())
        .param("limit", limit)
        .query(this::row)
        .list();
  }

  /** One failure. */
  public Optional<FailureRow> find(long id) {
    return database
        .client()
        .sql(COLUMNS + "where id = :id")
        .param("id", id)
        .query(this::row)
        .optional();
  }

  private FailureRow row(ResultSet row, int number) throws SQLException {
    return new FailureRow(
        row.getLong("id"),
        Optional.ofNullable(row.getObject("video_id", UUID.class)).map(VideoId::new),
        FailureStage.parse(row.getString("failure_stage")),
        FailureCategory.parse(row.getString("failure_category")),
        row.getString("failure_code"),
        row.getString("failure_message"),
        tree(row.getString("system_context")),
        row.getInt("retry_count"),
        row.getBoolean("final"),
        instant(row, "resolved_at"),
        instant(row, "inserted_at").orElseThrow());
  }

  private JsonNode tree(String text) throws SQLException {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SQLException("system_context holds no JSON", e);
    }
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
