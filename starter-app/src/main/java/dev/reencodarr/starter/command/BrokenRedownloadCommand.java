package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.starter.view.Figures;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Has Sonarr or Radarr get other copies of broken files. */
@Command(
    name = "redownload",
    mixinStandardHelpOptions = true,
    description = {
      "Has Sonarr or Radarr get another copy of a broken file: its release is marked as failed,",
      "another one is searched for, and the broken file is kept until the other one is there."
    })
final class BrokenRedownloadCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "1..*", paramLabel = "VIDEO", description = "Ids or paths of files.")
  private List<String> typed = List.of();

  BrokenRedownloadCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    int refused = 0;
    try (Connections connections = Connections.of(surroundings)) {
      BrokenSourceRepository sources = new BrokenSourceRepository(connections.database());
      ManagedRepository managed = new ManagedRepository(connections.database());
      List<Video> videos =
          new VideoLookup(connections.database(), surroundings.workingFolder()).requireAll(typed);
      for (Video video : videos) {
        if (managed.managersOf(video.path()).isEmpty()) {
          surroundings.sayRefusal(video.path() + ": neither Sonarr nor Radarr manages it");
          refused++;
        } else if (!sources.order(video.id())) {
          surroundings.sayRefusal(
              video.path() + ": it is not known to be broken, or another copy is being got");
          refused++;
        }
      }
      int ordered = videos.size() - refused;
      surroundings
          .out()
          .println(
              "another copy of "
                  + Figures.count(ordered, "file")
                  + " ordered; ./reencodarr broken list shows what comes of it");
    }
    return (refused == 0 ? ExitCode.DONE : ExitCode.USAGE).code();
  }
}
