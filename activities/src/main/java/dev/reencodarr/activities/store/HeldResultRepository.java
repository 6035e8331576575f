package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.video.HeldResult;
import dev.reencodarr.workflows.video.ReviewRowActivities.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The table {@code held_results}: results that wait for a review, and room that is promised to
 * them. A row counts while its video is at work or may be begun again.
 */
public final class HeldResultRepository {

  /** Of {@link RoomPromises}; no other room has it. */
  private static final long PROMISES = 7_203_318_643L;

  /** A video in another state has come to its end, and its row with it. */
  private static final List<String> UNENDED = unended();

  /** What one that has failed has held is taken up again once it is retried. */
  private static final List<String> HOLDING = holding();

  private final Database database;

  public HeldResultRepository(Database database) {
    this.database = database;
  }

  private static List<String> unended() {
    List<String> states = new ArrayList<>(VideoState.codesOfWork());
    states.add(VideoState.FOUND.code());
    return List.copyOf(states);
  }

  private static List<String> holding() {
    List<String> states = new ArrayList<>(unended());
    states.add(VideoState.FAILED.code());
    return List.copyOf(states);
  }

  /**
   * A result that waits for a review.
   *
   * @param heldAt since when
   */
  public record Held(HeldResult result, LibraryId library, Instant heldAt) {}

  /** What waits, and how much of it. */
  public record Tally(long results, long bytes) {}

  /**
   * Promises room to the result of a video, in place of what it was promised before. One that is
   * larger than the whole of it is let in alone, so that it does not wait for ever.
   *
   * <p>One that has been promised room already keeps it while it waits for more: it waits only for
   * results that are held, for which somebody can be asked, and not for promises whose videos may
   * be waiting for it in turn.
   *
   * @param dotFolder on whose file system it will lie
   * @param cap bytes that held results may take there altogether
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
            () -> others(video), sameFileSystem, bytes, cap, () -> write(video, dotFolder, bytes));
  }

  private void write(VideoId video, MediaPath dotFolder, long bytes) {
    database
        .client()
        .sql(
            """
            insert into held_results (video_id, dot_folder, bytes)
            values (:video, :folder, :bytes)
            on conflict (video_id) do update set dot_folder = excluded.dot_folder,
              bytes = excluded.bytes, result = null, held_at = null, approved_at = null
            """)
        .param("video", video.value())
        .param("folder", dotFolder.value())
        .param("bytes", bytes)
        .update();
  }

  private List<RoomPromises.Share> others(VideoId but) {
    return database
        .client()
        .sql(
            """
            select h.dot_folder, sum(h.bytes) as bytes
            from held_results h join videos v on v.id = h.video_id
            where h.video_id <> :but
              and (v.state in (:work)
                  and not exists (select 1 from held_results own where own.video_id = :but)
                or h.result is not null and v.state in (:holding))
            group by h.dot_folder
            """)
        .param("but", but.value())
        .param("work", VideoState.codesOfWork())
        .param("holding", HOLDING)
        .query((row, _) ->
            new RoomPromises.Share(
                new MediaPath(row.getString("dot_folder")), row.getLong("bytes")))
        .list();
  }

  /** It waits from now on; one that waits already waits since then. */
  public void hold(HeldResult held, MediaPath dotFolder) {
    database
        .client()
        .sql(
            """
            insert into held_results (video_id, dot_folder, bytes, result, held_at)
            values (:video, :folder, :bytes, cast(:result as jsonb), now())
            on conflict (video_id) do update set dot_folder = excluded.dot_folder,
              bytes = excluded.bytes, result = excluded.result,
              held_at = case when held_results.result = excluded.result
                then held_results.held_at else excluded.held_at end,
              approved_at = case when held_results.result = excluded.result
                then held_results.approved_at end
            """)
        .param("video", held.video().value())
        .param("folder", dotFolder.value())
        .param("bytes", held.staged().sizeBytes())
        .param("result", Json.write(held))
        .update();
  }

  /** Somebody has approved it. */
  public void approve(VideoId video) {
    database
        .client()
        .sql(
            """
            update held_results set approved_at = coalesce(approved_at, now())
            where video_id = :video and result is not null
            """)
        .param("video", video.value())
        .update();
  }

  /** Nobody waits for it any more. */
  public void forget(VideoId video) {
    database
        .client()
        .sql("delete from held_results where video_id = :video")
        .param("video", video.value())
        .update();
  }

  /** The room is free that a video was promised and has put no result into. */
  public void forgetPromise(VideoId video) {
    database
        .client()
        .sql("delete from held_results where video_id = :video and result is null")
        .param("video", video.value())
        .update();
  }

  /** What was held of a video; empty where nothing is, or only room is promised. */
  public Optional<Known> known(VideoId video) {
    return database
        .client()
        .sql(
            """
            select result, approved_at from held_results
            where video_id = :video and result is not null
            """)
        .param("video", video.value())
        .query((row, _) ->
            new Known(
                Json.read(row.getString("result"), HeldResult.class),
                row.getTimestamp("approved_at") != null))
        .optional();
  }

  /** The videos whose staged results somebody may still want. */
  public Set<VideoId> videos() {
    return database
        .client()
        .sql(
            """
            select h.video_id from held_results h
            join videos v on v.id = h.video_id and v.state in (:holding)
            where h.result is not null
            """)
        .param("holding", HOLDING)
        .query((row, _) -> new VideoId(row.getObject("video_id", UUID.class)))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What waits for a review, the oldest first. */
  public List<Held> waiting(LibraryScope scope) {
    return database
        .client()
        .sql(
            """
            select h.result, h.held_at, v.library_id
            from held_results h
              join videos v on v.id = h.video_id and v.state in (:unended)
              join libraries l on l.id = v.library_id and l.removed_at is null
            where h.result is not null and h.approved_at is null
              and (cast(:library as uuid) is null or v.library_id = cast(:library as uuid))
            order by h.held_at, h.video_id
            """)
        .param("unended", UNENDED)
        .param("library", scope.library().map(LibraryId::value).orElse(null))
        .query((row, _) ->
            new Held(
                Json.read(row.getString("result"), HeldResult.class),
                new LibraryId(row.getObject("library_id", UUID.class)),
                row.getTimestamp("held_at").toInstant()))
        .list();
  }

  /** How many that are. */
  public Tally tally() {
    return database
        .client()
        .sql(
            """
            select count(*) as results, coalesce(sum(h.bytes), 0) as bytes
            from held_results h
              join videos v on v.id = h.video_id and v.state in (:unended)
              join libraries l on l.id = v.library_id and l.removed_at is null
            where h.result is not null and h.approved_at is null
            """)
        .param("unended", UNENDED)
        .query((row, _) -> new Tally(row.getLong("results"), row.getLong("bytes")))
        .single();
  }
}
