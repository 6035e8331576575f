package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.ScorePool;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchRecord;
import dev.reencodarr.workflows.search.Seed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Searches and points to begin a test with: of preset 8, for VMAF 95. */
public final class Searches {

  public static final ProbeSetting SETTING =
      new ProbeSetting(Encoder.LIBSVTAV1, 8, "yuv420p10le", List.of(), Scoring.defaults());

  private static final SourceIdentity CONTENT = new SourceIdentity(10, Instant.EPOCH, "abc");

  private Searches() {}

  /** One that was taught by a season and has found CRF 30. */
  public static SearchRecord found(VideoId video, String run, int pass) {
    return record(
        video,
        run,
        pass,
        new SearchRecord.Start(
            Seed.Origin.SEASON, 4, List.of("e1.mkv", "e2.mkv", "e3.mkv"), OptionalDouble.of(32)),
        tried(SearchRecord.End.FOUND).accepting(new SearchPoint(30, 95.2, 40, 1, 1)),
        "CRF 30 gives VMAF 95.20, no more than 0.4 above the target 95",
        new SearchRecord.Cost(2, 1, 1, 7.25));
  }

  /** One of a failed video that knew nothing and measured nothing. */
  public static SearchRecord failed(VideoId video, String run, int pass) {
    return record(
        video,
        run,
        pass,
        new SearchRecord.Start(Seed.Origin.PRIOR, 0, List.of(), OptionalDouble.empty()),
        tried(SearchRecord.End.FAILED),
        "STALLED: nothing moved",
        new SearchRecord.Cost(0, 0, 0, 0));
  }

  private static SearchRecord record(
      VideoId video,
      String run,
      int pass,
      SearchRecord.Start start,
      SearchRecord.Tried tried,
      String stopped,
      SearchRecord.Cost cost) {
    return new SearchRecord(
        video,
        run,
        pass,
        CONTENT.sampledHash(),
        Metric.VMAF,
        ScorePool.worst(),
        start,
        List.of(tried),
        stopped,
        cost);
  }

  private static SearchRecord.Tried tried(SearchRecord.End end) {
    return new SearchRecord.Tried(
        8, 95, end, OptionalDouble.empty(), SETTING.key(), Optional.of(SETTING.ofLooks().key()));
  }

  /** Keeps a point of the content, measured in two and a half seconds on a host called box. */
  public static void measured(
      Database database, VideoId video, ProbeSetting how, SearchPoint point) {
    new SearchPointRepository(database)
        .store(
            new ProbeRequest(video, new MediaPath("/a.mkv"), CONTENT, 0, 0, how, point.crf()),
            point,
            "box",
            2,
            2.5,
            "tools");
  }
}
