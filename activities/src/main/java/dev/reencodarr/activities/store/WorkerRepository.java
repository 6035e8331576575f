package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The table {@code workers}. */
public final class WorkerRepository {

  /** Who was seen within this time is shown to people as alive. */
  public static final Duration FRESH = Duration.ofSeconds(60);

  private final Database database;

  public WorkerRepository(Database database) {
    this.database = database;
  }

  /**
   * What a machine does at once.
   *
   * @param slots heavy programs, at least 1
   * @param threads of each, at least 1
   */
  public record Power(int slots, int threads) {

    /** CPU seconds a second. */
    public int all() {
      return slots * threads;
    }
  }

  /**
   * A worker's sign of life; the database's clock says when.
   *
   * @param held why no heavy work runs there, though it is fit; empty where it may
   */
  public void heartbeat(
      String host,
      String zone,
      List<String> queues,
      Map<String, String> paused,
      String held,
      Power power,
      String version,
      Instant startedAt) {
    database
        .client()
        .sql(
            """
            insert into workers
              (host, zone, queues, paused, held, slots, threads, version, started_at)
            values (:host, :zone, cast(:queues as jsonb), cast(:paused as jsonb), :held, :slots,
              :threads, :version, :started)
            on conflict (host) do update
              set zone = excluded.zone, queues = excluded.queues, paused = excluded.paused,
                  held = excluded.held, slots = excluded.slots, threads = excluded.threads,
                  version = excluded.version, started_at = excluded.started_at, seen_at = now()
            """)
        .param("host", host)
        .param("zone", zone)
        .param("queues", Json.write(queues))
        .param("paused", Json.write(paused))
        .param("held", held)
        .param("slots", power.slots())
        .param("threads", power.threads())
        .param("version", version)
        .param("started", Timestamp.from(startedAt))
        .update();
  }

  /** A worker that stops says so. */
  public void gone(String host) {
    database.client().sql("delete from workers where host = :host").param("host", host).update();
  }

  /** The workers seen within this time, by host. */
  public List<LivingWorker> living(Duration within) {
    return database
        .client()
        .sql(
            """
            select host, zone, queues, paused, held, slots, threads, version, started_at, seen_at
            from workers
            where seen_at >= now() - make_interval(secs => :seconds) order by host
            """)
        .param("seconds", within.toMillis() / 1000.0)
        .query(WorkerRepository::read)
        .list();
  }

  /**
   * Slots of living workers that serve a queue of a zone and that no video is at work in. Videos
   * that wait for a slot count as well: they come first.
   *
   * @return at least 0
   */
  public int idleSlots(String queue, String zone) {
    return database
        .client()
        .sql(
            """
            select greatest(0,
              (select coalesce(sum(slots), 0) from workers
               where seen_at >= now() - make_interval(secs => :seconds)
                 and queues @> to_jsonb(cast(:queue as text))
                 and paused -> cast(:queue as text) is null)
              - (select count(*) from videos v join libraries l on l.id = v.library_id
                 where l.zone = :zone and v.state in ('searching', 'encoding')))
            """)
        .param("seconds", FRESH.toSeconds())
        .param("queue", queue)
        .param("zone", zone)
        .query(Integer.class)
        .single();
  }

  private static LivingWorker read(ResultSet row, int number) throws SQLException {
    return new LivingWorker(
        row.getString("host"),
        row.getString("zone"),
        Json.read(row.getString("queues"), new TypeReference<List<String>>() {}),
        Json.read(row.getString("paused"), new TypeReference<Map<String, String>>() {}),
        row.getString("held"),
        new Power(Math.max(1, row.getInt("slots")), row.getInt("threads")),
        row.getString("version"),
        row.getTimestamp("started_at").toInstant(),
        row.getTimestamp("seen_at").toInstant());
  }
}
