package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.order.Answer;
import dev.reencodarr.activities.store.order.Cancelling;
import dev.reencodarr.starter.view.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the work on videos. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Stops the work on videos; their files stay as they are.")
final class CancelCommand implements Callable<Integer> {

  private static final Duration A_MOMENT = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final Surroundings surroundings;

  @Mixin private ScopeChoice choice = new ScopeChoice();

  CancelCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    choice.requireOneWay();
    try (Connections connections = Connections.of(surroundings)) {
      Cancelling cancelling = new Cancelling(connections.database(), connections.temporal());
      List<Video> cancelled = new ArrayList<>();
      for (Video video : chosen(connections)) {
        Answer answer = cancelling.cancel(video);
        surroundings.sayRefusal(answer);
        if (answer.counts()) {
          cancelled.add(video);
        }
      }
      boolean ended = haveEnded(new VideoRepository(connections.database()), cancelled);
      surroundings.out().println(Figures.count(cancelled.size(), "video") + " cancelled");
      if (!ended) {
        surroundings.say("not all of them have ended what they were doing yet");
      }
    }
    return ExitCode.DONE.code();
  }

  /** Looks for a moment whether the runs have written their ends. */
  private static boolean haveEnded(VideoRepository videos, List<Video> cancelled)
      throws InterruptedException {
    long deadline = System.nanoTime() + A_MOMENT.toNanos();
    for (Video video : cancelled) {
      while (isAtWork(videos, video)) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(LOOK_EVERY);
      }
    }
    return true;
  }

  private static boolean isAtWork(VideoRepository videos, Video video) {
    return videos.find(video.id()).filter(now -> now.state().isWork()).isPresent();
  }

  /** Those that wait first, so that none of them is started in place of one that ends. */
  private List<Video> chosen(Connections connections) throws CommandFailed {
    return choice.chosen(connections, surroundings, Cancelling::isFor);
  }
}
