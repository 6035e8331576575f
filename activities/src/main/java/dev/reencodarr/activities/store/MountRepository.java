package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.replace.MountAbility;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The table {@code mount_abilities}: what mounts can do with files of an owner and group. */
public final class MountRepository {

  private final Database database;

  public MountRepository(Database database) {
    this.database = database;
  }

  /**
   * What an ability is known for.
   *
   * @param host on which it was tried
   * @param dotFolder our folder on the mount
   * @param ownerUid of the files
   * @param ownerGid of the files
   * @param device number of the device that the folder lies on
   */
  public record Key(String host, Path dotFolder, int ownerUid, int ownerGid, long device) {}

  /**
   * What this run of the worker has found out.
   *
   * @param within what was tried longer ago is not believed any more; the database's clock counts
   */
  public Optional<MountAbility> known(Key key, UUID run, Duration within) {
    return database
        .client()
        .sql(
            """
            select * from mount_abilities where host = :host and dot_folder = :folder
              and owner_uid = :uid and owner_gid = :gid and device = :device and tried_by = :run
              and tried_at >= now() - make_interval(secs => :seconds)
            """)
        .param("host", key.host())
        .param("folder", key.dotFolder().toString())
        .param("uid", key.ownerUid())
        .param("gid", key.ownerGid())
        .param("device", key.device())
        .param("run", run)
        .param("seconds", within.toMillis() / 1000.0)
        .query(MountRepository::read)
        .optional();
  }

  /** Writes what a trial has shown, in place of an earlier one. */
  public void save(Key key, UUID run, MountAbility ability) {
    database
        .client()
        .sql(
            """
            insert into mount_abilities (host, dot_folder, owner_uid, owner_gid, device,
              atomic_exchange, hard_links, rename_no_replace, stable_inodes, mtime_grain_nanos,
              chown, case_sensitive, tried_by)
            values (:host, :folder, :uid, :gid, :device, :exchange, :links, :noReplace, :inodes,
              :grain, :chown, :case, :run)
            on conflict (host, dot_folder, owner_uid, owner_gid) do update set device = excluded.device,
              atomic_exchange = excluded.atomic_exchange, hard_links = excluded.hard_links,
              rename_no_replace = excluded.rename_no_replace,
              stable_inodes = excluded.stable_inodes,
              mtime_grain_nanos = excluded.mtime_grain_nanos, chown = excluded.chown,
              case_sensitive = excluded.case_sensitive, tried_by = excluded.tried_by,
              tried_at = now()
            """)
        .param("host", key.host())
        .param("folder", key.dotFolder().toString())
        .param("uid", key.ownerUid())
        .param("gid", key.ownerGid())
        .param("device", key.device())
        .param("exchange", ability.atomicExchange())
        .param("links", ability.hardLinks())
        .param("noReplace", ability.renameNoReplace())
        .param("inodes", ability.stableInodes())
        .param("grain", ability.mtimeGrain().toNanos())
        .param("chown", ability.chown())
        .param("case", ability.caseSensitive())
        .param("run", run)
        .update();
  }

  private static MountAbility read(ResultSet row, int number) throws SQLException {
    return new MountAbility(
        row.getBoolean("atomic_exchange"),
        row.getBoolean("hard_links"),
        row.getBoolean("rename_no_replace"),
        row.getBoolean("stable_inodes"),
        Duration.ofNanos(row.getLong("mtime_grain_nanos")),
        row.getBoolean("chown"),
        row.getBoolean("case_sensitive"));
  }
}
