package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the videos from whose points another one can learn. */
public final class TeacherRepository {

  /** The newest points that are looked through for videos that may be alike. */
  private static final int NEWEST_POINTS = 1000;

  /** Points of a season that are looked at; some hundred episodes. */
  private static final int POINTS_OF_A_SEASON = 1000;

  private static final String TRAITS =
      """
      coalesce(v.original_codec, v.codec, '') as codec,
      coalesce(v.width::bigint * v.height, 0) as pixels,
      case when v.duration_seconds > 0
        then coalesce(v.original_size, v.size) / v.duration_seconds else 0 end as rate,
      coalesce(v.hdr, '') as hdr,
      coalesce(substring(v.path from '-([A-Za-z0-9]{2,20})\\.[A-Za-z0-9]+$'), '') as release_group
      """;

  private static final String TAUGHT =
      "select v.path, "
          + TRAITS
          + """
          , p.crf, p.score, p.predicted_percent, p.predicted_bytes, p.predicted_seconds
          """;

  private final Database database;

  public TeacherRepository(Database database) {
    this.database = database;
  }

  /** The traits of a video; empty if it is gone. */
  public Optional<TeacherRow.Traits> traits(VideoId video) {
    return database
        .client()
        .sql("select " + TRAITS + " from videos v where v.id = :video")
        .param("video", video.value())
        .query((row, number) -> traits(row))
        .optional();
  }

  /** Other videos of its folder that were measured with the setting, by path. */
  public List<TeacherRow> season(VideoId video, ProbeSetting setting) {
    return rows(
        true,
        TAUGHT
            + """
            from (select library_id, regexp_replace(path, '[^/]*$', '') as folder
                  from videos where id = :video) me
            join videos v on v.library_id = me.library_id and v.id <> :video
              and v.path collate "C" >= me.folder
              and v.path collate "C" < left(me.folder, -1) || '0'
              and position('/' in substr(v.path, length(me.folder) + 1)) = 0
            join search_points p on p.video_id = v.id and p.setting_key = :setting
            order by v.path, p.crf
            limit :limit
            """,
        video,
        setting,
        POINTS_OF_A_SEASON);
  }

  /** Other videos that were measured with the setting lately, by path. */
  public List<TeacherRow> latest(VideoId video, ProbeSetting setting) {
    return rows(
        false,
        TAUGHT
            + """
            from (select * from search_points where setting_key = :setting
                  order by id desc limit :limit) p
            join videos v on v.id = p.video_id and v.id <> :video
            order by v.path, p.crf
            """,
        video,
        setting,
        NEWEST_POINTS);
  }

  private List<TeacherRow> rows(
      boolean season, String sql, VideoId video, ProbeSetting setting, int limit) {
    Map<String, TeacherRow> byPath = new LinkedHashMap<>();
    database
        .client()
        .sql(sql)
        .param("video", video.value())
        .param("setting", setting.key())
        .param("limit", limit)
        .query((row, number) -> taught(row, season))
        .list()
        .forEach(row -> byPath.merge(row.path(), row, TeacherRepository::joined));
    return List.copyOf(byPath.values());
  }

  private static TeacherRow joined(TeacherRow first, TeacherRow second) {
    List<SearchPoint> points = new ArrayList<>(first.points());
    points.addAll(second.points());
    return new TeacherRow(first.path(), first.season(), first.traits(), List.copyOf(points));
  }

  private static TeacherRow taught(ResultSet row, boolean season) throws SQLException {
    return new TeacherRow(
        row.getString("path"),
        season,
        traits(row),
        List.of(
            new SearchPoint(
                row.getDouble("crf"),
                row.getDouble("score"),
                row.getDouble("predicted_percent"),
                row.getLong("predicted_bytes"),
                row.getDouble("predicted_seconds"))));
  }

  private static TeacherRow.Traits traits(ResultSet row) throws SQLException {
    return new TeacherRow.Traits(
        row.getString("codec"),
        row.getLong("pixels"),
        row.getDouble("rate"),
        row.getString("hdr"),
        row.getString("release_group"));
  }
}
