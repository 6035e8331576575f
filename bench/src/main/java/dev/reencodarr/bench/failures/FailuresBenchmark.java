package dev.reencodarr.bench.failures;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureReporting;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.KeptConnection;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.media.VideoId;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reports over a million failures, and what it costs to record one. */
public final class FailuresBenchmark implements Benchmark {

  private static final String SUBJECT = "1,000,000 failures";
  private static final Goal QUICK = new Goal.AtMost(200);
  private static final int TIMES = 40;
  private static final int WARM_UP = 5;

  @Override
  public String name() {
    return "failures";
  }

  @Override
  public String about() {
    return "report, overview and critical over a million failures, and the recording of one (3 min)";
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    try (Installation stack = place.installation("home", List.of(), Map.of())) {
      place.say().accept("starting a stack");
      stack.type("up", "--detach");
      try (KeptConnection connection =
          new KeptConnection(
              ConnectionSource.of(
                  SettingsFile.read(stack.home(), Map.of()).settings().connections()))) {
        Database database = new Database(connection);
        place.say().accept("writing %,d failures".formatted(ManyFailures.FAILURES));
        ManyFailures many = new ManyFailures(database);
        many.write();
        return rows(place, database, many.videos(TIMES + WARM_UP).iterator());
      }
    }
  }

  private static List<Row> rows(Workplace place, Database database, Iterator<VideoId> videos) {
    place.say().accept("reading them, %d times each".formatted(TIMES));
    FailureReporting failures = new FailureReporting(database);
    double scan = percentile95(() -> scanOfTheTable(database));
    return List.of(
        time("report of 7 days", QUICK, () -> failures.generateFailureReport(7, 10))
            .against("a scan of the table", scan),
        time("overview of a day", QUICK, () -> failures.getFailureOverview(1))
            .against("a scan of the table", scan),
        time("critical of a day", QUICK, () -> failures.getCriticalFailures(1))
            .against("a scan of the table", scan),
        time("report of 30 days", QUICK, () -> failures.generateFailureReport(30, 10)),
        time("recording one", Goal.none(), () -> record(database, videos.next())));
  }

  private static Row time(String what, Goal goal, Runnable task) {
    return Row.alone(SUBJECT, what + ", 95th of " + TIMES, "ms", percentile95(task), goal);
  }

  private static double percentile95(Runnable task) {
    IntStream.range(0, WARM_UP).forEach(_ -> task.run());
    double[] millis = IntStream.range(0, TIMES).mapToDouble(_ -> millis(task)).sorted().toArray();
    return millis[(int) Math.ceil(0.95 * TIMES) - 1];
  }

  private static double millis(Runnable task) {
    long begin = System.nanoTime();
    task.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  /** What the groups of a report would cost without an index. */
  private static void scanOfTheTable(Database database) {
    database
        .transactions()
        .executeWithoutResult(_ -> {
          for (String kind : List.of("indexscan", "indexonlyscan", "bitmapscan")) {
            database.client().sql("set local enable_" + kind + " = off").update();
          }
          database
              .client()
              .sql(
                  """
                  select failure_stage, failure_category, failure_code, count(*)
                  from video_failures
                  where "final" and inserted_at >= now() - interval '7 days'
                  group by failure_stage, failure_category, failure_code
                  """)
              .query()
              .listOfRows();
        });
  }

  /** As a run of the video does: the row knows its folder, codec and group. */
  private static void record(Database database, VideoId video) {
    new FailureRepository(database)
        .record(
            new FailureRecord(
                video,
                "video/" + video,
                "another run",
                1,
                new Classification(
                    FailureStage.ENCODING,
                    FailureCategory.TIMEOUT,
                    "STALLED",
                    "no progress",
                    Reaction.RETRY),
                Evidence.of(EvidenceKind.STALLED, "no progress"),
                0,
                true,
                "give up"),
            "no progress",
            JsonNodeFactory.instance.objectNode().put("output", "frame ".repeat(500)));
  }
}
