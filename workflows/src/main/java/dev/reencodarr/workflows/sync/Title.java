package dev.reencodarr.workflows.sync;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

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
    // In an order: it is compared as text with what is written down.
    tags = Collections.unmodifiableSet(new TreeSet<>(tags));
  }
}
