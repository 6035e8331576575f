package dev.reencodarr.workflows.temporal;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.sync.ArrKind;

/**
 * In whose name a video waits at the queues, and how much of the machines that one gets beside the
 * others: of equal priority, a weight of 5 has five turns for each one of a weight of 1.
 *
 * @param key one for all who share a part
 * @param weight above 0
 */
public record FairShare(String key, float weight) {

  private static final float USUAL = 1;

  /** Series are many small files that people wait for; movies are few large ones. */
  private static final float OF_SONARR = 5;

  /** Of a file that nobody manages: with its library. */
  public static FairShare of(LibraryId library) {
    return new FairShare(library.toString(), USUAL);
  }

  /** Of a file that Sonarr or Radarr manages: with all of its kind. */
  public static FairShare of(ArrKind kind) {
    return new FairShare(
        kind.code(),
        switch (kind) {
          case SONARR -> OF_SONARR;
          case RADARR -> USUAL;
        });
  }
}
