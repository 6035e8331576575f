package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.temporal.Payloads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The rows of {@code video_failures}. */
public final class FailureRepository {

  /** Before a critical failure that was not taken is told again; then twice as long each time. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final String COLUMNS =
      """
      select id, video_id, failure_stage, failure_category, failure_code, failure_message,
             system_context, retry_count, "final", resolved_at, inserted_at
      from video_failures
      """;

  /**
   * Resolves the open failures of videos that the statement around it has written, as their rows
   * {@code written (id)}: nobody has to go to the database once more for it.
   */
  static final String RESOLVE_OF_WRITTEN =
      """
      update video_failures f set resolved = true, resolved_at = now()
      from written where f.video_id = written.id and not f.resolved
      """;

  private final Database database;
  private final ObjectMapper json = Payloads.mapper();

  public FailureRepository(Database database) {
    this.database = database;
  }

  /**
   * Writes a failure, in one round trip. Written again for the same run, stage and attempt it
   * changes nothing; of a video that is gone it keeps the rest. An open final failure of the same
   * video, stage and code has been tried again with this one, and is final no more.
   *
   * @param message of the classification, fit to be shown
   */
  public void record(FailureRecord failure, String message, JsonNode context) {
    Classification judged = failure.classification();
    database
        .client()
        .sql(
            """
            with written as (insert into video_failures (
              video_id, library_folder, source_codec, release_group,
              failure_stage, failure_category, failure_code, failure_message,
              system_context, retry_count, "final", workflow_id, run_id, attempt)
            select about.id, left(about.folder, 500), about.codec, about.release_group,
              :stage, :category, :code, :message,
              cast(:context as jsonb), :retries, :final, :workflow, :run, :attempt
            from (values (1)) as one left join (
              select v.id,
                l.root || '/' || split_part(substr(v.path, length(l.root) + 2), '/', 1) as folder,
                coalesce(v.original_codec, v.codec) as codec,
                substring(v.path from '-([A-Za-z0-9]{2,20})\\.[A-Za-z0-9]+$') as release_group
              from videos v join libraries l on l.id = v.library_id
              -- The lock keeps the video until the row is there: deleted before, it is null.
              where v.id = :video for key share of v) as about on true
            on conflict (workflow_id, run_id, failure_stage, attempt) do nothing
            returning video_id, failure_stage, failure_code, "final")
            update video_failures f set "final" = false from written
            where written."final" and f."final" and not f.resolved
              and f.video_id = written.video_id and f.failure_stage = written.failure_stage
              and f.failure_code = written.failure_code
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
   * A scan has judged the video once more. What else is open of it is resolved: this verdict has
   * taken its place.
   *
   * @return whether an open final failure says the same already, so that none is to be written
   */
  public boolean saysTheSame(VideoId video, Classification verdict) {
    return database
        .client()
        .sql(
            """
            with over as (
              update video_failures set resolved = true, resolved_at = now()
              where video_id = :video and not resolved
                and (failure_stage, failure_code) <> (:stage, :code))
            select exists (select from video_failures
              where video_id = :video and not resolved and "final"
                and failure_stage = :stage and failure_code = :code)
            """)
        .param("video", video.value())
        .param("stage", verdict.stage().code())
        .param("code", verdict.code())
        .query(Boolean.class)
        .single();
  }

  /**
   * The stage has succeeded.
   *
   * @return how many failures this has resolved
   */
  public int resolve(VideoId video, FailureStage stage) {
    return resolving("and video_id = :video and failure_stage = :stage")
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
    return resolving("and video_id = :video").param("video", video.value()).update();
  }

  /**
   * Resolves one by hand.
   *
   * @return false if there is none of this id that is unresolved
   */
  public boolean resolveByHand(long id) {
    return resolving("and id = :id").param("id", id).update() > 0;
  }

  /**
   * Resolves by hand whatever is open in a stage, of all videos.
   *
   * @return how many
   */
  public int resolveByHand(FailureStage stage) {
    return resolving("and failure_stage = :stage").param("stage", stage.code()).update();
  }

  /**
   * Resolves by hand whatever is open.
   *
   * @return how many
   */
  public int resolveAllByHand() {
    return resolving("").update();
  }

  private StatementSpec resolving(String which) {
    return database
        .client()
        .sql(
            "update video_failures set resolved = true, resolved_at = now() where not resolved "
                + which);
  }

  /** What somebody makes of being told of a failure. */
  public enum Answer {
    TAKEN,
    REFUSED,
    /** There is nobody. */
    SILENCE
  }

  /**
   * Tells of a critical failure of the last day that nobody was told of; of several workers one at
   * a time does. The oldest comes first, but one that was not taken waits for a while, longer each
   * time, and comes after those that were refused less often: it holds up no other. No row is held
   * meanwhile: whoever resolves the failure need not wait.
   *
   * @param telling tells, and says what came of it
   * @return the answer; empty where everybody knows everything, or another worker is telling it
   */
  public Optional<Answer> announceNext(Function<CriticalFailure, Answer> telling) {
    return Objects.requireNonNull(
        database
            .transactions()
            .execute(_ -> {
              Optional<CriticalFailure> next =
                  isMyTurnToAnnounce() ? unannounced() : Optional.empty();
              return next.map(failure -> {
                Answer answer = telling.apply(failure);
                switch (answer) {
                  case TAKEN -> announced(failure.id());
                  case REFUSED, SILENCE -> announceLater(failure.id());
                }
                return answer;
              });
            }));
  }

  private void announced(long id) {
    database
        .client()
        .sql("update video_failures set announced_at = clock_timestamp() where id = :id")
        .param("id", id)
        .update();
  }

  private void announceLater(long id) {
    database
        .client()
        .sql(
            """
            update video_failures set announce_refusals = announce_refusals + 1,
              announce_again_at = clock_timestamp() + make_interval(
                secs => least(:first * power(2, least(announce_refusals, 20)), :longest))
            where id = :id
            """)
        .param("id", id)
        .param("first", FIRST_PAUSE.toSeconds())
        .param("longest", LONGEST_PAUSE.toSeconds())
        .update();
  }

  /**
   * Gives up telling of critical failures that nobody was told of within a day.
   *
   * @return their ids, each of them once
   */
  public List<Long> giveUpAnnouncing() {
    return database
        .client()
        .sql(
            "update video_failures f set announce_again_at = 'infinity' where "
                + CriticalFailureRows.ARE_CRITICAL
                + """
                  and f.announced_at is null
                  and f.announce_again_at is distinct from 'infinity'
                  -- what is older still was given up yesterday, or nobody was to be told of it then
                  and f.inserted_at between now() - interval '2 days' and now() - interval '1 day'
                returning f.id
                """)
        .params(CriticalFailureRows.parameters())
        .query((row, _) -> row.getLong("id"))
        .list();
  }

  private boolean isMyTurnToAnnounce() {
    return database
        .client()
        .sql("select pg_try_advisory_xact_lock(hashtext('critical failures are announced'))")
        .query(Boolean.class)
        .single();
  }

  private Optional<CriticalFailure> unannounced() {
    return database
        .client()
        .sql(
            CriticalFailureRows.SELECT
                + """
                  and f.announced_at is null and f.inserted_at > now() - interval '1 day'
                  and (f.announce_again_at is null or f.announce_again_at <= now())
                order by f.announce_refusals, f.inserted_at, f.id limit 1
                """)
        .params(CriticalFailureRows.parameters())
        .query(CriticalFailureRows::read)
        .optional();
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
