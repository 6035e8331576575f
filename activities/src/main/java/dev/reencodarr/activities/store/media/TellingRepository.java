package dev.reencodarr.activities.store.media;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.ToBeTold;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.TellOrder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The table {@code media_tellings}. */
public final class TellingRepository implements ToBeTold {

  /** For so long after a call, whoever was called is believed to be at it. */
  private static final Duration CALL_AGAIN = Duration.ofHours(1);

  /** What was told, or given up, is of interest for so long. */
  private static final Duration KEPT = Duration.ofDays(30);

  private static final int MOST_CALLS = 100;

  private final Database database;

  public TellingRepository(Database database) {
    this.database = database;
  }

  /**
   * Notes that the file of a video lies at a path with another content; to be called before its row
   * says so.
   */
  public void note(VideoId video, String path) {
    database
        .client()
        .sql(
            """
            insert into media_tellings (server_id, video_id, path, change)
            select s.id, v.id, it.path, it.change
            from videos v join libraries l on l.id = v.library_id
              join media_servers s on s.zone = l.zone and s.refreshes
              cross join lateral (
                select cast(:path as text) as path,
                  case when v.path = :path then 'modified' else 'created' end as change
                union all select v.path, 'deleted' where v.path <> :path) it
            where v.id = :video
            """)
        .param("video", video.value())
        .param("path", path)
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
            update media_tellings t set called_at = now()
            from media_servers s
            where s.id = t.server_id and s.zone = :zone and t.told_at is null and not t.given_up
              and (
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
        .sql("update media_tellings set called_at = null where video_id = :id and told_at is null")
        .param("id", video.value())
        .update();
  }

  /** What is still to be told of a video, in the order in which it happened. */
  public List<Telling> open(VideoId video) {
    return database
        .client()
        .sql(
            """
            select t.id as telling, t.path, t.change, s.* from media_tellings t
              join media_servers s on s.id = t.server_id
            where t.video_id = :video and t.told_at is null and not t.given_up
            order by t.id limit :most
            """)
        .param("video", video.value())
        .param("most", MOST_CALLS)
        .query((row, number) ->
            new Telling(
                row.getLong("telling"),
                MediaServerRepository.server(row),
                row.getString("path"),
                row.getString("change")))
        .list();
  }

  public void told(long id) {
    database
        .client()
        .sql("update media_tellings set told_at = now(), problem = null where id = :id")
        .param("id", id)
        .update();
    database
        .client()
        .sql(
            """
            delete from media_tellings
            where (told_at is not null or given_up)
              and noted_at < now() - make_interval(secs => :kept)
            """)
        .param("kept", KEPT.toSeconds())
        .update();
  }

  /**
   * It was not taken.
   *
   * @param patience since it was noted, after which it is given up
   * @return whether it is given up
   */
  public boolean failed(long id, String problem, Duration patience) {
    return database
        .client()
        .sql(
            """
            update media_tellings set tries = tries + 1, problem = :problem,
              given_up = noted_at < now() - make_interval(secs => :patience)
            where id = :id returning given_up
            """)
        .param("id", id)
        .param("problem", problem)
        .param("patience", patience.toSeconds())
        .query(Boolean.class)
        .optional()
        .orElse(true);
  }
}
