package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.sync.ManagedRepository.KnownTitle;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.SyncTally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The files of some titles, as they were read. Sonarr is asked for one series at a time, a few side
 * by side; Radarr for all of them at once, and one by one where that fails. A title whose files
 * cannot be read stops no other, unless nobody answers at all.
 */
final class TitleFiles {

  /** So many questions at a time are no burden to a small machine. */
  private static final int AT_ONCE = 4;

  private final Map<Long, List<ManagedFile>> byTitle = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<ArrFailed> failures = new ArrayList<>();

  private TitleFiles() {}

  /**
   * Reads them.
   *
   * @param heartbeat is told how many titles are done
   * @throws ArrFailed if none of several titles could be read, or the failure is one of the program
   *     as a whole
   */
  static TitleFiles of(
      ArrClient client, ArrKind kind, List<KnownTitle> titles, Consumer<Integer> heartbeat)
      throws ArrFailed {
    TitleFiles files = new TitleFiles();
    switch (kind) {
      case SONARR -> files.readEach(client, titles, heartbeat);
      case RADARR -> files.readAll(client, titles, heartbeat);
    }
    return files;
  }

  private void readAll(ArrClient client, List<KnownTitle> titles, Consumer<Integer> heartbeat)
      throws ArrFailed {
    try {
      read(client, titles.stream().map(title -> title.record().id()).toList());
      heartbeat.accept(titles.size());
    } catch (ArrFailed failed) {
      if (failed.kind().isOfTheWhole()) {
        throw failed;
      }
      byTitle.clear();
      readEach(client, titles, heartbeat);
    }
  }

  private void read(ArrClient client, List<Long> titles) throws ArrFailed {
    titles.forEach(title -> byTitle.put(title, List.of()));
    byTitle.putAll(
        client.files(titles).stream().collect(Collectors.groupingBy(ManagedFile::title)));
  }

  private void readEach(ArrClient client, List<KnownTitle> titles, Consumer<Integer> heartbeat)
      throws ArrFailed {
    try (ExecutorService readers = Executors.newFixedThreadPool(AT_ONCE)) {
      Map<KnownTitle, Future<List<ManagedFile>>> asked = new LinkedHashMap<>();
      for (KnownTitle title : titles) {
        asked.put(title, readers.submit(() -> client.files(List.of(title.record().id()))));
      }
      try {
        for (Map.Entry<KnownTitle, Future<List<ManagedFile>>> each : asked.entrySet()) {
          take(each.getKey(), each.getValue());
          heartbeat.accept(byTitle.size());
        }
      } finally {
        readers.shutdownNow();
      }
    }
    if (byTitle.isEmpty() && failures.size() > 1) {
      throw failures.getLast();
    }
  }

  private void take(KnownTitle title, Future<List<ManagedFile>> answer) throws ArrFailed {
    try {
      byTitle.put(title.record().id(), answer.get());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ArrFailed failed)) {
        throw new IllegalStateException(e.getCause());
      }
      if (failed.kind().isOfTheWhole()) {
        throw failed;
      }
      failures.add(failed);
      problems.add(title.record().title() + ": " + failed.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ArrFailed(ArrFailed.Kind.AWAY, "the worker stops");
    }
  }

  /** The files of a title; empty where they could not be read. */
  Optional<List<ManagedFile>> of(KnownTitle title) {
    return Optional.ofNullable(byTitle.get(title.record().id()));
  }

  SyncTally failures() {
    return new SyncTally(0, 0, 0, 0, 0, problems.size(), problems);
  }
}
