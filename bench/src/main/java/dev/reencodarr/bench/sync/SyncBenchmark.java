package dev.reencodarr.bench.sync;

import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.KeptConnection;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.stack.Ended;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import dev.reencodarr.fakearr.FakeArr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Sonarr and a Radarr with 100,000 files, looked through for the first time, and again. */
public final class SyncBenchmark implements Benchmark {

  private static final String FIRST = "100,000 files of Sonarr and Radarr, first sync";
  private static final String SECOND = "the same, nothing has changed";
  private static final String PEER = "a question for each title, an upsert for each file";
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(500);

  @Override
  public String name() {
    return "sync";
  }

  @Override
  public String about() {
    return "1,000 series and 5,000 movies with 100,000 files, first sync and one without changes (5 min)";
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    try (FakeArr sonarr = FakeArr.sonarr();
        FakeArr radarr = FakeArr.radarr();
        Installation stack = place.installation("home", List.of(), Map.of())) {
      place.say().accept("starting a stack");
      stack.type("up", "--detach");
      prepare(place, stack, sonarr, radarr);
      try (KeptConnection connection =
          new KeptConnection(
              ConnectionSource.of(
                  SettingsFile.read(stack.home(), Map.of()).settings().connections()))) {
        return rows(place, stack, sonarr, radarr, new Database(connection));
      }
    }
  }

  /** They are added while they are empty: what they will have is on no disk to be compared with. */
  private static void prepare(Workplace place, Installation stack, FakeArr sonarr, FakeArr radarr)
      throws NoFigure, IOException, InterruptedException {
    Path tv = place.folder("tv");
    Path films = place.folder("films");
    stack.type("library", "add", tv.toString());
    stack.type("library", "add", films.toString());
    Path key = Files.writeString(place.folder().resolve("key"), FakeArr.KEY);
    for (FakeArr program : List.of(sonarr, radarr)) {
      program.requests().turnOff();
      stack.type(
          "sync",
          "add",
          program.kind().isSonarr() ? "sonarr" : "radarr",
          "--url",
          program.url().toString(),
          "--api-key-file",
          key.toString());
    }
    ManyTitles.series(sonarr, tv);
    ManyTitles.movies(radarr, films);
  }

  private static List<Row> rows(
      Workplace place, Installation stack, FakeArr sonarr, FakeArr radarr, Database database)
      throws NoFigure, IOException, InterruptedException {
    double peerFirst;
    double peerSecond;
    try (OneByOne peer = new OneByOne(database)) {
      place.say().accept("the plain way, twice");
      peerFirst = peer.seconds(sonarr, radarr);
      peerSecond = peer.seconds(sonarr, radarr);
    }
    try (HeapWatch heap = new HeapWatch(stack.worker(), place.folder())) {
      place.say().accept("the first sync");
      Ended first = sync(stack, ManyTitles.EPISODES, ManyTitles.MOVIES);
      place.say().accept("waiting until its orders are done");
      awaitIdle(database);
      place.say().accept("the second sync");
      WrittenRows written = WrittenRows.from(database);
      Ended second = sync(stack, 0, 0);
      return List.of(
          Row.alone(FIRST, "wall time", "s", first.seconds(), new Goal.AtMost(120))
              .against(PEER, peerFirst),
          Row.alone(SECOND, "wall time", "s", second.seconds(), new Goal.AtMost(60))
              .against(PEER, peerSecond),
          Row.alone(
              SECOND,
              "rows of titles and files written",
              "",
              (double) written.count(),
              new Goal.AtMost(0)),
          Row.alone("both", "heap of the worker, peak", "MB", heap.peakMb(), new Goal.AtMost(512)));
    }
  }

  private static Ended sync(Installation stack, int newEpisodes, int newMovies)
      throws NoFigure, IOException, InterruptedException {
    Ended ended = stack.type("sync", "run", "--wait");
    for (String line :
        List.of(
            "%d files, %d new, 0 changed, 0 gone".formatted(ManyTitles.EPISODES, newEpisodes),
            "%d files, %d new, 0 changed, 0 gone".formatted(ManyTitles.MOVIES, newMovies))) {
      if (!ended.out().contains(line)) {
        throw new NoFigure("not \"" + line + "\" but: " + ended.out());
      }
    }
    return ended;
  }

  /** The folders that were ordered are not there; to see that takes a while, too. */
  private static void awaitIdle(Database database) throws InterruptedException, NoFigure {
    RequestRepository requests = new RequestRepository(database);
    List<Library> libraries = new LibraryRepository(database).list();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (libraries.stream().anyMatch(library -> !requests.open(library.id()).isEmpty())) {
      if (System.nanoTime() > deadline) {
        throw new NoFigure("the orders of the first sync are not done within " + PATIENCE);
      }
      Thread.sleep(POLL);
    }
  }
}
