package dev.reencodarr.activities.library;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Measures many files at once and writes the verdicts down in batches while it goes on. */
final class ParallelAnalysis {

  private static final int WRITTEN_AT_ONCE = 64;
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

  private record Measured(
      Video video, Optional<Analysis> analysis, Optional<RuntimeException> fault) {}

  /**
   * Measures all of them.
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
    CompletionService<Measured> running = new ExecutorCompletionService<>(threads);
    videos.forEach(video -> running.submit(() -> measure(video)));
    List<Measured> unwritten = new ArrayList<>();
    long writtenAt = System.nanoTime();
    for (int left = videos.size(); left > 0; ) {
      Optional<Future<Measured>> next = Optional.ofNullable(running.poll(1, TimeUnit.SECONDS));
      if (next.isPresent()) {
        unwritten.add(result(next.get()));
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

  private static Measured result(Future<Measured> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Measured measure(Video video) {
    try {
      return new Measured(video, Optional.of(analyser.analyse(video.path())), Optional.empty());
    } catch (RuntimeException e) {
      return new Measured(video, Optional.empty(), Optional.of(e));
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
    for (Measured result : results) {
      result.analysis().ifPresent(analysis -> verdicts.measured(result.video(), analysis));
      if (result.fault().isPresent() && !isSettled(result.video(), result.fault().get())) {
        unfit = result.fault();
      }
    }
    return unfit;
  }

  private boolean isSettled(Video video, RuntimeException fault) {
    Evidence evidence = LibraryScanner.evidence(fault);
    return verdicts.failed(video, evidence, judge.apply(FailureStage.ANALYSIS, evidence));
  }
}
