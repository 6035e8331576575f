package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.window.WorkWindows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The table {@code work_windows}: when heavy work may run, for all machines. */
public final class WindowRepository {

  private static final String COLUMNS = "zone, host, windows, time_zone, ending, set_on, set_at";

  private final Database database;

  public WindowRepository(Database database) {
    this.database = database;
  }

  /**
   * Sets windows in place of those of the same scope.
   *
   * @param written as people wrote them, which is what people see again
   */
  public void set(WindowScope scope, String written, WorkWindows windows, String setOn) {
    of(
            scope,
            """
            insert into work_windows (zone, host, windows, time_zone, ending, set_on)
            values (:zone, :host, :windows, :timeZone, :ending, :setOn)
            on conflict (zone, host) do update
              set windows = excluded.windows, time_zone = excluded.time_zone,
                  ending = excluded.ending, set_on = excluded.set_on, set_at = now()
            """)
        .param("windows", written)
        .param("timeZone", windows.zone().getId())
        .param("ending", windows.ending().code())
        .param("setOn", setOn)
        .update();
  }

  /**
   * Takes those of exactly this scope away.
   *
   * @return false if there were none
   */
  public boolean clear(WindowScope scope) {
    return of(
                scope,
                """
                delete from work_windows
                where zone is not distinct from cast(:zone as text)
                  and host is not distinct from cast(:host as text)
                """)
            .update()
        > 0;
  }

  private StatementSpec of(WindowScope scope, String statement) {
    @Nullable String zone = scope instanceof WindowScope.OfZone(String name) ? name : null;
    @Nullable String host = scope instanceof WindowScope.OfHost(String name) ? name : null;
    return database.client().sql(statement).param("zone", zone).param("host", host);
  }

  /** All of them, the widest scope first. */
  public List<StoredWindows> list() {
    return database
        .client()
        .sql(
            "select "
                + COLUMNS
                + " from work_windows order by host is not null, zone is not null, zone, host")
        .query(WindowRepository::read)
        .list();
  }

  /** Those that a machine goes by; empty where it may always work. */
  public Optional<StoredWindows> of(String host, String zone) {
    return database
        .client()
        .sql(
            "select "
                + COLUMNS
                + " from work_windows where host = :host or zone = :zone"
                + " or num_nonnulls(zone, host) = 0"
                + " order by host is null, zone is null limit 1")
        .param("host", host)
        .param("zone", zone)
        .query(WindowRepository::read)
        .optional();
  }

  private static StoredWindows read(ResultSet row, int number) throws SQLException {
    return new StoredWindows(
        scope(row),
        row.getString("windows"),
        row.getString("time_zone"),
        row.getString("ending"),
        row.getString("set_on"),
        row.getTimestamp("set_at").toInstant());
  }

  private static WindowScope scope(ResultSet row) throws SQLException {
    Optional<String> zone = VideoRow.text(row, "zone");
    Optional<String> host = VideoRow.text(row, "host");
    return host.<WindowScope>map(WindowScope.OfHost::new)
        .or(() -> zone.map(WindowScope.OfZone::new))
        .orElseGet(WindowScope.Everywhere::new);
  }
}
