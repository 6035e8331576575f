package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.media.VideoState;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The videos that a command is about: some by name, all of a library, or all there are. */
final class ScopeChoice {

  private static final int MANY = 1_000_000;

  @Mixin private VideoChoice videos = new VideoChoice();

  @Option(
      names = "--library",
      paramLabel = "LIBRARY",
      description = "All of this library: its name, id or folder.")
  private @Nullable String library;

  @Option(names = "--all", description = "All of every library.")
  private boolean all;

  /** Fails where not exactly one way to choose is given. */
  void requireOneWay() throws CommandFailed {
    requireOneWay(false, "--library LIBRARY or --all");
  }

  /**
   * The same for a command that has a way of its own.
   *
   * @param otherWay whether that way is given
   * @param others every way but VIDEO…, for people
   */
  void requireOneWay(boolean otherWay, String others) throws CommandFailed {
    if (library != null && all) {
      throw CommandFailed.usage("either --library LIBRARY or --all, not both");
    }
    if (otherWay && (library != null || all)) {
      throw CommandFailed.usage("only one of " + others);
    }
    videos.requireOneWay(all || library != null || otherWay, others);
  }

  boolean isAll() {
    return all;
  }

  /** The library that is named; empty where none is. */
  Optional<Library> library(Connections connections, Surroundings surroundings)
      throws CommandFailed {
    return library == null
        ? Optional.empty()
        : Optional.of(Register.of(connections, surroundings).require(library));
  }

  /** The videos that are named; empty where they are chosen in another way. */
  List<Video> named(Connections connections, Surroundings surroundings) throws CommandFailed {
    return new VideoLookup(connections.database(), surroundings.workingFolder())
        .requireAll(videos.typed());
  }

  /**
   * The videos that are named, or those of the library, or all.
   *
   * @param state only in these states, where they are not named
   */
  List<Video> chosen(
      Connections connections, Surroundings surroundings, Predicate<VideoState> state)
      throws CommandFailed {
    Optional<Library> inside = library(connections, surroundings);
    if (!all && inside.isEmpty()) {
      return named(connections, surroundings);
    }
    return new VideoRepository(connections.database())
        .list(state, new VideoRepository.Filter(Optional.empty(), inside.map(Library::id), MANY));
  }
}
