package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.temporal.Payloads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The journal of the swaps, and the fence that lets only the latest attempt touch a file. */
public final class ReplacementRepository {

  private final Database database;
  private final ObjectMapper json = Payloads.mapper();

  public ReplacementRepository(Database database) {
    this.database = database;
  }

  /**
   * A file in quarantine, for listings.
   *
   * @param path where the replacement took place
   * @param bytes of the file that is kept
   * @param since when it came there
   */
  public record Quarantined(
      UUID replacement,
      Optional<VideoId> video,
      MediaPath path,
      MediaPath folder,
      ReplacementState state,
      long bytes,
      Instant since) {}

  /**
   * The epoch of this attempt: a new attempt raises the video's and so revokes all earlier ones, an
   * attempt that is run again keeps its own.
   */
  public long raiseEpoch(VideoId video, String attempt) {
    Long epoch = database.transactions().execute(status -> raiseInTransaction(video, attempt));
    if (epoch == null) {
      throw new IllegalStateException("no epoch for " + attempt);
    }
    return epoch;
  }

  private Long raiseInTransaction(VideoId video, String attempt) {
    database
        .client()
        .sql(
            "insert into replacement_fences (video_id, epoch) values (:video, 0)"
                + " on conflict (video_id) do nothing")
        .param("video", video.value())
        .update();
    long current = lockedEpoch(video);
    Optional<Long> own =
        database
            .client()
            .sql("select epoch from replacement_attempts where attempt = :attempt")
            .param("attempt", attempt)
            .query(Long.class)
            .optional();
    if (own.isPresent()) {
      return own.get();
    }
    long next = current + 1;
    database
        .client()
        .sql("update replacement_fences set epoch = :epoch where video_id = :video")
        .param("epoch", next)
        .param("video", video.value())
        .update();
    database
        .client()
        .sql(
            "insert into replacement_attempts (attempt, video_id, epoch)"
                + " values (:attempt, :video, :epoch)")
        .param("attempt", attempt)
        .param("video", video.value())
        .param("epoch", next)
        .update();
    return next;
  }

  private long lockedEpoch(VideoId video) {
    return database
        .client()
        .sql("select epoch from replacement_fences where video_id = :video for update")
        .param("video", video.value())
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** Whether no later attempt has raised the video's epoch. */
  public boolean isCurrent(VideoId video, long epoch) {
    return database
        .client()
        .sql("select epoch from replacement_fences where video_id = :video")
        .param("video", video.value())
        .query(Long.class)
        .optional()
        .filter(current -> current == epoch)
        .isPresent();
  }

  /**
   * Runs an action while nobody can raise the video's epoch.
   *
   * @return false, without running it, if the epoch is not the current one
   */
  public boolean whileCurrent(VideoId video, long epoch, Runnable action) {
    return Boolean.TRUE.equals(
        database
            .transactions()
            .execute(status -> {
              if (lockedEpoch(video) != epoch) {
                return false;
              }
              action.run();
              return true;
            }));
  }

  /** Writes the intent of a whole replacement; an attempt has one row, however often it is run. */
  public void open(Replacement row, long epoch) {
    database
        .client()
        .sql(
            """
            insert into replacements (id, video_id, attempt, epoch, library_root, source_path,
              target_path, staged_path, quarantine_path, way, original_identity, original_bytes,
              result_sha256, result_bytes)
            values (:id, :video, :attempt, :epoch, :root, :source, :target, :staged, :quarantine,
              :way, :original::jsonb, :originalBytes, :sha256, :resultBytes)
            on conflict (attempt) do nothing
            """)
        .param("id", row.id())
        .param("video", row.video().map(VideoId::value).orElse(null))
        .param("attempt", row.attempt())
        .param("epoch", epoch)
        .param("root", row.libraryRoot().value())
        .param("source", row.source().value())
        .param("target", row.target().value())
        .param("staged", row.staged().value())
        .param("quarantine", row.quarantine().value())
        .param("way", row.way().code())
        .param("original", write(row.original()))
        .param("originalBytes", row.original().size())
        .param("sha256", row.resultSha256())
        .param("resultBytes", row.resultBytes())
        .update();
  }

  /** The row of this attempt. */
  public Optional<Replacement> byAttempt(String attempt) {
    return one("attempt = :key", attempt);
  }

  /** The row that this undo was begun on. */
  public Optional<Replacement> byUndoAttempt(String undoAttempt) {
    return one("undo_attempt = :key", undoAttempt);
  }

  /** The row with this id. */
  public Optional<Replacement> byId(UUID id) {
    return one("id = :key", id);
  }

  private Optional<Replacement> one(String condition, Object key) {
    return database
        .client()
        .sql("select * from replacements where " + condition)
        .param("key", key)
        .query((row, number) -> read(row))
        .optional();
  }

  /** Replacements of the video that were begun and not brought to an end, the oldest first. */
  public List<Replacement> unfinished(VideoId video) {
    return database
        .client()
        .sql(
            "select * from replacements where video_id = :video and state = 'intended'"
                + " order by epoch")
        .param("video", video.value())
        .query((row, number) -> read(row))
        .list();
  }

  /** The latest replacement of the video that took place, whether since undone or not. */
  public Optional<Replacement> latestCommitted(VideoId video) {
    return database
        .client()
        .sql(
            "select * from replacements where video_id = :video and state in ('done', 'undone')"
                + " order by epoch desc limit 1")
        .param("video", video.value())
        .query((row, number) -> read(row))
        .optional();
  }

  /** The latest replacement of the video whose result lies in its place. */
  public Optional<Replacement> latestDone(VideoId video) {
    return latestCommitted(video).filter(row -> row.state() == ReplacementState.DONE);
  }

  /** Everything that quarantine folders hold, the oldest first. */
  public List<Quarantined> quarantined() {
    return database
        .client()
        .sql(
            """
            select id, video_id, target_path, quarantine_path, state,
              case state when 'undone' then result_bytes else original_bytes end as bytes,
              coalesce(undone_at, committed_at, updated_at) as since
            from replacements where quarantined order by since, id
            """)
        .query((row, number) ->
            new Quarantined(
                row.getObject("id", UUID.class),
                video(row),
                new MediaPath(row.getString("target_path")),
                new MediaPath(row.getString("quarantine_path")),
                ReplacementState.parse(row.getString("state")),
                row.getLong("bytes"),
                row.getTimestamp("since").toInstant()))
        .list();
  }

  /** A step is about to be taken. */
  public void stepBegun(UUID id, String step) {
    set(id, "step = :value, step_done = false", step);
  }

  /** The step that was begun has been taken. */
  public void stepDone(UUID id, String step) {
    set(id, "step = :value, step_done = true", step);
  }

  /** Adds what people should know of this replacement; a warning that is there stays one. */
  public void warn(UUID id, String warning) {
    set(
        id,
        "warnings = case when warnings @> :value::jsonb then warnings"
            + " else warnings || :value::jsonb end",
        write(List.of(warning)));
  }

  /** The files are about to change places by this way. */
  public void way(UUID id, SwapWay way) {
    set(id, "way = :value", way.code());
  }

  /** The result lies at its path and the original in quarantine. */
  public void commit(UUID id, SourceIdentity resultIdentity) {
    set(
        id,
        "state = 'done', quarantined = true, result_identity = :value::jsonb, committed_at = now()",
        write(resultIdentity));
  }

  /**
   * The swap took place, the original is in quarantine, but somebody has changed the path since.
   */
  public void commitOvertaken(UUID id, SwapOutcome outcome) {
    set(
        id,
        "state = 'done', quarantined = true, outcome = :value::jsonb, committed_at = now()",
        write(outcome));
  }

  /**
   * Given up.
   *
   * @param outcome what the attempt answers, also when it is run again
   * @param quarantined whether a file had to be left in the quarantine folder
   */
  public void abandon(UUID id, SwapOutcome outcome, boolean quarantined) {
    set(
        id,
        "state = 'abandoned', quarantined = " + quarantined + ", outcome = :value::jsonb",
        write(outcome));
  }

  /** The intent of an undo, or of undoing one. */
  public void undoBegun(UUID id, String undoAttempt, ReplacementState intent) {
    set(id, "undo_intent = '" + intent.code() + "', undo_attempt = :value", undoAttempt);
  }

  /** The undo changed nothing after all. */
  public void undoGivenUp(UUID id) {
    database
        .client()
        .sql(
            "update replacements set updated_at = now(), undo_intent = null, undo_attempt = null"
                + " where id = :id")
        .param("id", id)
        .update();
  }

  /** The undo took place: the row is in the state that was intended. */
  public void undoDone(UUID id, ReplacementState state) {
    set(
        id,
        "undo_intent = null, undone_at = case :value when 'undone' then now() end, state = :value",
        state.code());
  }

  private void set(UUID id, String assignments, String value) {
    database
        .client()
        .sql("update replacements set updated_at = now(), " + assignments + " where id = :id")
        .param("id", id)
        .param("value", value)
        .update();
  }

  private Replacement read(ResultSet row) throws SQLException {
    return new Replacement(
        row.getObject("id", UUID.class),
        video(row),
        row.getString("attempt"),
        new MediaPath(row.getString("library_root")),
        new MediaPath(row.getString("source_path")),
        new MediaPath(row.getString("target_path")),
        new MediaPath(row.getString("staged_path")),
        new MediaPath(row.getString("quarantine_path")),
        SwapWay.parse(row.getString("way")),
        ReplacementState.parse(row.getString("state")),
        row.getString("step"),
        parse(row.getString("original_identity"), SourceIdentity.class),
        row.getString("result_sha256"),
        row.getLong("result_bytes"),
        optional(row.getString("result_identity"), SourceIdentity.class),
        optional(row.getString("outcome"), SwapOutcome.class),
        row.getBoolean("quarantined"),
        strings(row.getString("warnings")),
        Optional.ofNullable(row.getString("undo_attempt")),
        Optional.ofNullable(row.getString("undo_intent")).map(ReplacementState::parse));
  }

  private static Optional<VideoId> video(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getObject("video_id", UUID.class)).map(VideoId::new);
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> Optional<T> optional(@Nullable String text, Class<T> type) {
    return Optional.ofNullable(text).map(present -> parse(present, type));
  }

  private <T> T parse(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row that cannot be read: " + text, e);
    }
  }

  private List<String> strings(String text) {
    try {
      return json.readValue(text, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row that cannot be read: " + text, e);
    }
  }
}
