package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.broken.SourceCheckRepository;
import dev.reencodarr.starter.view.LiveProgress;
import dev.reencodarr.starter.view.SourceCheckText;
import dev.reencodarr.starter.view.SourceCheckView;
import dev.reencodarr.workflows.broken.SourceCheckProgress;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Follows checks of libraries to their end. */
final class SourceCheckWatch {

  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  private final SourceCheckCall call;
  private final SourceCheckRepository checks;
  private final Surroundings surroundings;

  SourceCheckWatch(SourceCheckCall call, Database database, Surroundings surroundings) {
    this.call = call;
    this.checks = new SourceCheckRepository(database);
    this.surroundings = surroundings;
  }

  /** What came of each of them. */
  List<SourceCheckView> untilDone(List<Library> libraries) throws InterruptedException {
    Map<Library, CompletableFuture<SourceCheckProgress>> ends = new LinkedHashMap<>();
    libraries.forEach(library -> ends.put(library, call.end(library)));
    Map<Library, SourceCheckProgress> latest = new LinkedHashMap<>();
    try (LiveProgress live = new LiveProgress(surroundings.err(), surroundings.terminal())) {
      while (!ends.values().stream().allMatch(CompletableFuture::isDone)) {
        for (Library library : libraries) {
          if (live.isDue() && !done(ends, library)) {
            Optional<SourceCheckProgress> now = call.progress(library);
            now.ifPresent(progress -> latest.put(library, progress));
            live.show(SourceCheckText.progress(library.name(), now.stream().toList()), List.of());
          }
        }
        Thread.sleep(LOOK_EVERY);
      }
    }
    List<SourceCheckView> views = new ArrayList<>();
    ends.forEach((library, end) -> views.add(view(library, end, latest)));
    return views;
  }

  private static boolean done(
      Map<Library, CompletableFuture<SourceCheckProgress>> ends, Library library) {
    CompletableFuture<SourceCheckProgress> end = ends.get(library);
    return end == null || end.isDone();
  }

  private SourceCheckView view(
      Library library,
      CompletableFuture<SourceCheckProgress> end,
      Map<Library, SourceCheckProgress> latest) {
    String state = state(end);
    List<SourceCheckProgress> progress =
        state.equals(SourceCheckView.DONE)
            ? List.of(end.join())
            : Optional.ofNullable(latest.get(library)).stream().toList();
    return SourceCheckView.of(
        library.name(), library.id().toString(), state, progress, checks.broken(library.id()));
  }

  private static String state(CompletableFuture<SourceCheckProgress> end) {
    if (!end.isCompletedExceptionally()) {
      return SourceCheckView.DONE;
    }
    Throwable why = end.exceptionNow();
    while (why != null) {
      if (why instanceof CanceledFailure) {
        return SourceCheckView.STOPPED;
      }
      why = why.getCause();
    }
    return SourceCheckView.FAILED;
  }
}
