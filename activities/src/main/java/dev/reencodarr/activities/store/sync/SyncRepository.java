package dev.reencodarr.activities.store.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Json;
import dev.reencodarr.workflows.sync.SyncProgress;
import dev.reencodarr.workflows.sync.SyncTally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code syncs}. */
public final class SyncRepository {

  /** Whoever asks how they went asks for the latest. */
  private static final Duration KEPT = Duration.ofDays(90);

  private final Database database;

  public SyncRepository(Database database) {
    this.database = database;
  }

  /**
   * A sync has begun. One that was at work before has come to no end of its own: its workflow was
   * ended from outside, since there is one at a time.
   *
   * @return false if there is no such connection
   */
  public boolean begun(long connection, String run) {
    database
        .client()
        .sql(
            """
            update syncs set ended_at = now(), problem = 'was ended from outside'
            where connection_id = :connection and ended_at is null and run_id <> :run
            """)
        .param("connection", connection)
        .param("run", run)
        .update();
    database
        .client()
        .sql("delete from syncs where ended_at < now() - make_interval(secs => :kept)")
        .param("kept", KEPT.toSeconds())
        .update();
    return database
            .client()
            .sql(
                """
                insert into syncs (connection_id, run_id)
                select id, :run from connections where id = :connection
                on conflict (run_id) do update set problem = null
                """)
            .param("connection", connection)
            .param("run", run)
            .update()
        > 0;
  }

  /** How far it is. */
  public void going(String run, SyncProgress progress) {
    write(run, progress, "problem = null");
  }

  /** It is through. */
  public void ended(String run, SyncProgress progress) {
    write(run, progress, "problem = null, ended_at = coalesce(ended_at, now())");
  }

  private void write(String run, SyncProgress progress, String more) {
    database
        .client()
        .sql(
            "update syncs set titles_done = :done, titles_total = :total,"
                + " tally = cast(:tally as jsonb), "
                + more
                + " where run_id = :run")
        .param("run", run)
        .param("done", progress.titles())
        .param("total", Math.max(0, progress.total()))
        .param("tally", Json.write(progress.tally()))
        .update();
  }

  /** What it waits for; empty: it goes on. */
  public void waiting(String run, String problem) {
    database
        .client()
        .sql("update syncs set problem = nullif(:problem, '') where run_id = :run")
        .param("run", run)
        .param("problem", problem)
        .update();
  }

  /** It has failed as a whole. */
  public void failed(String run, String problem) {
    database
        .client()
        .sql(
            """
            update syncs set problem = :problem, ended_at = coalesce(ended_at, now())
            where run_id = :run
            """)
        .param("run", run)
        .param("problem", problem)
        .update();
  }

  /** The latest sync of a connection. */
  public Optional<Sync> latest(long connection) {
    return latest(connection, "");
  }

  /** The latest that has come through. */
  public Optional<Sync> latestWhole(long connection) {
    return latest(connection, "and ended_at is not null and problem is null");
  }

  private Optional<Sync> latest(long connection, String which) {
    return database
        .client()
        .sql(
            """
            select id, began_at, ended_at, titles_done, coalesce(titles_total, -1) as total,
              tally, coalesce(problem, '') as problem
            from syncs where connection_id = :connection
            """
                + which
                + " order by id desc limit 1")
        .param("connection", connection)
        .query(SyncRepository::sync)
        .optional();
  }

  private static Sync sync(ResultSet row, int number) throws SQLException {
    @Nullable String tally = row.getString("tally");
    return new Sync(
        row.getLong("id"),
        row.getTimestamp("began_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant),
        new SyncProgress(
            row.getInt("titles_done"),
            row.getInt("total"),
            tally == null ? SyncTally.NOTHING : Json.read(tally, SyncTally.class)),
        row.getString("problem"));
  }
}
