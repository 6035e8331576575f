package dev.reencodarr.activities.store.broken;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Json;
import dev.reencodarr.workflows.broken.BrokenState;
import dev.reencodarr.workflows.broken.FoundBy;
import dev.reencodarr.workflows.broken.RedownloadOrder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.Monitored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code broken_sources}. */
public final class BrokenSourceRepository {

  /** A workflow that was started so long ago may have been ended from outside. */
  private static final Duration START_AGAIN = Duration.ofHours(1);

  /** So many orders that have not come to set their file aside are seen to at once. */
  private static final int MOST_ASKED_FOR = 50;

  private static final String SELECT =
      """
      select b.*, coalesce(b.connection_id, 0) as connection, coalesce(b.grab_id, 0) as grab
      from broken_sources b
      """;

  /** The video's file is still the one that was found to be broken. */
  private static final String UNCHANGED =
      """
      exists (select from videos v where v.id = b.video_id
        and (v.size, v.mtime) = (b.size, b.mtime) and v.missing_since is null)
      """;

  private final Database database;

  public BrokenSourceRepository(Database database) {
    this.database = database;
  }

  /**
   * A video's file, as it is known now, is broken. What is open of the same file already stays as
   * it is, and so does an order for it that has come to nothing; what was found of an earlier file
   * of the video is over.
   *
   * @param problem in a sentence
   */
  public void found(VideoId video, FoundBy by, String problem) {
    database
        .client()
        .sql(
            """
            update broken_sources b
            set state = 'replaced', detail = 'another file is there since', state_since = now()
            from videos v
            where b.video_id = :video and v.id = b.video_id and b.state = 'found'
              and (b.size, b.mtime) <> (v.size, v.mtime)
            """)
        .param("video", video.value())
        .update();
    database
        .client()
        .sql(
            """
            insert into broken_sources (video_id, path, size, mtime, found_by, problem)
            select id, path, size, mtime, :by, :problem from videos v
            where id = :video and not exists (select from broken_sources o
              where o.video_id = v.id and (o.size, o.mtime) = (v.size, v.mtime)
                and o.state = 'stopped' and o.ordered_at is not null)
            on conflict (video_id, size, mtime) where state in ('found', 'ordered', 'waiting')
              do nothing
            """)
        .param("video", video.value())
        .param("by", by.code())
        .param("problem", problem)
        .update();
  }

  /**
   * What was found of the video was not broken after all.
   *
   * @param why for people
   */
  public void acquit(VideoId video, String why) {
    database
        .client()
        .sql(
            """
            update broken_sources set state = 'acquitted', detail = :why, state_since = now()
            where video_id = :video and state = 'found'
            """)
        .param("video", video.value())
        .param("why", why)
        .update();
  }

  /**
   * Orders another copy of a video's broken file: of one of which nothing was ordered yet, or whose
   * order has come to nothing.
   *
   * @return false if no file of the video is known to be broken, or it has changed since
   */
  public boolean order(VideoId video) {
    return order(video, false, "'found', 'stopped'");
  }

  /**
   * The same where nobody has asked for it in person: once for each file.
   *
   * @return false if nothing was ordered
   */
  public boolean orderAutomatically(VideoId video) {
    return order(video, true, "'found'");
  }

  private boolean order(VideoId video, boolean automatic, String from) {
    return database
            .client()
            .sql(
                """
                update broken_sources b
                set path = v.path, state = 'ordered', detail = '', state_since = now(),
                  ordered_at = now(), called_at = null, automatic = :automatic,
                  connection_id = null, title_id = null, file_id = null, parts = null,
                  grab_id = null, release = '', deleted_at = null, arrived_path = null
                from videos v
                where v.id = :video and v.id = b.video_id
                  and b.id = (select max(o.id) from broken_sources o
                    where o.video_id = v.id and (o.size, o.mtime) = (v.size, v.mtime))
                  and b.kept_path is null and b.state in (
                """
                    + from
                    + ")")
            .param("video", video.value())
            .param("automatic", automatic)
            .update()
        > 0;
  }

  /**
   * Those of a zone whose workflow is to be started, or was long ago and may be gone; a limited
   * number at a time, since they ask one after the other.
   */
  public List<RedownloadOrder> toBeStarted(String zone) {
    return database
        .client()
        .sql(
            """
            update broken_sources b set called_at = now()
            from videos v join libraries l on l.id = v.library_id
            where v.id = b.video_id and l.zone = :zone
              and (b.state in ('waiting', 'arrived')
                or b.kept_path is not null and (b.state = 'ordered' or b.arrived_path is not null)
                or b.id in (select o.id from broken_sources o
                    join videos w on w.id = o.video_id join libraries m on m.id = w.library_id
                  where o.state = 'ordered' and m.zone = :zone
                  order by o.ordered_at, o.id limit :most))
              and (b.called_at is null or b.called_at < now() - make_interval(secs => :again))
            returning b.id
            """)
        .param("zone", zone)
        .param("most", MOST_ASKED_FOR)
        .param("again", START_AGAIN.toSeconds())
        .query((row, number) -> new RedownloadOrder(row.getLong("id"), zone))
        .list();
  }

  /**
   * Those of a zone that wait, and of whose title a file has become known that their workflow was
   * not told of: each is told once.
   */
  public List<RedownloadOrder> perhapsArrived(String zone) {
    return database
        .client()
        .sql(
            """
            update broken_sources b set told_file_id = f.latest
            from (select connection_id, title_id, max(file_id) as latest from managed_files
                where (connection_id, title_id) in (select connection_id, title_id
                  from broken_sources where state = 'waiting')
                group by connection_id, title_id) f,
              videos v join libraries l on l.id = v.library_id
            where b.state = 'waiting' and v.id = b.video_id and l.zone = :zone
              and f.connection_id = b.connection_id and f.title_id = b.title_id
              and f.latest > greatest(b.file_id, b.told_file_id)
            returning b.id
            """)
        .param("zone", zone)
        .query((row, number) -> new RedownloadOrder(row.getLong("id"), zone))
        .list();
  }

  /** Its workflow could not be started after all. */
  public void notStarted(long id) {
    database
        .client()
        .sql("update broken_sources set called_at = null where id = :id")
        .param("id", id)
        .update();
  }

  /** The one of this id. */
  public Optional<BrokenSource> find(long id) {
    return database
        .client()
        .sql(SELECT + "where b.id = :id")
        .param("id", id)
        .query(BrokenSourceRepository::read)
        .optional();
  }

  /** The latest of a video. */
  public Optional<BrokenSource> latest(VideoId video) {
    return database
        .client()
        .sql(SELECT + "where b.video_id = :video order by b.id desc limit 1")
        .param("video", video.value())
        .query(BrokenSourceRepository::read)
        .optional();
  }

  /** Those of a video of which another copy is being got, or whose file is still kept. */
  public List<BrokenSource> beingGot(VideoId video) {
    return database
        .client()
        .sql(
            SELECT
                + "where b.video_id = :video"
                + " and (b.state in ('ordered', 'waiting') or b.kept_path is not null)"
                + " order by b.id desc")
        .param("video", video.value())
        .query(BrokenSourceRepository::read)
        .list();
  }

  /** What something is to be done about, or is being done: largest first. */
  public List<BrokenSource> open() {
    return list(
        "where b.state in ('ordered', 'waiting', 'arrived') or b.kept_path is not null"
            + " or b.state in ('found', 'stopped') and not exists (select from broken_sources n"
            + " where n.video_id = b.video_id and n.id > b.id and (n.size, n.mtime) = (b.size, b.mtime))"
            + " and "
            + UNCHANGED);
  }

  /** All that were ever found: largest first. */
  public List<BrokenSource> all() {
    return list("");
  }

  private List<BrokenSource> list(String which) {
    return database
        .client()
        .sql(SELECT + which + " order by b.size desc, b.id")
        .query(BrokenSourceRepository::read)
        .list();
  }

  /** Those of the same title whose order came before this one. */
  public List<BrokenSource> earlierOf(BrokenSource source, BrokenSource.Managed managed) {
    return database
        .client()
        .sql(
            SELECT
                + """
                where b.connection_id = :connection and b.title_id = :title and b.id < :id
                  and b.deleted_at is not null
                order by b.id
                """)
        .param("connection", managed.connection())
        .param("title", managed.title())
        .param("id", source.id())
        .query(BrokenSourceRepository::read)
        .list();
  }

  /**
   * Whether the file that lies at this path now could be analysed, and nothing says that it is
   * broken.
   *
   * @param size bytes, as it is on disk
   * @param mtime as it is on disk, in whole microseconds
   */
  public boolean isSound(MediaPath path, long size, Instant mtime) {
    return database
        .client()
        .sql(
            """
            select exists (select from videos v
              where v.path = :path and (v.size, v.mtime) = (:size, :mtime) and v.facts is not null
                and not exists (select from broken_sources b where b.video_id = v.id
                  and b.state <> 'acquitted' and (b.size, b.mtime) = (v.size, v.mtime)))
            """)
        .param("path", path.value())
        .param("size", size)
        .param("mtime", mtime.atOffset(ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }

  /** Whether another copy of the video's file is being got, so that work on it would be in vain. */
  public boolean isBeingGot(VideoId video) {
    return database
        .client()
        .sql(
            "select exists (select from broken_sources b where b.video_id = :video"
                + " and b.state in ('ordered', 'waiting') and exists (select from videos v"
                + " where v.id = b.video_id and (v.size, v.mtime) = (b.size, b.mtime)))")
        .param("video", video.value())
        .query(Boolean.class)
        .single();
  }

  /** Whether a folder is known to keep a broken file. */
  public boolean keeps(MediaPath folder) {
    return database
        .client()
        .sql(
            "select exists (select from broken_sources"
                + " where kept_path is not null and starts_with(kept_path, :below))")
        .param("below", folder.value() + "/")
        .query(Boolean.class)
        .single();
  }

  /** How it is managed, before anything is changed there. */
  public void managed(long id, BrokenSource.Managed managed) {
    database
        .client()
        .sql(
            """
            update broken_sources
            set connection_id = :connection, title_id = :title, file_id = :file,
              parts = cast(:parts as jsonb), grab_id = nullif(:grab, 0), release = :release,
              history_id = :history
            where id = :id
            """)
        .param("id", id)
        .param("connection", managed.connection())
        .param("title", managed.title())
        .param("file", managed.file())
        .param("parts", Json.write(managed.parts()))
        .param("grab", managed.grab())
        .param("release", managed.release())
        .param("history", managed.history())
        .update();
  }

  /** It will be kept there: written before it is moved. */
  public void keeping(long id, MediaPath kept) {
    database
        .client()
        .sql("update broken_sources set kept_path = :kept where id = :id")
        .param("id", id)
        .param("kept", kept.value())
        .update();
  }

  /** It is kept no more: it is back at its place, or gone. */
  public void keptNoMore(long id, BrokenState state, String detail) {
    database
        .client()
        .sql(
            """
            update broken_sources set kept_path = null, state = :state, detail = :detail,
              state_since = case when state = :state then state_since else now() end
            where id = :id
            """)
        .param("id", id)
        .param("state", state.code())
        .param("detail", detail)
        .update();
  }

  /** What of it is monitored has changed since it was looked at. */
  public void monitored(long id, Monitored parts) {
    database
        .client()
        .sql("update broken_sources set parts = cast(:parts as jsonb) where id = :id")
        .param("id", id)
        .param("parts", Json.write(parts))
        .update();
  }

  /** No other copy has taken its place after all: what is kept is not let go by itself. */
  public void notArrived(long id) {
    database
        .client()
        .sql("update broken_sources set arrived_path = null where id = :id")
        .param("id", id)
        .update();
  }

  /** It was set aside, and its record was deleted where it is managed. */
  public void waiting(long id, String detail) {
    database
        .client()
        .sql("update broken_sources set deleted_at = now() where id = :id")
        .param("id", id)
        .update();
    enter(id, BrokenState.WAITING, detail);
  }

  /** A file has come. */
  public void arrived(long id, MediaPath path, BrokenState state, String detail) {
    database
        .client()
        .sql("update broken_sources set arrived_path = :path where id = :id")
        .param("id", id)
        .param("path", path.value())
        .update();
    enter(id, state, detail);
  }

  /** It is in this state from now on. */
  public void enter(long id, BrokenState state, String detail) {
    database
        .client()
        .sql(
            """
            update broken_sources set state = :state, detail = :detail,
              state_since = case when state = :state then state_since else now() end
            where id = :id
            """)
        .param("id", id)
        .param("state", state.code())
        .param("detail", detail)
        .update();
  }

  private static BrokenSource read(ResultSet row, int number) throws SQLException {
    return new BrokenSource(
        row.getLong("id"),
        new VideoId(row.getObject("video_id", UUID.class)),
        new MediaPath(row.getString("path")),
        row.getLong("size"),
        row.getTimestamp("mtime").toInstant(),
        FoundBy.parse(row.getString("found_by")),
        row.getString("problem"),
        row.getTimestamp("found_at").toInstant(),
        BrokenState.parse(row.getString("state")),
        row.getString("detail"),
        row.getTimestamp("state_since").toInstant(),
        row.getBoolean("automatic"),
        managed(row),
        path(row, "kept_path"),
        path(row, "arrived_path"));
  }

  private static Optional<BrokenSource.Managed> managed(ResultSet row) throws SQLException {
    Optional<String> parts = Optional.ofNullable(row.getString("parts"));
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BrokenSource.Managed(
                row.getLong("connection"),
                row.getLong("title_id"),
                row.getLong("file_id"),
                Json.read(parts.get(), Monitored.class),
                row.getLong("grab"),
                row.getString("release"),
                row.getLong("history_id")));
  }

  private static Optional<MediaPath> path(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(MediaPath::new);
  }
}
