package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.PauseScope;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.media.VideoState;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pauses work, until it is resumed. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = {
      "Pauses videos, a library or everything until it is resumed, through restarts.",
      "What runs is finished first; no further step is begun."
    })
final class PauseCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ScopeChoice choice = new ScopeChoice();

  @Option(
      names = "--freeze",
      description = {
        "Stop encodes where they stand instead, within seconds; they go on from there.",
        "A probe of a search is given up, and measured again later."
      })
  private boolean freeze;

  PauseCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    choice.requireOneWay();
    // The rows are all: steps look at them, whether or not Temporal can be reached now.
    try (Connections connections = Connections.of(surroundings)) {
      PauseRepository pauses = new PauseRepository(connections.database());
      Optional<Library> library = choice.library(connections, surroundings);
      if (choice.isAll()) {
        pauses.pause(new PauseScope.Everything(), freeze);
        say("everything");
      } else if (library.isPresent()) {
        pauses.pause(new PauseScope.OfLibrary(library.get().id()), freeze);
        say("library " + library.get().name());
      } else {
        int paused = 0;
        for (Video video : choice.named(connections, surroundings)) {
          paused += pause(pauses, video) ? 1 : 0;
        }
        say(Figures.count(paused, "video"));
      }
    }
    return ExitCode.DONE.code();
  }

  private boolean pause(PauseRepository pauses, Video video) {
    if (video.state() != VideoState.FOUND && !video.state().isWork()) {
      surroundings.say(
          Printable.of(video.path().value()) + ": nothing to pause, it is " + video.state().code());
      return false;
    }
    pauses.pause(new PauseScope.OfVideo(video.id()), freeze);
    return true;
  }

  private void say(String what) {
    surroundings
        .out()
        .println(
            Printable.of(what) + " paused; what runs is " + (freeze ? "frozen" : "finished first"));
  }
}
