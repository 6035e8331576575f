package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapWay;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The journal of the swaps, and the fence that lets only the latest execution touch a file. */
public final class ReplacementRepository implements ReplacementLedger {

  private static final String QUARANTINED =
      """
      select id, video_id, coalesce(moved_to, target_path) as path, quarantine_path, state,
        case state when 'undone' then result_bytes else original_bytes end as bytes,
        coalesce(undone_at, committed_at, created_at) as since, kept_because
      from replacements where quarantined
      """;

  private static final String THESE_IDS =
      "select cast(value as uuid) from jsonb_array_elements_text(:ids::jsonb)";

  /** What becomes of a swap is written once. */
  private static final String BEGUN = "state = 'intended'";

  /** PostgreSQL's own number for a lock that was not given in time. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

  private final Database database;

  public ReplacementRepository(Database database) {
    this.database = database;
  }

  /**
   * A file in quarantine, for listings.
   *
   * @param path where the replacement took place, or where its result was found later
   * @param folder that keeps it
   * @param bytes of the file that is kept
   * @param since when it came there
   * @param keptBecause why it could not be let go when that was last tried; empty: not tried yet
   */
  public record Quarantined(
      UUID replacement,
      Optional<VideoId> video,
      MediaPath path,
      MediaPath folder,
      ReplacementState state,
      long bytes,
      Instant since,
      String keptBecause) {

    /** Whether it came there before this moment. */
    public boolean isOlderThan(Instant moment) {
      return since.isBefore(moment);
    }
  }

  /**
   * Begins an execution of an attempt. It raises the video's epoch and so revokes every execution
   * before it: those of earlier attempts, and those of this one, which may be alive though the
   * server believes them lost.
   *
   * @return empty if a later attempt was begun: then nothing is revoked
   * @throws StepUnderWay if an earlier execution does not come out of a step
   */
  public Optional<Execution> begin(VideoId video, String attempt) {
    return raised(() -> {
      long current = lockedEpoch(video);
      return isOvertaken(video, attempt)
          ? Optional.empty()
          : Optional.of(raise(video, attempt, current + 1));
    });
  }

  /**
   * Revokes every execution at work on the video, of whatever attempt.
   *
   * @return the epoch in which this attempt was begun: now, if it was not known
   * @throws StepUnderWay if one of them does not come out of a step
   */
  public long revokeAll(VideoId video, String attempt) {
    return raised(() -> {
      Execution execution = raise(video, attempt, lockedEpoch(video) + 1);
      return begunIn(attempt).orElse(execution.epoch());
    });
  }

  /**
   * An earlier execution has been inside one step for so long that its mount hangs, or its machine
   * sleeps: it holds the fence, and nobody else may touch the files.
   */
  public static final class StepUnderWay extends RuntimeException {
    private static final long serialVersionUID = 1;

    StepUnderWay(Throwable cause) {
      super("another run is inside a step on the files and does not come out of it", cause);
    }
  }

  private <T> T raised(Supplier<T> inTransaction) {
    try {
      return Objects.requireNonNull(
          database
              .transactions()
              .execute(status -> {
                // whoever waits for ever takes a thread and a connection with it at each try
                database.client().sql("set local lock_timeout = '1min'").update();
                return inTransaction.get();
              }));
    } catch (DataAccessException e) {
      if (isHeldUp(e)) {
        throw new StepUnderWay(e);
      }
      throw e;
    }
  }

  private static boolean isHeldUp(DataAccessException failure) {
    return failure.getCause() instanceof SQLException cause
        && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
  }

  private Execution raise(VideoId video, String attempt, long epoch) {
    Execution execution = new Execution(video, epoch, UUID.randomUUID());
    database
        .client()
        .sql(
            "update replacement_fences set epoch = :epoch, execution = :execution"
                + " where video_id = :video")
        .param("epoch", epoch)
        .param("execution", execution.id())
        .param("video", video.value())
        .update();
    database
        .client()
        .sql(
            "insert into replacement_attempts (attempt, video_id, epoch)"
                + " values (:attempt, :video, :epoch) on conflict (attempt) do nothing")
        .param("attempt", attempt)
        .param("video", video.value())
        .param("epoch", epoch)
        .update();
    return execution;
  }

  private boolean isOvertaken(VideoId video, String attempt) {
    return database
        .client()
        .sql(
            """
            select exists (select 1 from replacement_attempts own
              join replacement_attempts later
                on later.video_id = own.video_id and later.epoch > own.epoch
              where own.attempt = :attempt and own.video_id = :video)
            """)
        .param("attempt", attempt)
        .param("video", video.value())
        .query(Boolean.class)
        .single();
  }

  private Optional<Long> begunIn(String attempt) {
    return database
        .client()
        .sql("select epoch from replacement_attempts where attempt = :attempt")
        .param("attempt", attempt)
        .query(Long.class)
        .optional();
  }

  private long lockedEpoch(VideoId video) {
    database
        .client()
        .sql(
            "insert into replacement_fences (video_id, epoch) values (:video, 0)"
                + " on conflict (video_id) do nothing")
        .param("video", video.value())
        .update();
    return database
        .client()
        .sql("select epoch from replacement_fences where video_id = :video for update")
        .param("video", video.value())
        .query(Long.class)
        .single();
  }

  /**
   * Runs an action while nobody can begin another execution.
   *
   * @return false, without running it, if a later one has been begun
   */
  public boolean whileCurrent(Execution execution, Runnable action) {
    return Boolean.TRUE.equals(
        database
            .transactions()
            .execute(status -> {
              boolean current = lockedIfCurrent(execution);
              if (current) {
                action.run();
              }
              return current;
            }));
  }

  /** Both are compared: a worker of the version before this one counts the epoch alone. */
  private boolean lockedIfCurrent(Execution execution) {
    return database
        .client()
        .sql(
            "select epoch = :epoch and execution = :execution from replacement_fences"
                + " where video_id = :video for update")
        .param("epoch", execution.epoch())
        .param("execution", execution.id())
        .param("video", execution.video().value())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /**
   * Runs an action while nobody else touches a replacement whose video is gone.
   *
   * @return false, without running it, if the video is known again
   */
  public boolean whileOrphan(UUID id, Runnable action) {
    return Boolean.TRUE.equals(
        database
            .transactions()
            .execute(status -> {
              boolean orphan =
                  database
                      .client()
                      .sql(
                          "select id from replacements where id = :id and video_id is null"
                              + " for update")
                      .param("id", id)
                      .query(UUID.class)
                      .optional()
                      .isPresent();
              if (orphan) {
                action.run();
              }
              return orphan;
            }));
  }

  @Override
  public void open(Replacement row, long epoch) {
    begun(
            database
                .client()
                .sql(
                    """
                    insert into replacements (id, video_id, attempt, epoch, library_root,
                      source_path, target_path, staged_path, quarantine_path, way,
                      original_identity, original_bytes, result_sha256, result_bytes)
                    values (:id, :video, :attempt, :epoch, :root, :source, :target, :staged,
                      :quarantine, :way, :original::jsonb, :originalBytes, :sha256, :resultBytes)
                    on conflict (attempt) do nothing
                    """),
            row,
            epoch)
        .param("video", row.video().map(VideoId::value).orElse(null))
        .update();
  }

  /** The values that a row has from its beginning, but for its video. */
  static JdbcClient.StatementSpec begun(
      JdbcClient.StatementSpec insert, Replacement row, long epoch) {
    return insert
        .param("id", row.id())
        .param("attempt", row.attempt())
        .param("epoch", epoch)
        .param("root", row.libraryRoot().value())
        .param("source", row.source().value())
        .param("target", row.target().value())
        .param("staged", row.staged().value())
        .param("quarantine", row.quarantine().value())
        .param("way", row.way().code())
        .param("original", Json.write(row.original()))
        .param("originalBytes", row.original().size())
        .param("sha256", row.resultSha256())
        .param("resultBytes", row.resultBytes());
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

  /** The video that a replacement is of; empty where either is not known. */
  public Optional<VideoId> videoOf(UUID id) {
    return database
        .client()
        .sql("select video_id from replacements where id = :id and video_id is not null")
        .param("id", id)
        .query(UUID.class)
        .optional()
        .map(VideoId::new);
  }

  /** The rows with these ids; ids without one are left out. */
  public List<Replacement> byIds(Collection<UUID> ids) {
    return database
        .client()
        .sql("select * from replacements where id in (" + THESE_IDS + ")")
        .param("ids", Json.write(ids))
        .query((row, number) -> read(row))
        .list();
  }

  /** Those of these ids that rows have. */
  public Set<UUID> known(Collection<UUID> ids) {
    List<UUID> known =
        database
            .client()
            .sql("select id from replacements where id in (" + THESE_IDS + ")")
            .param("ids", Json.write(ids))
            .query((row, number) -> row.getObject("id", UUID.class))
            .list();
    return Set.copyOf(known);
  }

  /** The rows of this video, and those whose video is gone. */
  public List<Replacement> ofOrWithout(VideoId video) {
    return database
        .client()
        .sql("select * from replacements where video_id = :video or video_id is null")
        .param("video", video.value())
        .query((row, number) -> read(row))
        .list();
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

  /** Those of the video on which an undo was begun and not brought to an end, the oldest first. */
  public List<Replacement> unfinishedUndos(VideoId video) {
    return database
        .client()
        .sql(
            "select * from replacements where video_id = :video and undo_intent is not null"
                + " order by epoch")
        .param("video", video.value())
        .query((row, number) -> read(row))
        .list();
  }

  /** Both, by their ids: what is to be settled before anything new is begun. */
  public List<UUID> toBeSettled(VideoId video) {
    return database
        .client()
        .sql(
            "select id from replacements where video_id = :video"
                + " and (state = 'intended' or undo_intent is not null) order by epoch")
        .param("video", video.value())
        .query((row, number) -> row.getObject("id", UUID.class))
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

  /**
   * Replacements of the same video that took place after this one and were not undone, the latest
   * first.
   */
  public List<Replacement> laterDone(UUID id) {
    return database
        .client()
        .sql(
            """
            select later.* from replacements later
              join replacements earlier using (video_id)
            where earlier.id = :id and later.epoch > earlier.epoch and later.state = 'done'
            order by later.epoch desc
            """)
        .param("id", id)
        .query((row, number) -> read(row))
        .list();
  }

  /** The latest replacement of the video whose result lies in its place. */
  public Optional<Replacement> latestDone(VideoId video) {
    return latestCommitted(video).filter(row -> row.state() == ReplacementState.DONE);
  }

  /** Everything that quarantine folders hold, the oldest first. */
  public List<Quarantined> quarantined() {
    return database
        .client()
        .sql(QUARANTINED + " order by since, id")
        .query((row, number) -> readQuarantined(row))
        .list();
  }

  /** What the folder of one replacement holds whose video is not known any more. */
  public Optional<Quarantined> keptOfOrphan(UUID replacement) {
    return database
        .client()
        .sql(QUARANTINED + " and id = :id and video_id is null")
        .param("id", replacement)
        .query((row, number) -> readQuarantined(row))
        .optional();
  }

  /** What quarantine folders of libraries at or below this folder hold. */
  public List<Quarantined> quarantinedIn(MediaPath root) {
    return quarantined().stream().filter(kept -> kept.folder().isWithin(root)).toList();
  }

  /**
   * What came into quarantine before a moment and may be let go, the oldest first; what was looked
   * at in vain lately is left out, and so is what a swap could not put back.
   *
   * @param most so many at once
   */
  public List<Quarantined> due(Instant keptBefore, Instant lookedAtBefore, int most) {
    return database
        .client()
        .sql(
            QUARANTINED
                + """
                 and state in ('done', 'undone') and undo_intent is null
                  and coalesce(undone_at, committed_at) < :kept
                  and (looked_at is null or looked_at < :looked)
                order by since, id limit :most
                """)
        .param("kept", Timestamp.from(keptBefore))
        .param("looked", Timestamp.from(lookedAtBefore))
        .param("most", most)
        .query((row, number) -> readQuarantined(row))
        .list();
  }

  /**
   * The rows of a video whose quarantine folders hold a file that came there before a moment, the
   * oldest first.
   */
  public List<Replacement> keptOf(VideoId video, Instant keptBefore) {
    return database
        .client()
        .sql(
            "select * from replacements where video_id = :video and quarantined"
                + " and coalesce(undone_at, committed_at, created_at) < :before order by epoch")
        .param("video", video.value())
        .param("before", Timestamp.from(keptBefore))
        .query((row, number) -> read(row))
        .list();
  }

  /** Where a video's file was seen last. */
  public Optional<MediaPath> lastSeenAt(VideoId video) {
    return database
        .client()
        .sql("select path from videos where id = :video")
        .param("video", video.value())
        .query(String.class)
        .optional()
        .map(MediaPath::new);
  }

  private static Quarantined readQuarantined(ResultSet row) throws SQLException {
    return new Quarantined(
        row.getObject("id", UUID.class),
        video(row),
        new MediaPath(row.getString("path")),
        new MediaPath(row.getString("quarantine_path")),
        ReplacementState.parse(row.getString("state")),
        row.getLong("bytes"),
        row.getTimestamp("since").toInstant(),
        row.getString("kept_because"));
  }

  @Override
  public void stepBegun(UUID id, String step) {
    set(id, "step = :value, step_done = false", step);
  }

  @Override
  public void stepDone(UUID id, String step) {
    set(id, "step = :value, step_done = true", step);
  }

  @Override
  public void warn(UUID id, String warning) {
    set(
        id,
        "warnings = case when warnings @> :value::jsonb then warnings"
            + " else warnings || :value::jsonb end",
        Json.write(List.of(warning)));
  }

  @Override
  public void way(UUID id, SwapWay way) {
    set(id, "way = :value", way.code());
  }

  @Override
  public Optional<Phase> phase(Replacement row) {
    return database
        .client()
        .sql(
            "select state, undo_intent, undo_attempt, quarantined from replacements where id = :id")
        .param("id", row.id())
        .query((found, number) ->
            new Phase(
                ReplacementState.parse(found.getString("state")),
                undoIntent(found),
                Optional.ofNullable(found.getString("undo_attempt")),
                found.getBoolean("quarantined")))
        .optional();
  }

  @Override
  public void commit(UUID id, SourceIdentity resultIdentity, int otherNames) {
    setWhere(
        BEGUN,
        id,
        "state = 'done', quarantined = true, result_identity = :value::jsonb, committed_at = now(),"
            + " other_names = "
            + otherNames,
        Json.write(resultIdentity));
  }

  @Override
  public int otherNames(UUID id) {
    return database
        .client()
        .sql("select other_names from replacements where id = :id")
        .param("id", id)
        .query(Integer.class)
        .single();
  }

  @Override
  public void commitOvertaken(UUID id, SwapOutcome outcome) {
    setWhere(
        BEGUN,
        id,
        "state = 'done', quarantined = true, outcome = :value::jsonb, committed_at = now()",
        Json.write(outcome));
  }

  @Override
  public void abandon(UUID id, SwapOutcome outcome, boolean quarantined) {
    setWhere(
        BEGUN,
        id,
        "state = 'abandoned', quarantined = " + quarantined + ", outcome = :value::jsonb",
        Json.write(outcome));
  }

  @Override
  public void undoBegun(UUID id, String undoAttempt, ReplacementState intent) {
    setWhere(
        "quarantined and state = '" + opposite(intent).code() + "'",
        id,
        "undo_intent = '" + intent.code() + "', undo_attempt = :value",
        undoAttempt);
  }

  private static ReplacementState opposite(ReplacementState intent) {
    return intent == ReplacementState.DONE ? ReplacementState.UNDONE : ReplacementState.DONE;
  }

  @Override
  public void undoGivenUp(UUID id) {
    setWhere(
        "undo_intent is not null", id, "undo_intent = null, undo_attempt = nullif(:value, '')", "");
  }

  @Override
  public void undoDone(UUID id, ReplacementState state) {
    setWhere(
        "undo_intent = :value",
        id,
        "undo_intent = null, undone_at = case :value when 'undone' then now() end,"
            + " committed_at = case :value when 'done' then now() else committed_at end,"
            + " kept_because = '', looked_at = null, state = :value",
        state.code());
  }

  @Override
  public void movedTo(UUID id, MediaPath result) {
    set(id, "moved_to = :value", result.value());
  }

  @Override
  public void restoreBegun(UUID id, MediaPath place) {
    set(id, "restored_to = :value", place.value());
  }

  @Override
  public void restoreGivenUp(UUID id) {
    set(id, "restored_to = nullif(:value, '')", "");
  }

  @Override
  public void restored(Replacement row, boolean emptied) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          new KeptContents(database).keep(row.original().sampledHash());
          setWhere(
              "quarantined",
              row.id(),
              "quarantined = " + !emptied + ", kept_because = :value",
              emptied ? "" : "the original was put elsewhere, and another file lies in the folder");
        });
  }

  @Override
  public void accepted(UUID id, int otherNames) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          setWhere(
              "quarantined",
              id,
              "quarantined = false, accepted_at = now(), kept_because = :value, other_names = "
                  + otherNames,
              "");
          database
              .client()
              .sql(
                  """
                  update videos v set other_names = r.other_names from replacements r
                  where r.id = :id and r.video_id = v.id and r.state = 'done'
                    and v.state = 'encoded' and v.other_names <> r.other_names
                    and not exists (select 1 from replacements later where later.video_id = v.id
                      and later.state = 'done' and later.epoch > r.epoch)
                  """)
              .param("id", id)
              .update();
        });
  }

  @Override
  public void keptBecause(UUID id, String why) {
    set(id, "looked_at = now(), kept_because = :value", why);
  }

  private void set(UUID id, String assignments, String value) {
    setWhere("true", id, assignments, value);
  }

  /** A change that is only right for a row of which this holds. */
  private void setWhere(String presumed, UUID id, String assignments, String value) {
    int changed =
        database
            .client()
            .sql(
                "update replacements set updated_at = now(), "
                    + assignments
                    + " where id = :id and "
                    + presumed)
            .param("id", id)
            .param("value", value)
            .update();
    if (changed != 1) {
      throw new IllegalStateException("replacement " + id + " is not so any more: " + presumed);
    }
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
        Json.read(row.getString("original_identity"), SourceIdentity.class),
        row.getString("result_sha256"),
        row.getLong("result_bytes"),
        optional(row.getString("result_identity"), SourceIdentity.class),
        optional(row.getString("outcome"), SwapOutcome.class),
        row.getBoolean("quarantined"),
        Json.read(row.getString("warnings"), STRINGS),
        Optional.ofNullable(row.getString("undo_attempt")),
        undoIntent(row),
        Optional.ofNullable(row.getString("moved_to")).map(MediaPath::new),
        Optional.ofNullable(row.getString("restored_to")).map(MediaPath::new),
        Optional.ofNullable(row.getTimestamp("accepted_at")).map(Timestamp::toInstant));
  }

  private static Optional<ReplacementState> undoIntent(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString("undo_intent")).map(ReplacementState::parse);
  }

  private static Optional<VideoId> video(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getObject("video_id", UUID.class)).map(VideoId::new);
  }

  private static <T> Optional<T> optional(@Nullable String text, Class<T> type) {
    return Optional.ofNullable(text).map(present -> Json.read(present, type));
  }
}
