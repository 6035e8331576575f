package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.reencodarr.activities.store.Outcome.Result;
import dev.reencodarr.workflows.forecast.Merit;
import dev.reencodarr.workflows.library.ScanTally;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Goal;
import dev.reencodarr.workflows.plan.Wishes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code requests}, {@code request_videos} and {@code request_notes}. */
public final class RequestRepository {

  /** Requests of earlier releases have only their own. */
  private static final String PRIORITY =
      "coalesce(r.priority, cast(q.wishes ->> 'priority' as int), 3)";

  private static final String REQUESTED =
      "select r.request_id, q.wishes, "
          + PRIORITY
          + " as priority, r.started_at, r.result, r.outcome, "
          + VideoRow.COLUMNS
          + """
           from request_videos r
           join requests q on q.id = r.request_id
           join videos v on v.id = r.video_id
           join libraries l on l.id = v.library_id
          """;

  private final Database database;

  public RequestRepository(Database database) {
    this.database = database;
  }

  /** Writes an order for work; a second time changes nothing. */
  public void create(WorkRequest request) {
    database
        .client()
        .sql(
            """
            insert into requests
              (id, library_id, scopes, wishes, dry_run, scheduled, unattended)
            values (:id, :library, cast(:scopes as jsonb), cast(:wishes as jsonb), :dryRun,
              :scheduled, :scheduled)
            on conflict (id) do nothing
            """)
        .param("id", request.id().value())
        .param("library", request.library().value())
        .param("scopes", Json.write(request.scopes()))
        .param("wishes", Json.write(request.wishes()))
        .param("dryRun", request.dryRun())
        .param("scheduled", request.scheduled())
        .update();
  }

  /** The order as it was written, with its library's root and zone of today. */
  public Optional<WorkRequest> find(RequestId id) {
    return database
        .client()
        .sql(
            """
            select q.id, q.library_id, l.root, l.zone, q.scopes, q.wishes, q.dry_run, q.scheduled
            from requests q join libraries l on l.id = q.library_id where q.id = :id
            """)
        .param("id", id.value())
        .query(RequestRepository::readRequest)
        .optional();
  }

  /** Nobody waits for what comes of this one. */
  public void nobodyWaits(RequestId id) {
    database
        .client()
        .sql("update requests set unattended = true where id = :id")
        .param("id", id.value())
        .update();
  }

  /**
   * Lets go what nobody asks for any more: of walks that are done and for which nobody waits, the
   * videos that are settled, and those that wait to be begun and that this request speaks of too.
   */
  public void absorb(RequestId scanned) {
    database
        .client()
        .sql(
            """
            with older as (
              select q.id from requests q join requests this on this.id = :id
              where q.library_id = this.library_id and q.unattended and q.id <> this.id
                and q.scanned_at is not null)
            delete from request_videos r using older
            where r.request_id = older.id
              and (r.settled_at is not null
                or r.started_at is null and exists (select from request_videos n
                  where n.request_id = :id and n.video_id = r.video_id and n.settled_at is null))
            """)
        .param("id", scanned.value())
        .update();
    database
        .client()
        .sql(
            """
            delete from requests q using requests this
            where this.id = :id and q.library_id = this.library_id and q.unattended
              and q.id <> this.id and (q.failure is not null or q.scanned_at is not null)
              and not exists (select from request_videos r where r.request_id = q.id)
            """)
        .param("id", scanned.value())
        .update();
  }

  /** Whether nobody waits for what comes of it. */
  public boolean isUnattended(RequestId id) {
    return database
        .client()
        .sql("select unattended from requests where id = :id")
        .param("id", id.value())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** Whether a scan by schedule was ordered whose walk is not done yet. */
  public boolean isScanDue(LibraryId library) {
    return database
        .client()
        .sql(
            """
            select exists (select from requests
              where library_id = :library and scheduled and scanned_at is null and failure is null)
            """)
        .param("library", library.value())
        .query(Boolean.class)
        .single();
  }

  /** Whether any look was ordered for which nobody waits, and whose walk is not done yet. */
  public boolean isLookDue(LibraryId library) {
    return database
        .client()
        .sql(
            """
            select exists (select from requests
              where library_id = :library and unattended and scanned_at is null and failure is null)
            """)
        .param("library", library.value())
        .query(Boolean.class)
        .single();
  }

  /** Orders of a library that are not done, oldest first. */
  public List<WorkRequest> open(LibraryId library) {
    return database
        .client()
        .sql(
            """
            select q.id, q.library_id, l.root, l.zone, q.scopes, q.wishes, q.dry_run, q.scheduled
            from requests q join libraries l on l.id = q.library_id
            where q.library_id = :library and q.failure is null
              and (q.scanned_at is null
                or exists (select 1 from request_videos r
                           where r.request_id = q.id and r.settled_at is null))
            order by q.created_at
            """)
        .param("library", library.value())
        .query(RequestRepository::readRequest)
        .list();
  }

  private static WorkRequest readRequest(ResultSet row, int number) throws SQLException {
    return new WorkRequest(
        new RequestId(row.getObject("id", UUID.class)),
        new LibraryId(row.getObject("library_id", UUID.class)),
        new MediaPath(row.getString("root")),
        row.getString("zone"),
        Json.read(row.getString("scopes"), new TypeReference<List<MediaPath>>() {}),
        Json.read(row.getString("wishes"), Wishes.class),
        row.getBoolean("dry_run"),
        row.getBoolean("scheduled"));
  }

  /** Makes the videos at these paths part of the request. */
  public void addVideos(RequestId request, Collection<MediaPath> paths) {
    database
        .client()
        .sql(
            """
            insert into request_videos (request_id, video_id)
            select :request, v.id from videos v
            join jsonb_array_elements_text(cast(:paths as jsonb)) as seen (path)
              on v.path = seen.path
            on conflict do nothing
            """)
        .param("request", request.value())
        .param("paths", Json.write(paths))
        .update();
  }

  /** Keeps what the walk has left alone; the latest note of a path counts. */
  public void note(RequestId request, Collection<RequestNote> notes) {
    if (notes.isEmpty()) {
      return;
    }
    database
        .client()
        .sql(
            """
            insert into request_notes (request_id, path, note)
            select distinct on (path) :request, path, note
            from jsonb_to_recordset(cast(:notes as jsonb)) as n (path text, note text)
            on conflict (request_id, path) do update set note = excluded.note
            """)
        .param("request", request.value())
        .param("notes", Json.write(notes))
        .update();
  }

  /** What the walk has left alone, by path. */
  public List<RequestNote> notes(RequestId request, int limit) {
    return database
        .client()
        .sql(
            """
            select path, note from request_notes where request_id = :request
            order by path limit :limit
            """)
        .param("request", request.value())
        .param("limit", limit)
        .query((row, number) -> new RequestNote(row.getString("path"), row.getString("note")))
        .list();
  }

  /** Whether the walk has left something alone that the request names: a file, a folder. */
  public boolean leftAloneByName(RequestId request) {
    return database
        .client()
        .sql(
            """
            select exists (
              select 1 from requests q
              join request_notes n on n.request_id = q.id
              where q.id = :request and q.scopes @> to_jsonb(n.path))
            """)
        .param("request", request.value())
        .query(Boolean.class)
        .single();
  }

  /** The request's next videos that nothing was decided about yet, by path. */
  public List<Video> undecided(RequestId request, int limit) {
    return database
        .client()
        .sql(
            VideoRow.SELECT
                + """
                join request_videos r on r.video_id = v.id
                where r.request_id = :request and r.analysed_at is null and r.settled_at is null
                order by v.path limit :limit
                """)
        .param("request", request.value())
        .param("limit", limit)
        .query(VideoRow::read)
        .list();
  }

  /** How many videos of the request nothing was decided about yet. */
  public int undecidedCount(RequestId request) {
    return database
        .client()
        .sql(
            """
            select count(*) from request_videos
            where request_id = :request and analysed_at is null and settled_at is null
            """)
        .param("request", request.value())
        .query(Integer.class)
        .single();
  }

  /** These videos are to be started. */
  public void decided(RequestId request, Collection<VideoId> videos) {
    database
        .client()
        .sql(
            """
            update request_videos set analysed_at = coalesce(analysed_at, now())
            where request_id = :request and video_id in (
              select cast(id as uuid) from jsonb_array_elements_text(cast(:videos as jsonb)) as d (id))
            """)
        .param("request", request.value())
        .param("videos", Json.write(videos))
        .update();
  }

  /** The same, each with its priority, 1 (first) to 5 (last). */
  public void decided(RequestId request, Map<VideoId, Integer> priorities) {
    database
        .client()
        .sql(
            """
            update request_videos r
            set analysed_at = coalesce(r.analysed_at, now()), priority = d.priority
            from jsonb_to_recordset(cast(:decided as jsonb)) as d (video uuid, priority int)
            where r.request_id = :request and r.video_id = d.video
            """)
        .param("request", request.value())
        .param(
            "decided",
            Json.write(
                priorities.entrySet().stream()
                    .map(entry -> new TurnRow(entry.getKey(), entry.getValue()))
                    .toList()))
        .update();
  }

  private record TurnRow(VideoId video, int priority) {}

  /** These videos are done in this request; the first outcome of each stays. */
  public void settle(RequestId request, Map<VideoId, Outcome> outcomes) {
    List<SettledRow> rows =
        outcomes.entrySet().stream()
            .map(entry -> SettledRow.of(entry.getKey(), entry.getValue()))
            .toList();
    database
        .client()
        .sql(
            """
            update request_videos r
            set analysed_at = coalesce(r.analysed_at, now()), settled_at = now(),
                result = s.result, outcome = s.outcome
            from jsonb_to_recordset(cast(:settled as jsonb)) as s
              (video uuid, result text, outcome text)
            where r.request_id = :request and r.video_id = s.video and r.settled_at is null
            """)
        .param("request", request.value())
        .param("settled", Json.write(rows))
        .update();
  }

  private record SettledRow(VideoId video, String result, String outcome) {
    static SettledRow of(VideoId video, Outcome outcome) {
      return new SettledRow(video, outcome.result().code(), outcome.text());
    }
  }

  /** The video is done in each request that has started it. */
  public void settleStarted(VideoId video, Outcome outcome) {
    database
        .client()
        .sql(
            """
            update request_videos set settled_at = now(), result = :result, outcome = :outcome
            where video_id = :video and settled_at is null and started_at is not null
            """)
        .param("video", video.value())
        .param("result", outcome.result().code())
        .param("outcome", outcome.text())
        .update();
  }

  /**
   * The video is done in each request that joined the pass: that wished for the same while another
   * request's pass was at work. To be called before {@link #settleStarted}.
   */
  public void settleJoined(VideoId video, Outcome outcome) {
    database
        .client()
        .sql(
            """
            update request_videos r set settled_at = now(), result = :result, outcome = :outcome
            from requests q
            where q.id = r.request_id and not q.dry_run
              and r.video_id = :video and r.analysed_at is not null
              and r.started_at is null and r.settled_at is null
              and exists (
                select 1 from request_videos s join requests begun on begun.id = s.request_id
                where s.video_id = r.video_id
                  and s.started_at is not null and s.settled_at is null
                  and begun.wishes - 'priority' = q.wishes - 'priority')
            """)
        .param("video", video.value())
        .param("result", outcome.result().code())
        .param("outcome", outcome.text())
        .update();
  }

  /** The video is done in every request, begun or not: somebody has cancelled it. */
  public void settleEverywhere(VideoId video, Outcome outcome) {
    database
        .client()
        .sql(
            """
            update request_videos set settled_at = now(), result = :result, outcome = :outcome
            where video_id = :video and settled_at is null
            """)
        .param("video", video.value())
        .param("result", outcome.result().code())
        .param("outcome", outcome.text())
        .update();
  }

  /** What was settled before this request came, and is unchanged, is settled in it too. */
  public void settleKnown(RequestId request, boolean dryRun) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          settleKnown(request, "encoded", Result.NOTHING_TO_DO, "encoded before, unchanged since");
          settleKnown(
              request,
              "skipped",
              dryRun ? Result.WOULD_SKIP : Result.SKIPPED,
              dryRun ? "would skip: " : "skipped: ");
          settleKnown(request, "failed", Result.FAILED, "failed: ");
        });
  }

  private void settleKnown(RequestId request, String state, Result result, String text) {
    database
        .client()
        .sql(
            """
            update request_videos r
            set analysed_at = now(), settled_at = now(), result = :result,
                outcome = :text || case v.state
                  when 'skipped' then coalesce(v.skip_reason, '')
                  when 'failed' then coalesce(v.failure_code, 'UNKNOWN') || ': ' || v.detail
                    || ' (before, and unchanged since: retry tries it again)'
                  else '' end
            from videos v
            where r.request_id = :request and r.analysed_at is null and r.settled_at is null
              and v.id = r.video_id and v.state = :state
            """)
        .param("request", request.value())
        .param("state", state)
        .param("result", result.code())
        .param("text", text)
        .update();
  }

  /**
   * The library's next videos to be started: by priority, then as the goal of their request has it
   * ({@link Merit}), those without a forecast last and the largest of them first. Requests of
   * different goals take turns. A video that another request has started comes when that pass is
   * over.
   *
   * @param usual the goal of requests that wish for none
   */
  public List<RequestedVideo> startable(LibraryId library, int limit, Goal usual) {
    return database
        .client()
        .sql(
            REQUESTED
                + """
                join (
                  select r.request_id, r.video_id, r.priority, v.size, v.path,
                    row_number() over (
                      partition by r.priority, r.goal
                      order by
                        case when r.begins and f.saved_bytes >= :win * v.size
                          then f.cpu_seconds end nulls last,
                        f.saved_bytes / power(f.cpu_seconds, r.power) desc nulls last,
                        v.size desc, v.path) as turn
                  from (
                    select r.request_id, r.video_id,
                """
                + PRIORITY
                + """
                       as priority, g.goal, g.power,
                      g.begins and (select count(*) from (
                        select 1 from videos done
                        where done.library_id = :library and done.state = 'encoded'
                        limit :results) results) < :results as begins
                    from request_videos r
                    join requests q on q.id = r.request_id
                    join jsonb_to_recordset(cast(:goals as jsonb))
                      as g (goal text, power double precision, begins boolean)
                      on g.goal = coalesce(q.wishes ->> 'goal', :usual)
                    where q.library_id = :library and r.analysed_at is not null
                      and r.started_at is null and r.settled_at is null) r
                  join videos v on v.id = r.video_id
                  left join forecasts f on f.video_id = v.id and f.sampled_hash = v.sampled_hash
                  where not exists (select 1 from request_videos o
                    where o.video_id = r.video_id
                      and o.started_at is not null and o.settled_at is null)
                """
                + PauseRepository.AND_NOT_PAUSED
                + """
                  order by r.priority, turn, v.size desc, v.path
                  limit :limit) next
                  on next.request_id = r.request_id and next.video_id = r.video_id
                order by next.priority, next.turn, next.size desc, next.path
                """)
        .param("library", library.value())
        .param("limit", limit)
        .param("usual", usual.name())
        .param("goals", Json.write(Arrays.stream(Goal.values()).map(GoalRow::of).toList()))
        .param("win", Merit.WIN)
        .param("results", Merit.FIRST_RESULTS)
        .query(RequestRepository::readRequested)
        .list();
  }

  private record GoalRow(String goal, double power, boolean begins) {
    static GoalRow of(Goal goal) {
      return new GoalRow(goal.name(), Merit.powerOfCost(goal), Merit.beginsWithQuickWins(goal));
    }
  }

  /** How many videos of the library are still to be started. */
  public int startableCount(LibraryId library) {
    return database
        .client()
        .sql(
            """
            select count(*) from request_videos r join requests q on q.id = r.request_id
            where q.library_id = :library and r.analysed_at is not null
              and r.started_at is null and r.settled_at is null
            """)
        .param("library", library.value())
        .query(Integer.class)
        .single();
  }

  /** The library's videos that are started and not settled. */
  public List<RequestedVideo> started(LibraryId library) {
    return database
        .client()
        .sql(
            REQUESTED
                + """
                where q.library_id = :library and r.started_at is not null and r.settled_at is null
                order by r.started_at
                """)
        .param("library", library.value())
        .query(RequestRepository::readRequested)
        .list();
  }

  /** The request's videos that a pass is at work on, whichever request has started it. */
  public List<RequestedVideo> atWork(RequestId request) {
    return database
        .client()
        .sql(
            REQUESTED
                + """
                where r.started_at is not null and r.settled_at is null and exists (
                  select 1 from request_videos mine
                  where mine.request_id = :request and mine.video_id = r.video_id
                    and mine.analysed_at is not null and mine.settled_at is null)
                order by r.started_at
                """)
        .param("request", request.value())
        .query(RequestRepository::readRequested)
        .list();
  }

  /** Written before the workflow is started, so that its end finds the request. */
  public void markStarted(RequestId request, VideoId video) {
    database
        .client()
        .sql(
            """
            update request_videos set started_at = clock_timestamp()
            where request_id = :request and video_id = :video and started_at is null
            """)
        .param("request", request.value())
        .param("video", video.value())
        .update();
  }

  /** The start did not come about: the video is to be started again. */
  public void unmarkStarted(RequestId request, VideoId video) {
    database
        .client()
        .sql(
            """
            update request_videos set started_at = null
            where request_id = :request and video_id = :video and settled_at is null
            """)
        .param("request", request.value())
        .param("video", video.value())
        .update();
  }

  /** The list of the request's videos is complete. */
  public void scanned(RequestId request, ScanTally tally) {
    database
        .client()
        .sql(
            """
            update requests
            set scanned_at = coalesce(scanned_at, now()), tally = cast(:tally as jsonb)
            where id = :request
            """)
        .param("request", request.value())
        .param("tally", Json.write(tally))
        .update();
  }

  /** The request failed as a whole; what it has not started is given up. */
  public void failed(RequestId request, String why) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          database
              .client()
              .sql("update requests set failure = coalesce(failure, :why) where id = :request")
              .param("request", request.value())
              .param("why", why)
              .update();
          database
              .client()
              .sql(
                  """
                  update request_videos
                  set settled_at = now(), result = :result, outcome = :outcome
                  where request_id = :request and settled_at is null and started_at is null
                  """)
              .param("request", request.value())
              .param("result", Result.FAILED.code())
              .param("outcome", "not started: " + why)
              .update();
        });
  }

  /** How far the request is; empty if there is none. */
  public Optional<RequestProgress> progress(RequestId request) {
    return database
        .client()
        .sql("select tally, failure from requests where id = :request")
        .param("request", request.value())
        .query((row, number) ->
            new Head(
                VideoRow.text(row, "tally").map(json -> Json.read(json, ScanTally.class)),
                VideoRow.text(row, "failure")))
        .optional()
        .map(head -> progress(request, head));
  }

  private record Group(
      String state, String result, boolean analysed, boolean started, int videos) {}

  /** What is known of a request as a whole. */
  private record Head(Optional<ScanTally> tally, Optional<String> failure) {}

  private RequestProgress progress(RequestId request, Head head) {
    Map<VideoState, Integer> states = new EnumMap<>(VideoState.class);
    Map<Result, Integer> results = new EnumMap<>(Result.class);
    int videos = 0;
    int analysed = 0;
    int settled = 0;
    int parked = 0;
    for (Group group : groups(request)) {
      videos += group.videos();
      analysed += group.analysed() ? group.videos() : 0;
      if (!group.result().isEmpty()) {
        settled += group.videos();
        results.merge(Result.parse(group.result()), group.videos(), Integer::sum);
      } else {
        VideoState state = VideoState.parse(group.state());
        parked += state == VideoState.WAITING ? group.videos() : 0;
        if (group.started()) {
          states.merge(state, group.videos(), Integer::sum);
        }
      }
    }
    return new RequestProgress(
        videos, analysed, settled, parked, states, results, head.tally(), head.failure());
  }

  private List<Group> groups(RequestId request) {
    return database
        .client()
        .sql(
            """
            select v.state, coalesce(r.result, '') as result, r.analysed_at is not null as analysed,
                   r.started_at is not null as started, count(*) as videos
            from request_videos r join videos v on v.id = r.video_id
            where r.request_id = :request
            group by 1, 2, 3, 4
            """)
        .param("request", request.value())
        .query((row, number) ->
            new Group(
                row.getString("state"),
                row.getString("result"),
                row.getBoolean("analysed"),
                row.getBoolean("started"),
                row.getInt("videos")))
        .list();
  }

  /** The request's videos with what came of them, by path. */
  public List<RequestedVideo> videos(RequestId request) {
    return database
        .client()
        .sql(REQUESTED + "where r.request_id = :request order by v.path")
        .param("request", request.value())
        .query(RequestRepository::readRequested)
        .list();
  }

  private static RequestedVideo readRequested(ResultSet row, int number) throws SQLException {
    Optional<String> result = VideoRow.text(row, "result");
    String outcome = VideoRow.text(row, "outcome").orElse("");
    return new RequestedVideo(
        new RequestId(row.getObject("request_id", UUID.class)),
        Json.read(row.getString("wishes"), Wishes.class),
        row.getInt("priority"),
        VideoRow.read(row, number),
        Optional.ofNullable(row.getTimestamp("started_at")).map(Timestamp::toInstant),
        result.map(code -> new Outcome(Result.parse(code), outcome)));
  }
}
