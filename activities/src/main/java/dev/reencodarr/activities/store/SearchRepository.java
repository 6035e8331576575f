package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.ScorePool;
import dev.reencodarr.workflows.search.SearchRecord;
import dev.reencodarr.workflows.search.Seed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/** The table {@code searches}: what the searches of videos did. */
public final class SearchRepository {

  private final Database database;

  public SearchRepository(Database database) {
    this.database = database;
  }

  /** Keeps a search. The first row of a run's pass stays; a video that is gone is no error. */
  public void store(SearchRecord search) {
    database
        .client()
        .sql(
            """
            insert into searches (run, pass, video_id, sampled_hash, metric, percentile,
              seed_origin, seed_videos, seed_examples, first_crf, rungs, stopped, probes, looks,
              known, seconds)
            select :run, :pass, id, :hash, :metric, :percentile, :origin, :videos,
              :examples::jsonb, :firstCrf, :rungs::jsonb, :stopped, :probes, :looks, :known,
              :seconds
            from videos where id = :video
            on conflict (run, pass) do nothing
            """)
        .param("run", search.run())
        .param("pass", search.pass())
        .param("video", search.video().value())
        .param("hash", search.sampledHash())
        .param("metric", search.metric().name())
        .param("percentile", search.pool().percentile())
        .param("origin", search.start().origin().name())
        .param("videos", search.start().videos())
        .param("examples", Json.write(search.start().examples()))
        .param(
            "firstCrf",
            search.start().firstCrf().stream().boxed().findFirst().orElse(null),
            Types.DOUBLE)
        .param("rungs", Json.write(search.tried()))
        .param("stopped", search.stopped())
        .param("probes", search.cost().probes())
        .param("looks", search.cost().looks())
        .param("known", search.cost().known())
        .param("seconds", search.cost().seconds())
        .update();
  }

  /** The search of a video that came to its end last. */
  public Optional<SearchRow> latest(VideoId video) {
    return database
        .client()
        .sql(
            """
            select * from searches where video_id = :video
            order by searched_at desc, pass desc limit 1
            """)
        .param("video", video.value())
        .query((row, number) -> read(row))
        .optional();
  }

  private static SearchRow read(ResultSet row) throws SQLException {
    return new SearchRow(
        new SearchRecord(
            new VideoId(row.getObject("video_id", UUID.class)),
            row.getString("run"),
            row.getInt("pass"),
            row.getString("sampled_hash"),
            Metric.valueOf(row.getString("metric")),
            new ScorePool(row.getDouble("percentile")),
            new SearchRecord.Start(
                Seed.Origin.valueOf(row.getString("seed_origin")),
                row.getInt("seed_videos"),
                Json.read(row.getString("seed_examples"), new TypeReference<List<String>>() {}),
                firstCrf(row)),
            Json.read(row.getString("rungs"), new TypeReference<List<SearchRecord.Tried>>() {}),
            row.getString("stopped"),
            new SearchRecord.Cost(
                row.getInt("probes"),
                row.getInt("looks"),
                row.getInt("known"),
                row.getDouble("seconds"))),
        row.getObject("searched_at", OffsetDateTime.class).toInstant());
  }

  private static OptionalDouble firstCrf(ResultSet row) throws SQLException {
    double crf = row.getDouble("first_crf");
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(crf);
  }
}
