package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Room in quarantine: what lies there, and what is promised to the originals of videos at work
 * ({@code quarantine_room}).
 */
public final class QuarantineRoom {

  /** Of {@link RoomPromises}; no other room has it. */
  private static final long PROMISES = 7_203_318_642L;

  private static final List<String> WORK = VideoState.codesOfWork();

  private final Database database;

  public QuarantineRoom(Database database) {
    this.database = database;
  }

  /**
   * Promises room to the original of a video, in place of what it was promised before. A file that
   * is larger than the whole of it is let in alone, so that it does not wait for ever.
   *
   * @param dotFolder on whose file system the original will be kept
   * @param cap bytes that originals may take there altogether
   * @param sameFileSystem whether another dot folder lies on that file system too
   * @return empty if it is promised, else the bytes that are taken
   */
  public Optional<Long> promise(
      VideoId video,
      MediaPath dotFolder,
      long bytes,
      long cap,
      Predicate<MediaPath> sameFileSystem) {
    return new RoomPromises(database, PROMISES)
        .promise(
            () -> shares(video), sameFileSystem, bytes, cap, () -> write(video, dotFolder, bytes));
  }

  /** What each dot folder holds and is promised to others than this video. */
  private List<RoomPromises.Share> shares(VideoId video) {
    return database
        .client()
        .sql(
            """
            select folder, sum(bytes) as bytes from (
              select regexp_replace(quarantine_path, '/quarantine/[^/]+$', '') as folder,
                case state when 'undone' then result_bytes else original_bytes end as bytes
              from replacements where quarantined
              union all
              select r.dot_folder, r.bytes from quarantine_room r
                join videos v on v.id = r.video_id
              where r.video_id <> :video and v.state in (:work)
                -- an original whose result waits for a review goes nowhere before it is approved
                and not exists (select 1 from held_results h where h.video_id = r.video_id
                  and h.held_at is not null and h.approved_at is null)
            ) as shares group by folder
            """)
        .param("video", video.value())
        .param("work", WORK)
        .query((row, number) ->
            new RoomPromises.Share(new MediaPath(row.getString("folder")), row.getLong("bytes")))
        .list();
  }

  private void write(VideoId video, MediaPath dotFolder, long bytes) {
    database
        .client()
        .sql(
            """
            insert into quarantine_room (video_id, dot_folder, bytes)
            values (:video, :folder, :bytes)
            on conflict (video_id) do update set dot_folder = excluded.dot_folder,
              bytes = excluded.bytes, reserved_at = now()
            """)
        .param("video", video.value())
        .param("folder", dotFolder.value())
        .param("bytes", bytes)
        .update();
  }
}
