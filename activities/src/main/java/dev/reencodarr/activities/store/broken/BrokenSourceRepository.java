package dev.reencodarr.activities.store.broken;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.broken.FoundBy;
import dev.reencodarr.workflows.media.VideoId;

/** The table {@code broken_sources}. */
public final class BrokenSourceRepository {

  private final Database database;

  public BrokenSourceRepository(Database database) {
    this.database = database;
  }

  /**
   * A video's file, as it is known now, is broken. What is open of the same file already stays as
   * it is; what was found of an earlier file of the video gives way.
   *
   * @param problem in a sentence
   */
  public void found(VideoId video, FoundBy by, String problem) {
    database
        .client()
        .sql(
            """
            insert into broken_sources as b (video_id, path, size, mtime, found_by, problem)
            select id, path, size, mtime, :by, :problem from videos where id = :video
            on conflict (video_id) where state in ('found', 'ordered', 'waiting') do update
              set path = excluded.path, size = excluded.size, mtime = excluded.mtime,
                found_by = excluded.found_by, problem = excluded.problem, found_at = now(),
                state_since = now()
              where b.state = 'found'
                and (b.path, b.size, b.mtime) is distinct from
                  (excluded.path, excluded.size, excluded.mtime)
            """)
        .param("video", video.value())
        .param("by", by.code())
        .param("problem", problem)
        .update();
  }
}
