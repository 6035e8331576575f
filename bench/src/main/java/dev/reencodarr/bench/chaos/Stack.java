package dev.reencodarr.bench.chaos;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.stack.Ended;
import dev.reencodarr.bench.stack.HomeProcesses;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.trial.Workplace;
import dev.reencodarr.starter.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stack that is hit: a home and a library on file systems of their own where that is possible,
 * and lines of ours between the programs and their servers.
 *
 * @param disks file systems of work folder and library; empty where none can be mounted
 * @param changing held by whoever starts or ends it as a whole
 */
record Stack(
    Installation installation,
    Home home,
    Path library,
    HomeProcesses processes,
    Rows rows,
    StandIns tools,
    Line temporal,
    Line database,
    Map<FaultKind, SmallDisk> disks,
    ReentrantLock changing)
    implements AutoCloseable {

  private static final int TRIES = 6;

  /** Lays one out and starts it. */
  static Stack start(Workplace place, Plan plan, FilmStock stock, boolean smallDisks)
      throws NoFigure, IOException, InterruptedException {
    Home home = new Home(place.folder("home"));
    Path library = place.folder("library");
    Map<FaultKind, SmallDisk> disks =
        smallDisks
            ? Map.of(
                FaultKind.FILL_WORK, SmallDisk.at(home.work()),
                FaultKind.FILL_LIBRARY, SmallDisk.at(library))
            : Map.of();
    StandIns tools =
        StandIns.layOut(place.folder("stand-ins"), place.tools(), stock.results(), plan.real());
    Line temporal = Line.to(() -> Rows.temporal(home));
    Line database = Line.to(() -> Rows.database(home));
    Installation installation =
        place.installation(
            "home",
            List.of(
                "free_space_reserve: 16MiB",
                "open_videos: 8",
                "cpu_jobs: " + (plan.real() ? 1 : 4),
                "vmaf_scale: none"),
            Map.of(
                "PATH",
                tools.folder() + ":" + Optional.ofNullable(System.getenv("PATH")).orElse(""),
                "REENCODARR_TEMPORAL_ADDRESS",
                "127.0.0.1:" + temporal.port(),
                "REENCODARR_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:" + database.port() + "/reencodarr?user=postgres",
                "REENCODARR_DATABASE_PASSWORD_FILE",
                home.postgres().resolve("password").toString()));
    Stack stack =
        new Stack(
            installation,
            home,
            library,
            new HomeProcesses(home),
            new Rows(home),
            tools,
            temporal,
            database,
            disks,
            new ReentrantLock());
    stack.up();
    stack.insist("library", "add", library.toString(), "--name", "chaos");
    return stack;
  }

  /** Starts what does not run; by the words that a person would type, again where they fail. */
  void up() throws NoFigure, IOException, InterruptedException {
    insist("up", "--detach");
  }

  /** Types a command until it ends well. */
  void insist(String... words) throws NoFigure, IOException, InterruptedException {
    Ended last = installation.tryTo(words);
    for (int tries = 1; last.exitCode() != 0; tries++) {
      if (tries == TRIES) {
        throw new NoFigure(String.join(" ", words) + " fails: " + last.out() + last.err());
      }
      Thread.sleep(1000L * tries);
      last = installation.tryTo(words);
    }
  }

  /** Starts it if nobody is about to and it is down. */
  void upIfDown() throws NoFigure, IOException, InterruptedException {
    if (processes.supervisor().isEmpty() && changing.tryLock()) {
      try {
        if (processes.supervisor().isEmpty()) {
          up();
        }
      } finally {
        changing.unlock();
      }
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
    installation.close();
    temporal.close();
    database.close();
    for (SmallDisk disk : disks.values()) {
      disk.close();
    }
  }
}
