package dev.reencodarr.workflows.sync;

import java.util.Set;

/**
 * A series or a movie.
 *
 * @param path of its folder
 * @param ended a series of which nothing more will come; false for movies
 * @param tags their ids
 * @param files how many it says that it has; 0 for none
 */
public record Title(
    long id,
    String title,
    String path,
    boolean monitored,
    boolean ended,
    long qualityProfile,
    Set<Long> tags,
    int files) {
  public Title {
    tags = Set.copyOf(tags);
  }
}
