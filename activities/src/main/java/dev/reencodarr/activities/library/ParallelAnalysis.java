package dev.reencodarr.activities.library;

import dev.reencodarr.activities.analysis.LookOutcome;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Measures many files at once, for a while, and writes the verdicts down in batches while it goes
 * on.
 */
final class ParallelAnalysis {

  private static final int WRITTEN_AT_ONCE = 64;

  /** Looked at with one start of a program; few enough to show that it goes on. */
  private static final int HANDFUL = 16;

  /** After that the rest is left to the next round: the first videos are to be started soon. */
  private static final Duration ROUND = Duration.ofSeconds(20);

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Database database;
  private final FileAnalyser analyser;
  private final BiFunction<FailureStage, Evidence, Classification> judge;
  private final ScanVerdicts verdicts;
  private final int parallel;

  ParallelAnalysis(
      Database database,
      FileAnalyser analyser,
      BiFunction<FailureStage, Evidence, Classification> judge,
      ScanVerdicts verdicts,
      int parallel) {
    this.database = database;
    this.analyser = analyser;
    this.judge = judge;
    this.verdicts = verdicts;
    this.parallel = parallel;
  }

  private record Measured(Video video, LookOutcome outcome) {}

  /**
   * Measures as many of them as come to their turn within a while, a handful a thread at least.
   *
   * @throws io.temporal.failure.ApplicationFailure if the worker is unfit; what was measured until
   *     then is kept
   */
  void run(List<Video> videos) {
    if (videos.isEmpty()) {
      return;
    }
    // Platform threads: programs that are bound to their thread die with a virtual one's carrier.
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(parallel, videos.size()))) {
      try {
        collect(videos, threads);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Faults.of(EvidenceKind.WORKER_RESTARTED, "the worker stops in the middle of a scan");
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private void collect(List<Video> videos, ExecutorService threads) throws InterruptedException {
    ActivityExecutionContext context = Activity.getExecutionContext();
    CompletionService<List<Measured>> running = new ExecutorCompletionService<>(threads);
    long began = System.nanoTime();
    int left = 0;
    for (int first = 0; first < videos.size(); first += HANDFUL) {
      List<Video> handful = videos.subList(first, Math.min(first + HANDFUL, videos.size()));
      running.submit(
          () -> System.nanoTime() - began >= ROUND.toNanos() ? List.of() : measure(handful));
      left++;
    }
    List<Measured> unwritten = new ArrayList<>();
    long writtenAt = began;
    while (left > 0) {
      Optional<Future<List<Measured>>> next =
          Optional.ofNullable(running.poll(1, TimeUnit.SECONDS));
      if (next.isPresent()) {
        unwritten.addAll(result(next.get()));
        left--;
      }
      boolean due = System.nanoTime() - writtenAt >= SECOND_NANOS;
      if (left == 0 || due || unwritten.size() >= WRITTEN_AT_ONCE) {
        write(unwritten);
        unwritten.clear();
        writtenAt = System.nanoTime();
        context.heartbeat(left);
      }
    }
  }

  private static List<Measured> result(Future<List<Measured>> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private List<Measured> measure(List<Video> videos) {
    List<LookOutcome> outcomes = outcomes(videos);
    return IntStream.range(0, videos.size())
        .mapToObj(i -> new Measured(videos.get(i), outcomes.get(i)))
        .toList();
  }

  /** What is wrong with the worker is wrong for all of them. */
  private List<LookOutcome> outcomes(List<Video> videos) {
    try {
      return analyser.analyse(videos.stream().map(Video::path).toList());
    } catch (RuntimeException e) {
      return videos.stream().<LookOutcome>map(video -> new LookOutcome.Failed(e)).toList();
    }
  }

  private void write(List<Measured> results) {
    Optional<RuntimeException> unfit =
        database
            .transactions()
            .<Optional<RuntimeException>>execute(transaction -> verdicts(results));
    unfit.ifPresent(fault -> {
      throw fault;
    });
  }

  private Optional<RuntimeException> verdicts(List<Measured> results) {
    Optional<RuntimeException> unfit = Optional.empty();
    Map<Video, Analysis> measured = new LinkedHashMap<>();
    for (Measured result : results) {
      switch (result.outcome()) {
        case LookOutcome.Seen seen -> measured.put(result.video(), seen.analysis());
        case LookOutcome.Failed failed -> {
          if (!isSettled(result.video(), failed.fault())) {
            unfit = Optional.of(failed.fault());
          }
        }
      }
    }
    verdicts.measured(measured);
    verdicts.write();
    return unfit;
  }

  private boolean isSettled(Video video, RuntimeException fault) {
    Evidence evidence = LibraryScanner.evidence(fault, video.path());
    return verdicts.failed(video, evidence, judge.apply(FailureStage.ANALYSIS, evidence));
  }
}
