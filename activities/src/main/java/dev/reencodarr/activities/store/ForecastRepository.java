package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.reencodarr.activities.store.sync.ManagedFacts;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.forecast.Deal;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code forecasts}, and what forecasts are made of. */
public final class ForecastRepository {

  private static final List<String> WORK = VideoState.codesOfWork();

  private static final String COLUMNS =
      """
      select v.id, v.path, l.name as library, l.root, v.state, v.size, v.mtime, v.sampled_hash, v.hard_links, v.facts,
        v.width, v.height, v.duration_seconds, v.hdr, v.original_size, v.original_codec,
        v.vmaf_target, v.encoder, p.points, e.preset, e.frames, e.seconds, e.threads,
      """
          + ManagedFacts.COLUMN;

  private static final String LATEST_ENCODE =
      """
      left join lateral (
        select e.preset, e.frames, e.seconds, coalesce(e.threads, w.threads, 1) as threads
        from encodes e left join workers w on w.host = e.host
        where e.video_id = v.id and e.ending = 'finished' and e.result_size > 0
          and e.encoder = 'libsvtav1'
        order by e.ended_at desc limit 1) e on true
      """;

  private static final String TO_DO =
      """
      v.missing_since is null and (v.state = 'found' or v.state in (:work))
      """;

  private final Database database;

  public ForecastRepository(Database database) {
    this.database = database;
  }

  private static String points(String which) {
    return """
    left join lateral (
      select jsonb_agg(jsonb_build_object('setting_key', p.setting_key, 'preset', p.preset,
        'crf', p.crf, 'score', p.score, 'predicted_percent', p.predicted_percent,
        'predicted_bytes', p.predicted_bytes, 'predicted_seconds', p.predicted_seconds,
        'threads', coalesce(p.threads, w.threads, 1)) order by p.crf, p.id) as points
      from search_points p left join workers w on w.host = p.host
      where\
    """
        + " "
        + which
        // What a forecast has learnt is of SVT-AV1: another encoder's scale is none of its own.
        + " and p.encoder = 'libsvtav1') p on true ";
  }

  /**
   * The videos that something was measured of most lately.
   *
   * @param limit at most so many
   */
  public List<MeasuredVideo> measured(int limit) {
    return database
        .client()
        .sql(
            COLUMNS
                + """
                from (
                  select video_id from (
                    (select video_id, measured_at as at from search_points
                     order by measured_at desc limit :points)
                    union all
                    (select video_id, ended_at from encodes
                     order by ended_at desc limit :points)) latest
                  where video_id is not null
                  group by video_id order by max(at) desc, video_id limit :limit) latest
                join videos v on v.id = latest.video_id
                join libraries l on l.id = v.library_id
                """
                // a result has another content than the source that was measured
                + points(
                    " p.video_id = v.id and"
                        + " (v.state = 'encoded') = (p.sampled_hash is distinct from v.sampled_hash)")
                + LATEST_ENCODE)
        .param("points", limit * 10)
        .param("limit", limit)
        .query(ForecastRepository::read)
        .list();
  }

  /**
   * Videos with facts that are still to be done, of one library or of all that are looked after.
   */
  public List<MeasuredVideo> toDo(LibraryScope scope) {
    return database
        .client()
        .sql(
            COLUMNS
                + "from videos v join libraries l on l.id = v.library_id "
                + points("p.sampled_hash = v.sampled_hash")
                + LATEST_ENCODE
                + "where l.removed_at is null and v.facts is not null and "
                + TO_DO
                + """
                  and (v.library_id = :library
                    or cast(:library as uuid) is null and not l.read_only)
                order by v.path
                """)
        .param("work", WORK)
        .param("library", scope.library().map(LibraryId::value).orElse(null))
        .query(ForecastRepository::read)
        .list();
  }

  /** How many videos are still to be done of which nothing is known but their size. */
  public long unanalysed(LibraryScope scope) {
    return database
        .client()
        .sql(
            "select count(*) from videos v join libraries l on l.id = v.library_id"
                + " where l.removed_at is null and v.facts is null and "
                + TO_DO
                + """
                  and (v.library_id = :library
                    or cast(:library as uuid) is null and not l.read_only)
                """)
        .param("work", WORK)
        .param("library", scope.library().map(LibraryId::value).orElse(null))
        .query(Long.class)
        .single();
  }

  /**
   * Videos of a library that wait to be started and whose forecast is missing, speaks of another
   * content, or is older than what was measured last; those without any first, then the oldest.
   *
   * @param rest how old a forecast is at least before it is made anew for new measurements
   * @param limit at most so many
   */
  public List<MeasuredVideo> stale(LibraryId library, Duration rest, int limit) {
    return database
        .client()
        .sql(
            COLUMNS
                + """
                from (
                  select distinct v.id, f.made_at, v.size from request_videos r
                  join requests q on q.id = r.request_id
                  join videos v on v.id = r.video_id
                  left join forecasts f
                    on f.video_id = v.id and f.sampled_hash = v.sampled_hash
                  where q.library_id = :library and r.analysed_at is not null
                    and r.started_at is null and r.settled_at is null
                    and v.facts is not null and v.sampled_hash is not null
                    and (f.made_at is null
                      or f.made_at < now() - make_interval(secs => :rest)
                        and f.made_at < greatest(
                          (select max(measured_at) from search_points),
                          (select max(ended_at) from encodes)))
                  order by f.made_at nulls first, v.size desc, v.id limit :limit) stale
                join videos v on v.id = stale.id
                join libraries l on l.id = v.library_id
                """
                + points("p.sampled_hash = v.sampled_hash")
                + LATEST_ENCODE)
        .param("library", library.value())
        .param("rest", rest.toMillis() / 1000.0)
        .param("limit", limit)
        .query(ForecastRepository::read)
        .list();
  }

  private record Row(VideoId video, long saved, long low, long high, double seconds, String basis) {
    static Row of(Deal deal) {
      return new Row(
          deal.id(),
          Math.round(deal.savedBytes()),
          Math.round(deal.saved().low()),
          Math.round(deal.saved().high()),
          deal.cpuSeconds(),
          deal.basis().code());
    }
  }

  /** Writes what these videos are expected to come to, in place of what was expected before. */
  public void save(Collection<Deal> deals) {
    database
        .client()
        .sql(
            """
            insert into forecasts (video_id, sampled_hash, saved_bytes, saved_low, saved_high,
              cpu_seconds, basis)
            select v.id, v.sampled_hash, d.saved, d.low, d.high, d.seconds, d.basis
            from jsonb_to_recordset(cast(:deals as jsonb)) as d (video uuid, saved bigint,
              low bigint, high bigint, seconds double precision, basis text)
            join videos v on v.id = d.video and v.sampled_hash is not null
            on conflict (video_id) do update set sampled_hash = excluded.sampled_hash,
              saved_bytes = excluded.saved_bytes, saved_low = excluded.saved_low,
              saved_high = excluded.saved_high, cpu_seconds = excluded.cpu_seconds,
              basis = excluded.basis, made_at = excluded.made_at
            """)
        .param("deals", Json.write(deals.stream().map(Row::of).toList()))
        .update();
  }

  private static MeasuredVideo read(ResultSet row, int number) throws SQLException {
    boolean isResult = row.getString("state").equals("encoded");
    Optional<Analysis.Analysed> facts =
        isResult || row.getString("facts") == null || row.getString("sampled_hash") == null
            ? Optional.empty()
            : Optional.of(VideoRepository.readFacts(row, number));
    return new MeasuredVideo(
        new VideoId(row.getObject("id", UUID.class)),
        new MediaPath(row.getString("path")),
        row.getString("library"),
        new MediaPath(row.getString("root")),
        facts,
        isResult ? result(row) : Optional.empty(),
        VideoRow.text(row, "points")
            .map(json -> Json.read(json, new TypeReference<List<MeasuredVideo.Point>>() {}))
            .orElse(List.of()),
        row.getObject("seconds") == null
            ? Optional.empty()
            : Optional.of(
                new MeasuredVideo.Encode(
                    row.getInt("preset"),
                    row.getLong("frames"),
                    row.getDouble("seconds"),
                    row.getInt("threads"))),
        ManagedFacts.read(row));
  }

  private static Optional<MeasuredVideo.Result> result(ResultSet row) throws SQLException {
    String encoder = VideoRow.text(row, "encoder").orElse(Encoder.LIBSVTAV1.ffmpegName());
    if (!encoder.equals(Encoder.LIBSVTAV1.ffmpegName())) {
      return Optional.empty();
    }
    if (row.getLong("original_size") == 0 || !(row.getDouble("duration_seconds") > 0)) {
      return Optional.empty();
    }
    String hdr = VideoRow.text(row, "hdr").orElse("sdr");
    return Optional.of(
        new MeasuredVideo.Result(
            VideoRow.text(row, "original_codec").orElse(""),
            row.getInt("width"),
            row.getInt("height"),
            row.getDouble("duration_seconds"),
            !hdr.equals("sdr"),
            row.getLong("original_size"),
            row.getLong("size"),
            row.getDouble("vmaf_target")));
  }
}
