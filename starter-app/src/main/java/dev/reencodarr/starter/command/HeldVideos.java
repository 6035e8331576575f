package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.HeldResultRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.media.LibraryId;
import java.util.List;
import java.util.Optional;

/** The videos whose results an operator's word is about. */
final class HeldVideos {

  private HeldVideos() {}

  /** Those that are named, whatever they wait for; or those of a library or all that are held. */
  static List<Video> chosen(ScopeChoice choice, Connections connections, Surroundings surroundings)
      throws CommandFailed {
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
