package dev.reencodarr.workflows.sync;

import java.util.List;

/**
 * Titles of a connection at which something has happened: they are to be looked at as they are now.
 *
 * @param connection its id, by which its address and key are found
 * @param name for people
 * @param zone whose machines reach it and see its files
 * @param titles ids of series or movies, each once
 */
public record TouchedTitles(
    long connection, String name, ArrKind kind, String zone, List<Long> titles) {

  public TouchedTitles {
    titles = titles.stream().distinct().toList();
  }

  /** The same connection with other titles. */
  public TouchedTitles with(List<Long> others) {
    return new TouchedTitles(connection, name, kind, zone, others);
  }
}
