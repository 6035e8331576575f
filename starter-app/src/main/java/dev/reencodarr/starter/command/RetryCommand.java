package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries videos again that are settled. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = "Tries videos again that failed, were cancelled, left alone or put back.")
final class RetryCommand implements Callable<Integer> {

  private static final int MANY = 1_000_000;

  private final Surroundings surroundings;

  @Mixin private VideoChoice choice = new VideoChoice();

  @Option(names = "--all", description = "All that failed.")
  private boolean all;

  @Option(
      names = "--failed-with",
      paramLabel = "CODE",
      description = "All that failed with this code, such as EXIT_137.")
  private @Nullable String code;

  RetryCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    choice.requireOneWay(all || code != null, "--all or --failed-with CODE");
    try (Connections connections = Connections.of(surroundings)) {
      Database database = connections.database();
      List<Orders.Scope> scopes = new ArrayList<>();
      for (Video video : chosen(database)) {
        requeue(database, video).ifPresent(scopes::add);
      }
      if (!scopes.isEmpty()) {
        new Orders(database, connections.temporal()).place(scopes, Wishes.none(), false);
      }
      surroundings.out().println(Figures.count(scopes.size(), "video") + " ordered again");
    }
    return ExitCode.DONE.code();
  }

  private List<Video> chosen(Database database) throws CommandFailed {
    VideoRepository videos = new VideoRepository(database);
    if (code != null) {
      return videos.failedWith(code);
    }
    if (all) {
      return videos.list(VideoRepository.Filter.in(VideoState.FAILED, MANY));
    }
    return new VideoLookup(database, surroundings.workingFolder()).requireAll(choice.typed());
  }

  private Optional<Orders.Scope> requeue(Database database, Video video) {
    Optional<Library> library = new LibraryRepository(database).find(video.library());
    if (library.isEmpty()) {
      surroundings.say(Printable.of(video.path().value()) + ": its library was removed");
      return Optional.empty();
    }
    if (!new VideoRepository(database).requeue(video.id())) {
      surroundings.say(Printable.of(video.path().value()) + ": it is being worked on");
      return Optional.empty();
    }
    return Optional.of(new Orders.Scope(library.get(), video.path()));
  }
}
