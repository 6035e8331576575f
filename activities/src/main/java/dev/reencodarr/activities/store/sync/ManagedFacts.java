package dev.reencodarr.activities.store.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Json;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.rules.Managed;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.temporal.FairShare;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rules may ask about the titles of files, by the files' paths. */
public final class ManagedFacts {

  /** Of the path {@code v.path}: a column {@code managed} for a select over {@code v}. */
  public static final String COLUMN =
      """
      (select jsonb_build_object(
          'service', c.kind,
          'monitored', t.record -> 'monitored',
          'ended', t.record -> 'ended',
          'tags', (select coalesce(jsonb_agg(lower(c.labels -> 'tags' ->> tag)), '[]'::jsonb)
            from jsonb_array_elements_text(t.record -> 'tags') tag
            where jsonb_exists(c.labels -> 'tags', tag)),
          'qualityProfile',
            coalesce(c.labels -> 'qualityProfiles' ->> (t.record ->> 'qualityProfile'), ''))
        from managed_files f
          join managed_titles t on t.connection_id = f.connection_id and t.title_id = f.title_id
          join connections c on c.id = f.connection_id
        where f.path = v.path order by f.connection_id limit 1) as managed
      """;

  private final Database database;

  public ManagedFacts(Database database) {
    this.database = database;
  }

  /** Reads {@link #COLUMN}. */
  public static Managed read(ResultSet row) throws SQLException {
    @Nullable String managed = row.getString("managed");
    return managed == null ? Managed.NOBODY : Json.read(managed, Managed.class);
  }

  /** Of one file. */
  public Managed of(MediaPath path) {
    return of(List.of(path)).getOrDefault(path, Managed.NOBODY);
  }

  /** In whose name a video of this path waits at the queues. */
  public FairShare shareOf(MediaPath path, LibraryId library) {
    return ArrKind.parse(of(path).service())
        .map(FairShare::of)
        .orElseGet(() -> FairShare.of(library));
  }

  /** Of many; those that nobody manages are left out. */
  public Map<MediaPath, Managed> of(Collection<MediaPath> paths) {
    Map<MediaPath, Managed> facts = new HashMap<>();
    database
        .client()
        .sql(
            "select * from (select v.path, "
                + COLUMN
                + """
                 from jsonb_array_elements_text(cast(:paths as jsonb)) as v (path)) known
                where managed is not null
                """)
        .param("paths", Json.write(paths.stream().map(MediaPath::value).toList()))
        .query(row -> {
          facts.put(new MediaPath(row.getString("path")), read(row));
        });
    return facts;
  }
}
