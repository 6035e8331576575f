package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The memory of measured points: by content and by everything that decides what is measured. */
public final class SearchPointRepository {

  private static final String COLUMNS =
      "crf, score, predicted_percent, predicted_bytes, predicted_seconds, sample_scores";

  private final Database database;

  public SearchPointRepository(Database database) {
    this.database = database;
  }

  /** Every point of this content with exactly these settings, by CRF. */
  public List<SearchPoint> all(SourceIdentity identity, ProbeSetting setting) {
    return database
        .client()
        .sql(
            "select "
                + COLUMNS
                + """
                 from search_points
                 where sampled_hash = :hash and setting_key = :setting
                 order by crf
                """)
        .param("hash", identity.sampledHash())
        .param("setting", setting.key())
        .query(SearchPointRepository::point)
        .list();
  }

  /**
   * The points that a search could know, by CRF.
   *
   * @param settingKey of its points or of its looks
   * @param until it came to its end
   */
  public List<MeasuredPoint> measured(String sampledHash, String settingKey, Instant until) {
    return database
        .client()
        .sql(
            "select "
                + COLUMNS
                + """
                 , host, seconds, measured_at
                 from search_points
                 where sampled_hash = :hash and setting_key = :setting and measured_at <= :until
                 order by crf
                """)
        .param("hash", sampledHash)
        .param("setting", settingKey)
        .param("until", until.atOffset(ZoneOffset.UTC))
        .query((row, number) ->
            new MeasuredPoint(
                point(row, number),
                row.getString("host"),
                row.getDouble("seconds"),
                row.getObject("measured_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** The point of this content, setting and CRF, if it was measured before. */
  public Optional<SearchPoint> find(SourceIdentity identity, ProbeSetting setting, double crf) {
    return database
        .client()
        .sql(
            "select "
                + COLUMNS
                + """
                 from search_points
                 where sampled_hash = :hash and setting_key = :setting and crf = :crf
                """)
        .param("hash", identity.sampledHash())
        .param("setting", setting.key())
        .param("crf", crf)
        .query(SearchPointRepository::point)
        .optional();
  }

  /**
   * The settings that points of a video were measured with after a moment, of the content that was
   * measured last: the one that was used last is the last.
   */
  public List<MeasuredSetting> settingsSince(VideoId video, Instant moment) {
    return database
        .client()
        .sql(
            """
            select p.sampled_hash, p.setting_key, p.preset
            from search_points p
            where p.video_id = :video and p.measured_at > :moment
              and p.sampled_hash = (select l.sampled_hash from search_points l
                where l.video_id = :video order by l.measured_at desc, l.id desc limit 1)
            group by p.sampled_hash, p.setting_key, p.preset
            order by max(p.id)
            """)
        .param("video", video.value())
        .param("moment", moment.atOffset(ZoneOffset.UTC))
        .query((row, number) ->
            new MeasuredSetting(
                row.getString("sampled_hash"), row.getString("setting_key"), row.getInt("preset")))
        .list();
  }

  /**
   * Keeps a point. The first measurement of a point stays: what was decided by it stays explicable.
   *
   * @param threads of the encoder
   * @param seconds wall time of the probe
   * @param measuredWith what the tools say of themselves, one line
   */
  public void store(
      ProbeRequest request,
      SearchPoint point,
      String host,
      int threads,
      double seconds,
      String measuredWith) {
    ProbeSetting setting = request.setting();
    database
        .client()
        .sql(
            """
            insert into search_points (sampled_hash, setting_key, crf, video_id, encoder, preset,
                score, predicted_percent, predicted_bytes, predicted_seconds, host, threads, seconds,
                measured_with, sample_scores, sample_every, samples_least, sample_seconds,
                pixel_format, encode_arguments, metric, scoring_arguments)
            values (:hash, :setting, :crf, (select id from videos where id = :video), :encoder,
                :preset, :score, :percent, :bytes, :predictedSeconds, :host, :threads, :seconds,
                :measuredWith, :sampleScores, :every, :least, :length, :pixelFormat,
                :encodeArguments, :metric, :scoringArguments)
            on conflict (sampled_hash, setting_key, crf) do nothing
            """)
        .param("hash", request.identity().sampledHash())
        .param("setting", setting.key())
        .param("crf", point.crf())
        .param("video", request.video().value())
        .param("encoder", setting.encoder().ffmpegName())
        .param("preset", setting.preset())
        .param("score", point.score())
        .param("percent", point.predictedPercent())
        .param("bytes", point.predictedBytes())
        .param("predictedSeconds", point.predictedSeconds())
        .param("host", host)
        .param("threads", threads)
        .param("seconds", seconds)
        .param("measuredWith", measuredWith)
        .param("sampleScores", point.sampleScores().toArray(Double[]::new))
        .param("every", setting.samples().everySeconds())
        .param("least", setting.samples().least())
        .param("length", setting.samples().seconds())
        .param("pixelFormat", setting.pixelFormat())
        .param("encodeArguments", texts(setting.encodeArguments()))
        .param("metric", setting.scoring().metric().name())
        .param("scoringArguments", texts(setting.scoring().arguments()))
        .update();
  }

  private static String[] texts(List<String> arguments) {
    return arguments.toArray(String[]::new);
  }

  private static SearchPoint point(ResultSet row, int number) throws SQLException {
    return new SearchPoint(
        row.getDouble("crf"),
        row.getDouble("score"),
        row.getDouble("predicted_percent"),
        row.getLong("predicted_bytes"),
        row.getDouble("predicted_seconds"),
        List.of((Double[]) row.getArray("sample_scores").getArray()));
  }
}
