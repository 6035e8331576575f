package dev.reencodarr.activities.store.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Json;
import dev.reencodarr.activities.store.ToBeTold;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Monitored;
import dev.reencodarr.workflows.sync.TellOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code file_tellings}. */
public final class FileTellingRepository implements ToBeTold {

  /** For so long after a call, whoever was called is believed to be at it. */
  private static final Duration CALL_AGAIN = Duration.ofHours(1);

  /** What was told is of interest for so long. */
  private static final Duration KEPT = Duration.ofDays(90);

  private final Database database;

  public FileTellingRepository(Database database) {
    this.database = database;
  }

  /**
   * Notes that the file of a video lies at a path with another content; to be called before its row
   * says so. Whoever manages the file that was there is to be told.
   *
   * @param encoded whether it is a result of ours, not an original that was put back
   */
  public void note(VideoId video, String path, boolean encoded) {
    // What is open already speaks of a file that may be managed under an older name yet.
    database
        .client()
        .sql(
            """
            update file_tellings
            set path = :path, encoded = :encoded, called_at = null, noted_at = now()
            where video_id = :video and told_at is null
            """)
        .param("video", video.value())
        .param("path", path)
        .param("encoded", encoded)
        .update();
    database
        .client()
        .sql(
            """
            insert into file_tellings
              (connection_id, video_id, file_id, title_id, path, file, monitored, encoded)
            select f.connection_id, v.id, f.file_id, f.title_id, :path, f.record,
              -- a movie is its own part; of episodes the title says nothing
              case when c.kind = 'radarr' then jsonb_build_object(
                case when (t.record -> 'monitored')::boolean then 'on' else 'off' end,
                jsonb_build_array(f.title_id),
                case when (t.record -> 'monitored')::boolean then 'off' else 'on' end,
                jsonb_build_array()) end,
              :encoded
            from videos v join managed_files f on f.path = v.path
              join managed_titles t
                on t.connection_id = f.connection_id and t.title_id = f.title_id
              join connections c on c.id = f.connection_id
            where v.id = :video
            on conflict (connection_id, video_id) where told_at is null do nothing
            """)
        .param("video", video.value())
        .param("path", path)
        .param("encoded", encoded)
        .update();
  }

  /**
   * How many results of ours were told of for the same episodes or the same movie, since an
   * operator has last said that it may go on.
   *
   * @param parts ids of episodes, or of the movie
   */
  public int resultsFor(long connection, long title, Collection<Long> parts) {
    return database
        .client()
        .sql(
            """
            select count(*) from file_tellings t
            where t.connection_id = :connection and t.title_id = :title and t.encoded
              and t.told_at is not null and not t.forgiven
              and exists (
                select from jsonb_array_elements_text(
                    coalesce(t.monitored -> 'on', '[]') || coalesce(t.monitored -> 'off', '[]'))
                  as part (id)
                join jsonb_array_elements_text(cast(:parts as jsonb)) as wanted (id) using (id))
            """)
        .param("connection", connection)
        .param("title", title)
        .param("parts", Json.write(parts))
        .query(Integer.class)
        .single();
  }

  /** An operator says that work on the video may go on, whatever was told before of its title. */
  public void forgive(VideoId video) {
    database
        .client()
        .sql(
            """
            update file_tellings t set forgiven = true
            from videos v join managed_files f on f.path = v.path
            where v.id = :video and t.connection_id = f.connection_id and t.title_id = f.title_id
            """)
        .param("video", video.value())
        .update();
  }

  @Override
  public List<TellOrder> toBeCalled(String zone) {
    return take(zone, "t.called_at is null");
  }

  @Override
  public List<TellOrder> toBeStartedWhereGone(String zone) {
    return take(
        zone, "t.called_at < now() - make_interval(secs => " + CALL_AGAIN.toSeconds() + ")");
  }

  private List<TellOrder> take(String zone, String isDue) {
    return database
        .client()
        .sql(
            """
            update file_tellings t set called_at = now()
            from connections c
            where c.id = t.connection_id and c.zone = :zone and t.told_at is null and (
            """
                + isDue
                + ") returning t.video_id")
        .param("zone", zone)
        .query((row, number) -> row.getObject("video_id", UUID.class))
        .list()
        .stream()
        .distinct()
        .map(id -> new TellOrder(new VideoId(id), zone))
        .toList();
  }

  @Override
  public void notCalled(VideoId video) {
    database
        .client()
        .sql("update file_tellings set called_at = null where video_id = :id and told_at is null")
        .param("id", video.value())
        .update();
  }

  /** What is still to be told of a video. */
  public List<OpenFileTelling> open(VideoId video) {
    return select("t.video_id = :id and t.told_at is null", video.value());
  }

  /** One that is still to be told; empty where it was, or its connection was removed. */
  public Optional<OpenFileTelling> find(long id) {
    return select("t.id = :id and t.told_at is null", id).stream().findFirst();
  }

  private List<OpenFileTelling> select(String which, Object id) {
    return database
        .client()
        .sql(
            """
            select t.id as telling, t.video_id, t.file_id, coalesce(t.found_id, 0) as found,
              t.title_id, t.path as file_path, t.file, t.monitored, t.recorded, t.noted_at, c.*
            from file_tellings t join connections c on c.id = t.connection_id
            where (
            """
                + which
                + ")"
                + " order by t.id")
        .param("id", id)
        .query((row, number) ->
            new OpenFileTelling(
                row.getLong("telling"),
                ConnectionRepository.connection(row),
                new VideoId(row.getObject("video_id", UUID.class)),
                row.getLong("file_id"),
                row.getLong("found"),
                row.getLong("title_id"),
                new MediaPath(row.getString("file_path")),
                json(row, "file", ManagedFile.class),
                json(row, "monitored", Monitored.class),
                row.getBoolean("recorded"),
                row.getTimestamp("noted_at").toInstant()))
        .list();
  }

  private static <T> Optional<T> json(ResultSet row, String column, Class<T> type)
      throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(text -> Json.read(text, type));
  }

  /**
   * Keeps how the connection has the file before it is told, in the place of what the latest sync
   * said; what was kept so already stays.
   */
  public void record(long id, ManagedFile file, Monitored monitored) {
    database
        .client()
        .sql(
            """
            update file_tellings
            set file = cast(:file as jsonb), monitored = cast(:monitored as jsonb), recorded = true
            where id = :id and not recorded
            """)
        .param("id", id)
        .param("file", Json.write(file))
        .param("monitored", Json.write(monitored))
        .update();
  }

  /** It was seen at its path, under this id. */
  public void found(long id, long file) {
    database
        .client()
        .sql("update file_tellings set found_id = :file where id = :id")
        .param("id", id)
        .param("file", file)
        .update();
  }

  /** The file goes by another name from now on, for everybody who is to be told of it. */
  public void renamed(long id, MediaPath path) {
    database
        .client()
        .sql(
            """
            update file_tellings set path = :path
            where told_at is null
              and video_id = (select video_id from file_tellings where id = :id)
            """)
        .param("id", id)
        .param("path", path.value())
        .update();
  }

  /** It could not be told in this round. */
  public void failed(long id, String problem) {
    database
        .client()
        .sql("update file_tellings set tries = tries + 1, problem = :problem where id = :id")
        .param("id", id)
        .param("problem", problem)
        .update();
  }

  /**
   * It was told, unless something has changed since.
   *
   * @param noted the latest change that it was told of
   * @param warning empty for none
   */
  public void told(long id, Instant noted, String warning) {
    database
        .client()
        .sql(
            """
            update file_tellings
            set told_at = now(), problem = null, warning = nullif(:warning, '')
            where id = :id and noted_at = :noted
            """)
        .param("id", id)
        .param("noted", noted.atOffset(ZoneOffset.UTC))
        .param("warning", warning)
        .update();
    database
        .client()
        .sql("delete from file_tellings where told_at < now() - make_interval(secs => :kept)")
        .param("kept", KEPT.toSeconds())
        .update();
  }

  /** The files of these titles of which a connection is still to be told. */
  public List<UntoldFile> untold(long connection, Collection<Long> titles) {
    if (titles.isEmpty()) {
      return List.of();
    }
    return database
        .client()
        .sql(
            """
            select t.file_id, t.path, v.size from file_tellings t join videos v on v.id = t.video_id
            where t.connection_id = :connection and t.told_at is null and t.title_id in (:titles)
            """)
        .param("connection", connection)
        .param("titles", titles)
        .query((row, number) ->
            new UntoldFile(
                row.getLong("file_id"), new MediaPath(row.getString("path")), row.getLong("size")))
        .list();
  }

  /** How many changes a connection is still to be told of. */
  public int untold(long connection) {
    return database
        .client()
        .sql(
            "select count(*) from file_tellings where connection_id = :connection and told_at is null")
        .param("connection", connection)
        .query(Integer.class)
        .single();
  }

  /**
   * The latest that was or is to be told of a video to a connection.
   *
   * @param told whether it was
   * @param problem with the latest try; empty for none
   * @param warning what is worse there than before; empty for nothing
   */
  public record Latest(String connection, boolean told, String problem, String warning) {}

  /** The latest of each connection. */
  public List<Latest> latest(VideoId video) {
    return database
        .client()
        .sql(
            """
            select distinct on (c.id) c.name, t.told_at is not null as told,
              coalesce(t.problem, '') as problem, coalesce(t.warning, '') as warning
            from file_tellings t join connections c on c.id = t.connection_id
            where t.video_id = :video order by c.id, t.id desc
            """)
        .param("video", video.value())
        .query((row, number) ->
            new Latest(
                row.getString("name"),
                row.getBoolean("told"),
                row.getString("problem"),
                row.getString("warning")))
        .list();
  }
}
