package dev.reencodarr.activities.store.sync;

import dev.reencodarr.activities.store.Database;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Up to where the histories of connections were read. */
public final class HistoryRepository {

  private final Database database;

  public HistoryRepository(Database database) {
    this.database = database;
  }

  /**
   * An event.
   *
   * @param at by the connection's clock
   */
  public record Point(Instant at, long id) {}

  /** The latest event that was taken notice of; empty where none was. */
  public Optional<Point> latest(long connection) {
    return database
        .client()
        .sql(
            """
            select history_at, history_id from connections
            where id = :id and history_at is not null and history_id is not null
            """)
        .param("id", connection)
        .query((row, number) ->
            new Point(row.getTimestamp("history_at").toInstant(), row.getLong("history_id")))
        .optional();
  }

  public void reached(long connection, Point point) {
    database
        .client()
        .sql("update connections set history_at = :at, history_id = :event where id = :id")
        .param("id", connection)
        .param("at", Timestamp.from(point.at()))
        .param("event", point.id())
        .update();
  }
}
