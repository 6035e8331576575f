package dev.reencodarr.activities.store;

import dev.reencodarr.activities.store.media.TellingRepository;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.analysis.Skip;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * The table {@code videos}: what is read of it, what scans and analysis write. What a run of a
 * video's workflow writes stands in {@link VideoClaims}.
 */
public final class VideoRepository {

  private static final List<String> WORK = VideoState.codesOfWork();

  private final Database database;

  public VideoRepository(Database database) {
    this.database = database;
  }

  public Optional<Video> find(VideoId id) {
    return database
        .client()
        .sql(VideoRow.SELECT + "where v.id = :id")
        .param("id", id.value())
        .query(VideoRow::read)
        .optional();
  }

  public Optional<Video> findByPath(MediaPath path) {
    return database
        .client()
        .sql(VideoRow.SELECT + "where v.path = :path")
        .param("path", path.value())
        .query(VideoRow::read)
        .optional();
  }

  /**
   * Which videos a list holds.
   *
   * @param state empty: of any
   * @param library empty: of any
   * @param limit at most this many
   */
  public record Filter(Optional<VideoState> state, Optional<LibraryId> library, int limit) {

    /** All, up to the limit. */
    public static Filter all(int limit) {
      return new Filter(Optional.empty(), Optional.empty(), limit);
    }

    /** Those in this state. */
    public static Filter in(VideoState state, int limit) {
      return new Filter(Optional.of(state), Optional.empty(), limit);
    }
  }

  /** Videos of libraries in use, by path. */
  public List<Video> list(Filter filter) {
    return database
        .client()
        .sql(
            VideoRow.SELECT
                + """
                where l.removed_at is null
                  and (cast(:state as text) is null or v.state = :state)
                  and (cast(:library as uuid) is null or v.library_id = :library)
                order by v.path limit :limit
                """)
        .param("state", filter.state().map(VideoState::code).orElse(null))
        .param("library", filter.library().map(LibraryId::value).orElse(null))
        .param("limit", filter.limit())
        .query(VideoRow::read)
        .list();
  }

  /**
   * The same, of several states; those of a state that videos pass earlier come first.
   *
   * @param within its limit holds for each state, its state for none
   */
  public List<Video> list(Predicate<VideoState> states, Filter within) {
    return Arrays.stream(VideoState.values())
        .filter(states)
        .flatMap(state ->
            list(new Filter(Optional.of(state), within.library(), within.limit())).stream())
        .toList();
  }

  /**
   * Videos of a library that wait to be begun or are at work, also where it was taken out of use:
   * those that wait first, then by path.
   */
  public List<Video> unended(LibraryId library) {
    return database
        .client()
        .sql(
            VideoRow.SELECT
                + """
                where v.library_id = :library and (v.state = 'found' or v.state in (:work))
                order by v.state <> 'found', v.path
                """)
        .param("library", library.value())
        .param("work", WORK)
        .query(VideoRow::read)
        .list();
  }

  /**
   * Videos that failed or are parked, with an open final failure of this code; by path. A parked
   * one may wait for what is none of its own, such as a disk: then none of its failures is final,
   * and the latest says what it waits for.
   */
  public List<Video> failedWith(String code) {
    return database
        .client()
        .sql(
            VideoRow.SELECT
                + """
                where l.removed_at is null and v.state in ('failed', 'waiting')
                  and (
                    exists (select from video_failures f
                      where f.video_id = v.id and f.failure_code = :code and f."final"
                        and not f.resolved)
                    or v.state = 'waiting' and :code = (
                      select f.failure_code from video_failures f
                      where f.video_id = v.id and not f.resolved
                      order by f.inserted_at desc, f.id desc limit 1))
                order by v.path
                """)
        .param("code", code)
        .query(VideoRow::read)
        .list();
  }

  /** How many videos of libraries in use are in each state; states without any are left out. */
  public Map<VideoState, Long> countsByState() {
    Map<VideoState, Long> counts = new EnumMap<>(VideoState.class);
    database
        .client()
        .sql(
            """
            select v.state, count(*) as videos
            from videos v join libraries l on l.id = v.library_id and l.removed_at is null
            group by v.state
            """)
        .query(row -> {
          counts.put(VideoState.parse(row.getString("state")), row.getLong("videos"));
        });
    return counts;
  }

  /** What was measured of the content that the row speaks of; empty when it changed since. */
  public Optional<Analysis.Analysed> facts(VideoId id) {
    return database
        .client()
        .sql(
            """
            select facts, size, mtime, sampled_hash, hard_links from videos
            where id = :id and facts is not null and sampled_hash is not null
            """)
        .param("id", id.value())
        .query(VideoRepository::readFacts)
        .optional();
  }

  static Analysis.Analysed readFacts(ResultSet row, int number) throws SQLException {
    SourceIdentity identity =
        new SourceIdentity(
            row.getLong("size"),
            row.getTimestamp("mtime").toInstant(),
            row.getString("sampled_hash"));
    return new Analysis.Analysed(
        new FileFacts(identity, row.getInt("hard_links"), false),
        Json.read(row.getString("facts"), MediaFacts.class));
  }

  /** Keeps what analysis measured of one video, as {@link #storeFacts(Map)} does. */
  public void storeFacts(VideoId id, Analysis.Analysed analysed) {
    storeFacts(Map.of(id, analysed));
  }

  /**
   * Keeps what analysis measured, which resolves the failures of analysis. Another content than
   * before loses the figures of its encode.
   *
   * @return the hashes by which the content of each is known again; without those that are gone
   */
  public Map<VideoId, Marks> storeFacts(Map<VideoId, Analysis.Analysed> measured) {
    Map<VideoId, Marks> marks = new HashMap<>();
    database
        .client()
        .sql(
            """
            with measured as (update videos v set
              size = m.size, mtime = m.mtime, sampled_hash = m.hash, hard_links = m.links,
              facts = m.facts, codec = m.codec, width = m.width, height = m.height,
              duration_seconds = m.duration, hdr = m.hdr,
              original_size = case when v.sampled_hash = m.hash then v.original_size end,
              original_codec = case when v.sampled_hash = m.hash then v.original_codec end,
              encoder = case when v.sampled_hash = m.hash then v.encoder end,
              preset = case when v.sampled_hash = m.hash then v.preset end,
              crf = case when v.sampled_hash = m.hash then v.crf end,
              vmaf_target = case when v.sampled_hash = m.hash then v.vmaf_target end,
              vmaf_score = case when v.sampled_hash = m.hash then v.vmaf_score end,
              encoded_seconds = case when v.sampled_hash = m.hash then v.encoded_seconds end,
              probes = case when v.sampled_hash = m.hash then v.probes end,
              known_probes = case when v.sampled_hash = m.hash then v.known_probes end,
              metric = case when v.sampled_hash = m.hash then v.metric end,
              checked_score = case when v.sampled_hash = m.hash then v.checked_score end,
              checked_by = case when v.sampled_hash = m.hash then v.checked_by end,
              corrected_from = case when v.sampled_hash = m.hash then v.corrected_from end,
              first_score = case when v.sampled_hash = m.hash then v.first_score end,
              unscaled_score = case when v.sampled_hash = m.hash then v.unscaled_score end,
              output_path = case when v.sampled_hash = m.hash then v.output_path end,
              output_size = case when v.sampled_hash = m.hash then v.output_size end,
              missing_since = null, updated_at = now()
            from jsonb_to_recordset(cast(:measured as jsonb)) as m
              (id uuid, size bigint, mtime timestamptz, hash text, links int, facts jsonb,
               codec text, width int, height int, duration double precision, hdr text)
            where v.id = m.id
            returning v.id, v.encoded_hash, coalesce(
              (select k.sampled_hash from kept_contents k where k.sampled_hash = m.hash),
              v.kept_hash) as kept_hash),
            written as (select id from measured),
            resolved as (
            """
                + FailureRepository.RESOLVE_OF_WRITTEN
                + """
                  and f.failure_stage = 'analysis')
                select id, encoded_hash, kept_hash from measured
                """)
        .param("measured", Json.write(rows(measured, FactsRow::of)))
        .query(row -> {
          marks.put(new VideoId(row.getObject("id", UUID.class)), readMarks(row, 0));
        });
    return Map.copyOf(marks);
  }

  private static <V, R> List<R> rows(Map<VideoId, V> values, BiFunction<VideoId, V, R> row) {
    return values.entrySet().stream()
        .map(entry -> row.apply(entry.getKey(), entry.getValue()))
        .toList();
  }

  private record FactsRow(
      VideoId id,
      long size,
      Instant mtime,
      String hash,
      int links,
      MediaFacts facts,
      Optional<String> codec,
      Optional<Integer> width,
      Optional<Integer> height,
      double duration,
      Optional<String> hdr) {

    static FactsRow of(VideoId id, Analysis.Analysed analysed) {
      SourceIdentity identity = analysed.file().identity();
      Optional<MediaStream.Video> main = analysed.media().mainVideo();
      return new FactsRow(
          id,
          identity.size(),
          identity.mtime().truncatedTo(ChronoUnit.MICROS),
          identity.sampledHash(),
          analysed.file().hardLinks(),
          analysed.media(),
          main.map(MediaStream.Video::codec),
          main.map(MediaStream.Video::width),
          main.map(MediaStream.Video::height),
          analysed.media().durationSeconds(),
          main.map(video -> video.hdr().name().toLowerCase(Locale.ROOT)));
    }
  }

  /**
   * Writes what a walk saw: new files as found; changed ones as found again, without facts;
   * symbolic links as skipped. A video that a run is at work on is left alone, and so is one that
   * has not changed, except where what it was skipped or failed for may be over. What could not be
   * read is looked at again at no cost; what failed after the analysis has work behind it, which
   * {@code retry} goes on with.
   */
  public void see(LibraryId library, Collection<SeenFile> files) {
    database
        .client()
        .sql(
            """
            insert into videos as v
              (id, library_id, path, size, mtime, hard_links, state, skip_reason, detail)
            select gen_random_uuid(), :library, path, size, mtime, hard_links,
                   case when symlink then 'skipped' else 'found' end,
                   case when symlink then 'symlink' end,
                   case when symlink then :symlinkDetail else '' end
            from jsonb_to_recordset(cast(:files as jsonb))
              as seen (path text, size bigint, mtime timestamptz, hard_links int, symlink boolean)
            on conflict (path) do update set
              library_id = excluded.library_id,
              size = excluded.size,
              mtime = excluded.mtime,
              hard_links = excluded.hard_links,
              state = excluded.state,
              skip_reason = excluded.skip_reason,
              detail = excluded.detail,
              failure_code = null,
              facts = case when (v.size, v.mtime) = (excluded.size, excluded.mtime) then v.facts end,
              missing_since = null,
              updated_at = now()
            where v.state not in (:work)
              and ((v.size, v.mtime) <> (excluded.size, excluded.mtime)
                or (coalesce(v.skip_reason, '') = 'symlink')
                   <> (coalesce(excluded.skip_reason, '') = 'symlink')
                or v.skip_reason = 'hard_links' and excluded.hard_links = 1
                or v.skip_reason = 'target_exists'
                or v.state = 'failed' and v.failure_code = 'FILE_ACCESS'
                  and 'analysis' = (select f.failure_stage from video_failures f
                    where f.video_id = v.id and f.failure_code = 'FILE_ACCESS' and f."final"
                      and not f.resolved
                    order by f.id desc limit 1))
            """)
        .param("library", library.value())
        .param("files", Json.write(files))
        .param("symlinkDetail", SkipReason.SYMLINK.explanation())
        .param("work", WORK)
        .update();
    // Unchanged rows are not touched above: what may still differ costs no write where it is equal.
    database
        .client()
        .sql(
            """
            update videos v
            set library_id = :library, missing_since = null, hard_links = seen.hard_links
            from jsonb_to_recordset(cast(:files as jsonb)) as seen (path text, hard_links int)
            where v.path = seen.path
              and (v.library_id <> :library or v.missing_since is not null
                or v.hard_links <> seen.hard_links)
            """)
        .param("library", library.value())
        .param("files", Json.write(files))
        .update();
  }

  /** How many of these files still have to be analysed. */
  public int unanalysed(Collection<SeenFile> files) {
    return database
        .client()
        .sql(
            """
            select count(*) from videos v
            join jsonb_to_recordset(cast(:files as jsonb)) as seen (path text) on v.path = seen.path
            where v.state = 'found' and v.facts is null
            """)
        .param("files", Json.write(files))
        .query(Integer.class)
        .single();
  }

  /** Videos of the library at or below the scope that the request's walk has not come across. */
  public List<Video> unseen(LibraryId library, MediaPath scope, RequestId request) {
    return database
        .client()
        .sql(
            VideoRow.SELECT
                + """
                where v.library_id = :library and v.missing_since is null
                  and (v.path = :scope or starts_with(v.path, :below))
                  and not exists (select 1 from request_videos r
                                  where r.request_id = :request and r.video_id = v.id)
                """)
        .param("library", library.value())
        .param("scope", scope.value())
        .param("below", scope.value().endsWith("/") ? scope.value() : scope.value() + "/")
        .param("request", request.value())
        .query(VideoRow::read)
        .list();
  }

  /** The file is not at its path any more. */
  public void missing(VideoId id) {
    database
        .client()
        .sql("update videos set missing_since = coalesce(missing_since, now()) where id = :id")
        .param("id", id.value())
        .update();
  }

  /**
   * Other videos of the library with the same content as these that no run is at work on, oldest
   * first; videos without any are left out.
   */
  public Map<VideoId, List<Video>> sameContent(
      LibraryId library, Map<VideoId, SourceIdentity> identities) {
    Map<VideoId, List<Video>> others = new HashMap<>();
    database
        .client()
        .sql(
            "select m.id as newcomer, "
                + VideoRow.COLUMNS
                + """
                from jsonb_to_recordset(cast(:contents as jsonb)) as m
                  (id uuid, size bigint, hash text)
                join videos v on v.sampled_hash = m.hash and v.size = m.size and v.id <> m.id
                join libraries l on l.id = v.library_id
                where v.library_id = :library and v.state not in (:work)
                order by v.inserted_at
                """)
        .param("library", library.value())
        .param("contents", Json.write(rows(identities, ContentRow::of)))
        .param("work", WORK)
        .query(row -> {
          others
              .computeIfAbsent(
                  new VideoId(row.getObject("newcomer", UUID.class)), id -> new ArrayList<>())
              .add(VideoRow.read(row, 0));
        });
    return Map.copyOf(others);
  }

  private record ContentRow(VideoId id, long size, String hash) {
    static ContentRow of(VideoId id, SourceIdentity identity) {
      return new ContentRow(id, identity.size(), identity.sampledHash());
    }
  }

  /**
   * A file was moved or renamed: the row of its old name keeps its id and history and takes the new
   * name, the row that the scan has made for the new name goes, its requests pass over.
   */
  public void moved(VideoId kept, VideoId newcomer, SeenFile file) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          giveWay(newcomer, kept);
          database
              .client()
              .sql(
                  """
                  update videos set path = :path, mtime = :mtime, hard_links = :links,
                    missing_since = null, updated_at = now()
                  where id = :kept
                  """)
              .param("kept", kept.value())
              .param("path", file.path().value())
              .param("mtime", file.mtime().atOffset(ZoneOffset.UTC))
              .param("links", file.hardLinks())
              .update();
        });
  }

  /**
   * Somebody has given the file of a video another name, and nothing else. A row that a scan has
   * made of the new name goes, its requests pass over.
   *
   * @return false if the video does not lie at its old name any more, or a run is at work on it, or
   *     another file is known to lie at the new name
   */
  public boolean renamed(VideoId video, MediaPath from, MediaPath to) {
    return Boolean.TRUE.equals(
        database
            .transactions()
            .execute(transaction -> {
              boolean taken =
                  database
                      .client()
                      .sql(
                          """
                          select id from videos
                          where id = :id and path = :from and state not in (:work) for update
                          """)
                      .param("id", video.value())
                      .param("from", from.value())
                      .param("work", WORK)
                      .query()
                      .listOfRows()
                      .isEmpty();
              if (taken) {
                return false;
              }
              Optional<Video> newcomer = findByPath(to);
              if (newcomer.isPresent() && !isSameAs(newcomer.get(), video)) {
                return false;
              }
              newcomer.map(Video::id).ifPresent(it -> giveWay(it, video));
              new TellingRepository(database).note(video, to.value());
              database
                  .client()
                  .sql(
                      """
                      update videos set path = :to, missing_since = null, updated_at = now()
                      where id = :id
                      """)
                  .param("id", video.value())
                  .param("to", to.value())
                  .update();
              return true;
            }));
  }

  /** Whether a row speaks of the content of a video, and nothing was done for it yet. */
  private boolean isSameAs(Video newcomer, VideoId video) {
    return !newcomer.state().isWork()
        && newcomer.encode().isEmpty()
        && find(video)
            .filter(old -> old.size() == newcomer.size())
            .filter(old ->
                newcomer.sampledHash().isEmpty()
                    || newcomer.sampledHash().equals(old.sampledHash()))
            .isPresent();
  }

  private void giveWay(VideoId newcomer, VideoId kept) {
    passRequests(newcomer, kept);
    database
        .client()
        .sql("delete from videos where id = :newcomer")
        .param("newcomer", newcomer.value())
        .update();
  }

  /** Requests for a file pass over to the row that has its history. */
  void passRequests(VideoId newcomer, VideoId kept) {
    database
        .client()
        .sql(
            """
            update request_videos r set video_id = :kept
            where r.video_id = :newcomer
              and not exists (select 1 from request_videos o
                where o.request_id = r.request_id and o.video_id = :kept)
            """)
        .param("kept", kept.value())
        .param("newcomer", newcomer.value())
        .update();
  }

  /** Sure skips that need no run of a workflow; what a run is at work on is passed over. */
  public void skip(Map<VideoId, Skip> skips) {
    database
        .client()
        .sql(
            """
            with written as (
              update videos v set state = 'skipped', skip_reason = s.reason, detail = s.detail,
                failure_code = null, updated_at = now()
              from jsonb_to_recordset(cast(:skips as jsonb))
                as s (id uuid, reason text, detail text)
              where v.id = s.id and v.state not in (:work)
              returning v.id)
            """
                + FailureRepository.RESOLVE_OF_WRITTEN)
        .param("skips", Json.write(rows(skips, SkipRow::of)))
        .param("work", WORK)
        .update();
  }

  /** Keeps what rules and settings have made of files, in one line each. */
  public void decided(Map<VideoId, String> decisions) {
    database
        .client()
        .sql(
            """
            update videos v set decision = d.decision
            from jsonb_to_recordset(cast(:decisions as jsonb)) as d (id uuid, decision text)
            where v.id = d.id and v.decision is distinct from d.decision
            """)
        .param("decisions", Json.write(rows(decisions, DecisionRow::new)))
        .update();
  }

  private record DecisionRow(VideoId id, String decision) {}

  private record SkipRow(VideoId id, String reason, String detail) {
    static SkipRow of(VideoId id, Skip skip) {
      return new SkipRow(id, skip.reason().code(), skip.detail());
    }
  }

  /** Content that we have made, met again: it is encoded, whatever its date or name. */
  public void stillEncoded(VideoId id) {
    database
        .client()
        .sql(
            """
            with written as (
              update videos set state = 'encoded', skip_reason = null, detail = '',
                failure_code = null, updated_at = now()
              where id = :id and state not in (:work)
              returning id)
            """
                + FailureRepository.RESOLVE_OF_WRITTEN)
        .param("id", id.value())
        .param("work", WORK)
        .update();
  }

  /** A file that cannot be analysed, without a run of a workflow. */
  public void fail(VideoId id, Classification why) {
    database
        .client()
        .sql(
            """
            update videos set state = 'failed', skip_reason = null, detail = :detail,
              failure_code = :code, updated_at = now()
            where id = :id and state not in (:work)
            """)
        .param("id", id.value())
        .param("detail", why.message())
        .param("code", why.code())
        .param("work", WORK)
        .update();
  }

  /**
   * Makes a settled video ready to be worked again, for {@code retry}: kept content may be taken
   * again too.
   *
   * @return false if a run is at work on it, or there is no such video
   */
  public boolean requeue(VideoId id) {
    new KeptContents(database).forgetContentOf(id);
    return database
            .client()
            .sql(
                """
                update videos set state = 'found', skip_reason = null, detail = '',
                  failure_code = null, kept_hash = null, encoded_hash = null,
                  claimed_by = null, step = 0, updated_at = now()
                where id = :id and state not in (:work)
                """)
            .param("id", id.value())
            .param("work", WORK)
            .update()
        > 0;
  }

  /**
   * Cancels a video whose run has not begun or has been lost: nothing will be started for it.
   *
   * @return false if there is no such video or it is settled already
   */
  public boolean cancel(VideoId id, String detail) {
    new HeldResultRepository(database).forget(id);
    return database
            .client()
            .sql(
                """
                update videos set state = 'cancelled', detail = :detail, step = :finished,
                  updated_at = now()
                where id = :id and (state = 'found' or state in (:work))
                """)
            .param("id", id.value())
            .param("detail", detail)
            .param("finished", VideoClaims.FINISHED)
            .param("work", WORK)
            .update()
        > 0;
  }

  /** The hashes by which content is known again; empty where there is none. */
  public Marks marks(VideoId id) {
    return database
        .client()
        .sql(
            """
            select v.encoded_hash, coalesce(
              (select k.sampled_hash from kept_contents k where k.sampled_hash = v.sampled_hash),
              v.kept_hash) as kept_hash
            from videos v where v.id = :id
            """)
        .param("id", id.value())
        .query(VideoRepository::readMarks)
        .single();
  }

  private static Marks readMarks(ResultSet row, int number) throws SQLException {
    return new Marks(VideoRow.text(row, "kept_hash"), VideoRow.text(row, "encoded_hash"));
  }

  /**
   * Content that is known again by its sampled hash.
   *
   * @param kept put back by undo, not to be taken until {@code retry}
   * @param encoded made by us
   */
  public record Marks(Optional<String> kept, Optional<String> encoded) {
    /** Of content that was never met. */
    public static final Marks NONE = new Marks(Optional.empty(), Optional.empty());
  }
}
