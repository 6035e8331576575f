package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.Pause;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.PauseScope;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.order.Resuming;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.PauseView;
import dev.reencodarr.starter.view.Printable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets go on what was paused. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Lets videos, a library or everything go on that was paused.",
      "--all lifts the pauses of libraries and videos too."
    })
final class ResumeCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ScopeChoice choice = new ScopeChoice();

  ResumeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    choice.requireOneWay();
    try (Connections connections = Connections.of(surroundings)) {
      PauseRepository pauses = new PauseRepository(connections.database());
      int lifted = lift(pauses, connections);
      surroundings.out().println(Figures.count(lifted, "pause") + " lifted");
      call(connections);
      for (Pause left : pauses.list()) {
        surroundings.out().println("still paused: " + PauseView.of(left).line());
      }
    }
    return ExitCode.DONE.code();
  }

  private int lift(PauseRepository pauses, Connections connections) throws CommandFailed {
    Optional<Library> library = choice.library(connections, surroundings);
    if (choice.isAll()) {
      return pauses.resumeAll();
    }
    if (library.isPresent()) {
      return pauses.resume(new PauseScope.OfLibrary(library.get().id())) ? 1 : 0;
    }
    int lifted = 0;
    for (Video video : choice.named(connections, surroundings)) {
      if (pauses.resume(new PauseScope.OfVideo(video.id()))) {
        lifted++;
      } else {
        surroundings.say(Printable.of(video.path().value()) + ": it was not paused by itself");
      }
    }
    return lifted;
  }

  /** Calls the videos that wait, also where an earlier call has not reached them. */
  private void call(Connections connections) throws CommandFailed {
    List<Video> waiting =
        choice.chosen(connections, surroundings, Resuming::isFor).stream()
            .filter(video -> Resuming.isFor(video.state()))
            .toList();
    if (!waiting.isEmpty()) {
      Resuming resuming = new Resuming(connections.temporal());
      waiting.forEach(video -> surroundings.sayRefusal(resuming.call(video)));
    }
  }
}
