package dev.reencodarr.bench.sync;

import dev.reencodarr.activities.store.Database;
import java.util.List;

/** How many rows of titles and files were written since. */
final class WrittenRows {

  private static final List<String> TABLES = List.of("managed_titles", "managed_files");

  private final Database database;
  private final long before;
  private final long then;

  private WrittenRows(Database database, long before, long then) {
    this.database = database;
    this.before = before;
    this.then = then;
  }

  static WrittenRows from(Database database) {
    long now =
        database
            .client()
            .sql("select cast(cast(pg_current_xact_id() as text) as bigint)")
            .query(Long.class)
            .single();
    return new WrittenRows(database, now, count(database, "true"));
  }

  private static long count(Database database, String which) {
    return TABLES.stream()
        .mapToLong(table ->
            database
                .client()
                .sql("select count(*) from " + table + " where " + which)
                .query(Long.class)
                .single())
        .sum();
  }

  /** Those that are new, changed or gone. */
  long count() {
    long written = count(database, "cast(cast(xmin as text) as bigint) > " + before);
    long kept = count(database, "cast(cast(xmin as text) as bigint) <= " + before);
    return written + Math.max(0, then - written - kept);
  }
}
