package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.HeldResultRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.order.Answer;
import dev.reencodarr.activities.store.order.Reviews;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.workflows.media.LibraryId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The videos whose results an operator's word is about. */
final class HeldVideos {

  private HeldVideos() {}

  /**
   * Says a word of each.
   *
   * @param done continues "3 results", for people
   * @return the exit code: whether all of them took it
   */
  static int tell(
      ScopeChoice choice,
      Surroundings surroundings,
      BiFunction<Reviews, Video, Answer> word,
      String done)
      throws CommandFailed {
    choice.requireOneWay();
    int counted = 0;
    int refused = 0;
    try (Connections connections = Connections.of(surroundings)) {
      Reviews reviews = new Reviews(connections.temporal());
      for (Video video : chosen(choice, connections, surroundings)) {
        Answer answer = word.apply(reviews, video);
        surroundings.sayRefusal(answer);
        counted += answer.counts() ? 1 : 0;
        refused += answer.counts() ? 0 : 1;
      }
    }
    surroundings.out().println(Figures.count(counted, "result") + " " + done);
    return (refused > 0 ? ExitCode.FAILED : ExitCode.DONE).code();
  }

  /** Those that are named, whatever they wait for; or those of a library or all that are held. */
  private static List<Video> chosen(
      ScopeChoice choice, Connections connections, Surroundings surroundings) throws CommandFailed {
    Optional<LibraryId> library = choice.library(connections, surroundings).map(Library::id);
    if (!choice.isAll() && library.isEmpty()) {
      return choice.named(connections, surroundings);
    }
    VideoRepository videos = new VideoRepository(connections.database());
    return new HeldResultRepository(connections.database())
        .waiting(library.map(LibraryScope::of).orElseGet(LibraryScope::all)).stream()
            .flatMap(held -> videos.find(held.result().video()).stream())
            .toList();
  }
}
