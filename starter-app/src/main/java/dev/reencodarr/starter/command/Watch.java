package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Outcome.Result;
import dev.reencodarr.activities.store.RequestProgress;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.LiveProgress;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.starter.view.VideoProgress;
import dev.reencodarr.workflows.library.WorkRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;

/** Follows orders to their end. */
final class Watch {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** The servers may be restarted under us; longer than that and we say so. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RequestRepository requests;
  private final WorkInProgress inProgress;
  private final LiveProgress live;
  private final WorkerRepository workers;

  Watch(Database database, WorkflowClient temporal, LiveProgress live) {
    this.requests = new RequestRepository(database);
    this.inProgress = new WorkInProgress(temporal);
    this.live = live;
    this.workers = new WorkerRepository(database);
  }

  /** Returns when all of them are done, but for what is parked: nobody knows for how long. */
  void untilDone(List<WorkRequest> orders) throws InterruptedException {
    try (LiveProgress shown = live) {
      long answeredAt = System.nanoTime();
      while (true) {
        try {
          if (look(orders, shown)) {
            return;
          }
          answeredAt = System.nanoTime();
        } catch (DataAccessException e) {
          if (System.nanoTime() - answeredAt > PATIENCE.toNanos()) {
            throw e;
          }
        }
        Thread.sleep(LOOK_EVERY);
      }
    }
  }

  private boolean look(List<WorkRequest> orders, LiveProgress shown) {
    Map<WorkRequest, RequestProgress> known = new LinkedHashMap<>();
    for (WorkRequest order : orders) {
      requests.progress(order.id()).ifPresent(progress -> known.put(order, progress));
    }
    boolean done =
        known.values().stream().allMatch(progress -> progress.isDone() || progress.isParked());
    if (!done && shown.isDue()) {
      List<VideoProgress> atWork =
          known.entrySet().stream()
              .filter(order -> order.getValue().mayBeAtWork())
              .flatMap(order -> atWork(order.getKey()).stream())
              .toList();
      shown.show(summary(List.copyOf(known.values())) + held(), atWork);
    }
    return done;
  }

  /** Whoever waits for work that waits itself is to know what for. */
  private String held() {
    String held =
        workers.living(WorkerRepository.FRESH).stream()
            .filter(worker -> !worker.held().isEmpty())
            .map(worker -> worker.host() + " is held: " + worker.held())
            .collect(Collectors.joining("; "));
    return held.isEmpty() ? "" : " (" + Printable.of(held) + ")";
  }

  private List<VideoProgress> atWork(WorkRequest order) {
    return requests.atWork(order.id()).stream()
        .filter(requested -> requested.video().state().isWork())
        .map(inProgress::of)
        .toList();
  }

  private static String summary(List<RequestProgress> all) {
    int videos = all.stream().mapToInt(RequestProgress::videos).sum();
    if (all.stream().anyMatch(progress -> progress.tally().isEmpty())) {
      return "looking for videos: " + videos + " found";
    }
    int analysed = all.stream().mapToInt(RequestProgress::analysed).sum();
    int settled = all.stream().mapToInt(RequestProgress::settled).sum();
    if (analysed < videos) {
      return "analysing: " + analysed + " of " + videos;
    }
    return settled
        + " of "
        + Figures.count(videos, "video")
        + " done"
        + count(all, Result.ENCODED, "encoded")
        + count(all, Result.DELIVERED, "delivered")
        + count(all, Result.MEASURED, "measured")
        + count(all, Result.SKIPPED, "left alone")
        + count(all, Result.FAILED, "failed")
        + parked(all);
  }

  private static String parked(List<RequestProgress> all) {
    int parked = all.stream().mapToInt(RequestProgress::parked).sum();
    return parked == 0 ? "" : ", " + parked + " parked";
  }

  private static String count(List<RequestProgress> all, Result result, String word) {
    int count =
        all.stream()
            .map(RequestProgress::results)
            .mapToInt((Map<Result, Integer> results) -> results.getOrDefault(result, 0))
            .sum();
    return count == 0 ? "" : ", " + count + " " + word;
  }

  /** What came of each video, by path. */
  List<RequestedVideo> outcomes(List<WorkRequest> orders) {
    List<RequestedVideo> outcomes = new ArrayList<>();
    orders.forEach(order -> outcomes.addAll(requests.videos(order.id())));
    return List.copyOf(outcomes);
  }
}
