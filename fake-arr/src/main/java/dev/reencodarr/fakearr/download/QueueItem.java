package dev.reencodarr.fakearr.download;

import dev.reencodarr.fakearr.library.Part;
import java.util.List;

/** A download that has not come in yet. */
public record QueueItem(
    long id, long title, List<Part> parts, String release, String downloadId, long size) {
  public QueueItem {
    parts = List.copyOf(parts);
  }
}
