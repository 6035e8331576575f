package dev.reencodarr.activities.sync.arr;

import java.time.Instant;

/**
 * Something that happened to a title.
 *
 * @param title id of its series or movie
 * @param release the title of the release that it is about
 * @param path where a file was put or is called now; empty where none is told
 * @param file id of the file that came of an import; 0 where none is told
 * @param size bytes of the file that came of an import; 0 where none are told
 * @param download by which grab and import are known to be of one download; empty where none is
 *     told
 */
public record HistoryEvent(
    long id,
    Kind kind,
    long title,
    Instant at,
    String release,
    String path,
    long file,
    long size,
    String download) {

  /** Of these alone we take notice. */
  public enum Kind {
    GRABBED,
    IMPORTED,
    DOWNLOAD_FAILED,
    FILE_DELETED,
    FILE_RENAMED,
    OTHER
  }
}
