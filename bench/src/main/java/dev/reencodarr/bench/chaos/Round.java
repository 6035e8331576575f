package dev.reencodarr.bench.chaos;

import dev.reencodarr.bench.chaos.Batch.Sequel;
import dev.reencodarr.bench.chaos.Ledger.SwapRow;
import dev.reencodarr.bench.chaos.Ledger.VideoRow;
import dev.reencodarr.bench.chaos.Seen.Original;
import dev.reencodarr.bench.chaos.Violation.Kind;
import dev.reencodarr.bench.figure.NoFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One batch, from the order of its films to the last look at them. */
final class Round {

  /** Longer than the heartbeat timeouts and pauses that a fault may cost one after the other. */
  private static final Duration TO_REST = Duration.ofMinutes(25);

  /** Ends are written before the last folder is swept. */
  private static final Duration TO_TIDY = Duration.ofSeconds(90);

  private static final Duration BETWEEN_RETRIES = Duration.ofSeconds(10);
  private static final long CLOSE_LOOK_MILLIS = 3;
  private static final long WIDE_LOOK_MILLIS = 200;
  private static final int UNDO_TRIES = 4;

  private final Stack stack;
  private final Batch batch;
  private final boolean numbered;
  private final Tally tally;
  private final Path folder;
  private final List<Original> films;
  private final int launchesBefore;

  /** When the last fault was over, by the clock of {@link System#nanoTime}. */
  private final AtomicLong lastFault = new AtomicLong();

  private Round(
      Stack stack, Batch batch, boolean numbered, Tally tally, Path folder, List<Original> films)
      throws IOException {
    this.stack = stack;
    this.batch = batch;
    this.numbered = numbered;
    this.tally = tally;
    this.folder = folder;
    this.films = films;
    this.launchesBefore = launches();
  }

  /**
   * How a part of a batch came to rest.
   *
   * @param isAtRest false if it did not within the limit
   * @param recovery seconds since the last fault was over
   */
  private record Rest(boolean isAtRest, double recovery) {}

  /** Makes the films of a batch. */
  static Round of(Stack stack, Batch batch, FilmStock stock, boolean numbered, Tally tally)
      throws IOException {
    Path folder = Files.createDirectories(stack.library().resolve("batch " + batch.number()));
    stock.write(batch.films(), folder);
    List<Original> films = new ArrayList<>();
    for (Film film : batch.films()) {
      Path source = folder.resolve(film.sourceName());
      films.add(
          new Original(
              film.number(), source, folder.resolve(film.resultName()), Look.sha256(source)));
    }
    return new Round(stack, batch, numbered, tally, folder, List.copyOf(films));
  }

  Path folder() {
    return folder;
  }

  /** How many films have come to which end. */
  Map<String, Long> ends() {
    return ledger().stream()
        .flatMap(rows -> rows.videos().stream())
        .collect(Collectors.groupingBy(VideoRow::state, TreeMap::new, Collectors.counting()));
  }

  /** What the rows say of it. */
  Optional<Ledger> ledger() {
    return stack.rows().below(folder);
  }

  /** Runs it to its end; what is returned must not be. */
  List<Violation> run() throws NoFigure, IOException, InterruptedException {
    long begin = System.nanoTime();
    stack.insist("enqueue", folder.toString());
    Rest rest = underFire(batch.faults(), false, () -> {});
    int failed = retryFailed();
    List<Violation> found = new ArrayList<>(look(rest, batch.endsOfEncodes()));
    for (VideoRow row : failed()) {
      found.add(
          new Violation(
              Kind.STUCK,
              "%s failed again: %s %s".formatted(row.path(), row.failureCode(), row.detail())));
    }
    if (found.isEmpty()) {
      found.addAll(sequel());
    }
    if (found.isEmpty()) {
      found.addAll(accept());
    }
    double took = (System.nanoTime() - begin) / 1e9;
    tally.batch(
        films.size(), failed, launches() - launchesBefore - encoded(), rest.recovery(), took);
    tally.found(found);
    return List.copyOf(found);
  }

  private int launches() throws IOException {
    return stack.tools().launches().values().stream().mapToInt(Integer::intValue).sum();
  }

  private int encoded() {
    return (int)
        ledger().stream()
            .flatMap(rows -> rows.swaps().stream())
            .filter(row -> row.is("done") || row.is("undone"))
            .count();
  }

  /** Something that is typed while faults happen. */
  private interface Typed {
    void run() throws NoFigure, IOException, InterruptedException;
  }

  private Rest underFire(List<Fault> faults, boolean undo, Typed typed)
      throws NoFigure, IOException, InterruptedException {
    Progress progress = new Progress(films, undo);
    Hit hit = new Hit(stack, progress, films.stream().map(Original::source).toList());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> busy = new ArrayList<>();
      for (Fault fault : faults) {
        busy.add(
            threads.submit(() -> {
              boolean any = hit.at(fault);
              tally.fault(fault.kind(), any);
              if (any) {
                lastFault.set(System.nanoTime());
              }
              return null;
            }));
      }
      Future<?> words =
          threads.submit(() -> {
            typed.run();
            return null;
          });
      try {
        return awaitRest(progress, busy, words);
      } finally {
        progress.end();
        for (Future<?> each : busy) {
          require(each);
        }
        require(words);
      }
    }
  }

  private static void require(Future<?> done) throws NoFigure, IOException, InterruptedException {
    try {
      done.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case NoFigure none -> throw none;
        case IOException io -> throw io;
        case InterruptedException interrupted -> throw interrupted;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private Rest awaitRest(Progress progress, List<Future<?>> faults, Future<?> words)
      throws NoFigure, IOException, InterruptedException {
    long begin = System.nanoTime();
    long lastRetry = begin;
    lastFault.set(begin);
    while (System.nanoTime() - begin < TO_REST.toNanos()) {
      boolean firing = faults.stream().anyMatch(each -> !each.isDone());
      Optional<Ledger> ledger = ledger();
      ledger.ifPresent(progress::see);
      boolean rest = words.isDone() && ledger.isPresent() && ledger.get().isAtRest(films.size());
      if (rest && !firing) {
        return new Rest(true, sinceLastFault());
      }
      if (rest && isUndisturbed()) {
        // Moments that have not come will not come any more.
        progress.end();
      }
      stack.upIfDown();
      if (!firing && System.nanoTime() - lastRetry > BETWEEN_RETRIES.toNanos()) {
        lastRetry = System.nanoTime();
        goOn();
      }
      Thread.sleep(firing ? CLOSE_LOOK_MILLIS : WIDE_LOOK_MILLIS);
    }
    return new Rest(false, sinceLastFault());
  }

  private double sinceLastFault() {
    return (System.nanoTime() - lastFault.get()) / 1e9;
  }

  /** Whether nobody is changing the stack: an undo that is to begin may wait for it. */
  private boolean isUndisturbed() {
    return !stack.changing().isLocked();
  }

  /** Parked films go on when somebody says so; else they would wait for minutes. */
  private void goOn() throws NoFigure, IOException, InterruptedException {
    List<String> waiting =
        ledger().stream()
            .flatMap(rows -> rows.videos().stream())
            .filter(row -> row.is("waiting"))
            .map(row -> row.path().toString())
            .toList();
    if (!waiting.isEmpty()) {
      type("retry", waiting);
    }
  }

  private void type(String word, List<String> paths)
      throws NoFigure, IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(word));
    words.addAll(paths);
    stack.installation().tryTo(words.toArray(String[]::new));
  }

  /** A film that failed is whole; tried again it has to go well. */
  private int retryFailed() throws NoFigure, IOException, InterruptedException {
    List<String> failed = failed().stream().map(row -> row.path().toString()).toList();
    if (!failed.isEmpty()) {
      type("retry", failed);
      underFire(List.of(), false, () -> {});
    }
    return failed.size();
  }

  private List<VideoRow> failed() {
    return ledger().stream()
        .flatMap(rows -> rows.videos().stream())
        .filter(row -> row.is("failed"))
        .toList();
  }

  private List<Violation> look(Rest rest, int causes) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TO_TIDY.toNanos();
    while (true) {
      Optional<Ledger> ledger = ledger();
      List<Violation> found =
          ledger.isPresent()
              ? Inspection.of(Look.at(stack, films, ledger.get(), causes), numbered)
              : List.of(new Violation(Kind.STUCK, "the database does not answer"));
      if (found.isEmpty() || !rest.isAtRest() || System.nanoTime() > deadline) {
        return found;
      }
      Thread.sleep(WIDE_LOOK_MILLIS);
    }
  }

  private List<Violation> sequel() throws NoFigure, IOException, InterruptedException {
    return switch (batch.sequel()) {
      case Sequel.Nothing() -> List.of();
      case Sequel.OrderAgain() -> orderAgain();
      case Sequel.Undo(List<Integer> places, Fault fault) -> undo(places, fault);
    };
  }

  /** Whatever is encoded, or was put back, stays as it is. */
  private List<Violation> orderAgain() throws NoFigure, IOException, InterruptedException {
    int before = launches();
    long open = films.stream().filter(film -> !hasBeenReplaced(film)).count();
    stack.insist("enqueue", folder.toString());
    Rest rest = underFire(List.of(), false, () -> {});
    List<Violation> found = new ArrayList<>(look(rest, batch.endsOfEncodes() + 1));
    if (launches() - before > open) {
      found.add(
          new Violation(
              Kind.DOUBLE_WORK,
              "ordered again, %d films were encoded, and %d were open"
                  .formatted(launches() - before, open)));
    }
    return found;
  }

  private List<Violation> undo(List<Integer> places, Fault fault)
      throws NoFigure, IOException, InterruptedException {
    List<Original> chosen =
        places.stream().map(films::get).filter(film -> isReplaced(film)).toList();
    if (chosen.isEmpty()) {
      return List.of();
    }
    List<Violation> found = new ArrayList<>();
    for (int tries = 0; tries < UNDO_TRIES; tries++) {
      List<String> paths =
          chosen.stream()
              .filter(film -> isReplaced(film))
              .map(film -> film.target().toString())
              .toList();
      if (!paths.isEmpty()) {
        List<Fault> now = tries == 0 ? List.of(fault) : List.of();
        Rest rest = underFire(now, true, () -> type("undo", paths));
        found = new ArrayList<>(look(rest, batch.endsOfEncodes() + 1));
      }
    }
    for (Original film : chosen) {
      if (isReplaced(film)) {
        found.add(new Violation(Kind.STUCK, "undo does not put back " + film.source()));
      }
    }
    if (found.isEmpty()) {
      found.addAll(orderAgain());
    }
    return found;
  }

  /** What is kept is let go, which makes room for the next batch; nothing else may go with it. */
  private List<Violation> accept() throws NoFigure, IOException, InterruptedException {
    List<String> kept =
        films.stream()
            .filter(film -> swaps(film).anyMatch(SwapRow::kept))
            .map(film -> (isReplaced(film) ? film.target() : film.source()).toString())
            .toList();
    if (kept.isEmpty()) {
      return List.of();
    }
    List<String> words = new ArrayList<>(List.of("quarantine", "accept"));
    words.addAll(kept);
    stack.insist(words.toArray(String[]::new));
    Rest rest = underFire(List.of(), false, () -> {});
    List<Violation> found = new ArrayList<>(look(rest, batch.endsOfEncodes() + 1));
    for (Original film : films) {
      if (swaps(film).anyMatch(SwapRow::kept)) {
        found.add(new Violation(Kind.STUCK, "accepted, and kept still: " + film.source()));
      }
    }
    return found;
  }

  /** Whether it is, or was and has been put back: then it is to be left alone. */
  private boolean hasBeenReplaced(Original film) {
    return swaps(film).anyMatch(row -> row.is("done") || row.is("undone"));
  }

  private boolean isReplaced(Original film) {
    return swaps(film).anyMatch(row -> row.is("done"));
  }

  private Stream<SwapRow> swaps(Original film) {
    return ledger().stream().flatMap(rows -> rows.swaps(film.source()).stream());
  }

  /** Ends what has not ended, and removes films and quarantine. */
  void clear() throws NoFigure, IOException, InterruptedException {
    Optional<Ledger> ledger = ledger();
    List<String> open =
        ledger.stream()
            .flatMap(rows -> rows.videos().stream())
            .filter(row -> !row.isAtRest())
            .map(row -> row.path().toString())
            .toList();
    if (!open.isEmpty()) {
      type("cancel", open);
    }
    Trees.remove(folder);
    for (SwapRow row : ledger.map(Ledger::swaps).orElse(List.of())) {
      Trees.remove(row.quarantine());
    }
  }
}
