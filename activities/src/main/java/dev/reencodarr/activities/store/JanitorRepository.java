package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.reencodarr.workflows.janitor.Finding;
import dev.reencodarr.workflows.janitor.JanitorReport;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.video.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the janitor asks of the rows, and its own table {@code janitor_runs}. */
public final class JanitorRepository {

  private static final List<String> WORK = VideoState.codesOfWork();

  /**
   * Replacements whose end the row of their video does not know: those that were begun and not
   * ended, and those of the last run of the video that took place while the row was never told.
   */
  private static final String UNSETTLED =
      """
      (r.state = 'intended' or r.undo_intent is not null
        or r.state = 'done' and r.outcome is null
          and (starts_with(r.attempt, v.claimed_by || '#') or r.undo_attempt = v.claimed_by)
          and v.encoded_hash is distinct from r.result_identity ->> 'sampledHash'
        or r.state = 'undone' and r.undo_attempt = v.claimed_by
          and v.kept_hash is distinct from r.original_identity ->> 'sampledHash')
      """;

  private static final Duration KEPT = Duration.ofDays(30);

  private final Database database;

  public JanitorRepository(Database database) {
    this.database = database;
  }

  /** A row that says that a run is at work, as it was read. */
  public record AtWork(
      VideoId video, MediaPath path, VideoState state, String claimedBy, int step) {}

  /** Every video of a library in use that is said to be at work and has nothing unsettled. */
  public List<AtWork> atWork() {
    return database
        .client()
        .sql(
            """
            select v.id, v.path, v.state, coalesce(v.claimed_by, '') as claimed_by, v.step
            from videos v join libraries l on l.id = v.library_id and l.removed_at is null
            where v.state in (:work)
              and not exists (select 1 from replacements r where r.video_id = v.id and
            """
                + UNSETTLED
                + ") order by v.path")
        .param("work", WORK)
        .query((row, number) ->
            new AtWork(
                new VideoId(row.getObject("id", UUID.class)),
                new MediaPath(row.getString("path")),
                VideoState.parse(row.getString("state")),
                row.getString("claimed_by"),
                row.getInt("step")))
        .list();
  }

  /**
   * Gives a row back that nobody is at work on: it is what it was before.
   *
   * @return the state that it is in now; empty if somebody has written it meanwhile
   */
  public Optional<VideoState> release(AtWork seen) {
    return database
        .client()
        .sql(
            """
            update videos set state = coalesce(claimed_from, 'found'), step = :finished,
              detail = '', updated_at = now()
            where id = :id and state = :state and coalesce(claimed_by, '') = :claimedBy
              and step = :step
            returning state
            """)
        .param("finished", VideoClaims.FINISHED)
        .param("id", seen.video().value())
        .param("state", seen.state().code())
        .param("claimedBy", seen.claimedBy())
        .param("step", seen.step())
        .query((row, number) -> VideoState.parse(row.getString("state")))
        .optional();
  }

  /** Whether the row says that this run has it, or had it last. */
  public boolean isClaimedBy(VideoId video, RunKey run) {
    return database
        .client()
        .sql("select exists (select 1 from videos where id = :id and claimed_by = :run)")
        .param("id", video.value())
        .param("run", run.line())
        .query(Boolean.class)
        .single();
  }

  /**
   * Gives a row to the run that is at work on its video, which has claimed it in a database that is
   * not there any more. Whoever had it by the row is gone: there is one run of a video at a time.
   *
   * @param state that the run has said last
   * @return the video's path; empty if the row is the run's already
   */
  public Optional<MediaPath> claimAgain(VideoId video, RunKey run, VideoState state) {
    return database
        .client()
        .sql(
            """
            update videos set claimed_from = case when state in (:work)
                then coalesce(claimed_from, 'found') else state end,
              state = :state, claimed_by = :run, step = 0, updated_at = now()
            where id = :id and claimed_by is distinct from :run
            returning path
            """)
        .param("id", video.value())
        .param("run", run.line())
        .param("state", state.code())
        .param("work", WORK)
        .query((row, number) -> new MediaPath(row.getString("path")))
        .optional();
  }

  /** Videos with replacements whose end their row does not know. */
  public List<VideoId> unsettledVideos() {
    return database
        .client()
        .sql(
            "select distinct v.id from videos v join replacements r on r.video_id = v.id where "
                + UNSETTLED)
        .query((row, number) -> new VideoId(row.getObject("id", UUID.class)))
        .list();
  }

  /** Those of one video, the latest first. */
  public List<UUID> unsettled(VideoId video) {
    return database
        .client()
        .sql(
            "select r.id from videos v join replacements r on r.video_id = v.id where v.id = :video"
                + " and "
                + UNSETTLED
                + " order by r.epoch desc")
        .param("video", video.value())
        .query((row, number) -> row.getObject("id", UUID.class))
        .list();
  }

  /** Replacements that were begun and whose video no row knows any more: their source. */
  public List<MediaPath> unfinishedWithoutVideo() {
    return database
        .client()
        .sql(
            """
            select source_path from replacements
            where video_id is null and (state = 'intended' or undo_intent is not null)
            order by source_path
            """)
        .query((row, number) -> new MediaPath(row.getString("source_path")))
        .list();
  }

  /** Requests that have started the video and wait for it start it again. */
  public void startAgain(VideoId video) {
    database
        .client()
        .sql(
            """
            update request_videos set started_at = null
            where video_id = :video and started_at is not null and settled_at is null
            """)
        .param("video", video.value())
        .update();
  }

  /**
   * A request that some library's workflow has to take up: it is not scanned, or has videos to be
   * started.
   */
  public record Order(RequestId request, LibraryId library, String libraryName) {}

  /**
   * Such requests, oldest first.
   *
   * @param age that they have at least: whoever makes one tells the workflow a moment later
   */
  public List<Order> orders(Duration age) {
    return database
        .client()
        .sql(
            """
            select q.id, q.library_id, l.name
            from requests q join libraries l on l.id = q.library_id and l.removed_at is null
            where q.failure is null and q.created_at < now() - make_interval(secs => :age)
              and (q.scanned_at is null or exists (select 1 from request_videos r
                where r.request_id = q.id and r.analysed_at is not null
                  and r.started_at is null and r.settled_at is null))
            order by q.created_at
            """)
        .param("age", age.toMillis() / 1000.0)
        .query((row, number) ->
            new Order(
                new RequestId(row.getObject("id", UUID.class)),
                new LibraryId(row.getObject("library_id", UUID.class)),
                row.getString("name")))
        .list();
  }

  /** Those of these videos that have a row. */
  public Set<VideoId> known(Collection<VideoId> videos) {
    return new HashSet<>(
        database
            .client()
            .sql(
                """
                select id from videos
                where id in (select cast(value as uuid) from jsonb_array_elements_text(:ids::jsonb))
                """)
            .param("ids", Json.write(videos.stream().map(VideoId::toString).toList()))
            .query((row, number) -> new VideoId(row.getObject("id", UUID.class)))
            .list());
  }

  /** A row's file. */
  public record Place(VideoId video, MediaPath path, boolean missing) {}

  /** The library's next files by path; what a run is at work on is the run's to look after. */
  public List<Place> places(LibraryId library, String after, int limit) {
    return database
        .client()
        .sql(
            """
            select id, path, missing_since is not null as missing from videos
            where library_id = :library and path > :after and state not in (:work)
            order by path limit :limit
            """)
        .param("library", library.value())
        .param("after", after)
        .param("work", WORK)
        .param("limit", limit)
        .query((row, number) ->
            new Place(
                new VideoId(row.getObject("id", UUID.class)),
                new MediaPath(row.getString("path")),
                row.getBoolean("missing")))
        .list();
  }

  /** Files that are not at their paths any more. */
  public void gone(Collection<VideoId> videos) {
    note(videos, "missing_since = coalesce(missing_since, now())");
  }

  /** Files that are at their paths again. */
  public void back(Collection<VideoId> videos) {
    note(videos, "missing_since = null");
  }

  private void note(Collection<VideoId> videos, String change) {
    database
        .client()
        .sql(
            "update videos set "
                + change
                + """
                 where id in (select cast(value as uuid) from jsonb_array_elements_text(:ids::jsonb))
                """)
        .param("ids", Json.write(videos.stream().map(VideoId::toString).toList()))
        .update();
  }

  /** Where the quarantine of a replacement is, and whether it is to hold a file. */
  public record QuarantineFolder(
      UUID replacement, MediaPath folder, MediaPath file, boolean full) {}

  /** Every replacement of a library, by its root. */
  public List<QuarantineFolder> quarantineFolders(MediaPath root) {
    return database
        .client()
        .sql(
            """
            select id, quarantine_path, target_path, quarantined from replacements
            where library_root = :root order by quarantine_path
            """)
        .param("root", root.value())
        .query((row, number) ->
            new QuarantineFolder(
                row.getObject("id", UUID.class),
                new MediaPath(row.getString("quarantine_path")),
                new MediaPath(row.getString("target_path")),
                row.getBoolean("quarantined")))
        .list();
  }

  /** Keeps what a round came to; a second time changes nothing. Old ones go. */
  public void ended(JanitorReport report) {
    database
        .client()
        .sql(
            """
            insert into janitor_runs (run, began_at, ended_at, whole, findings, lines)
            values (:run, :began, :ended, :whole, :count, cast(:lines as jsonb))
            on conflict (run) do nothing
            """)
        .param("run", report.run())
        .param("began", report.beganAt().atOffset(ZoneOffset.UTC))
        .param("ended", report.endedAt().atOffset(ZoneOffset.UTC))
        .param("whole", report.whole())
        .param("count", report.count())
        .param("lines", Json.write(report.findings()))
        .update();
    database
        .client()
        .sql("delete from janitor_runs where ended_at < now() - make_interval(secs => :kept)")
        .param("kept", (double) KEPT.toSeconds())
        .update();
  }

  /** The latest round. */
  public Optional<JanitorReport> latest() {
    return database
        .client()
        .sql("select * from janitor_runs order by ended_at desc limit 1")
        .query(JanitorRepository::readReport)
        .optional();
  }

  /** Whether whole libraries were looked at within this time. */
  public boolean wholeWithin(Duration time) {
    return database
        .client()
        .sql(
            """
            select exists (select 1 from janitor_runs
              where whole and ended_at > now() - make_interval(secs => :time))
            """)
        .param("time", (double) time.toSeconds())
        .query(Boolean.class)
        .single();
  }

  private static JanitorReport readReport(ResultSet row, int number) throws SQLException {
    return new JanitorReport(
        row.getString("run"),
        row.getTimestamp("began_at").toInstant(),
        row.getTimestamp("ended_at").toInstant(),
        row.getBoolean("whole"),
        row.getInt("findings"),
        Json.read(row.getString("lines"), new TypeReference<List<Finding>>() {}));
  }
}
