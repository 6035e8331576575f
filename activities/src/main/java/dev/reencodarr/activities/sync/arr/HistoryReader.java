package dev.reencodarr.activities.sync.arr;

import dev.reencodarr.activities.sync.arr.HistoryEvent.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads what happened. The numbers of the events differ between the programs; their names tell
 * which program has them.
 *
 * @param titleId what the id of the series or movie is called
 */
record HistoryReader(String titleId) {

  /** The event; empty where it has no id, no title or no time. */
  Optional<HistoryEvent> read(Item event) {
    long id = event.id("id");
    long title = event.id(titleId);
    Optional<Instant> at = event.time("date");
    if (id == 0 || title == 0 || at.isEmpty()) {
      return Optional.empty();
    }
    Kind kind = kind(event.text("eventType"));
    return Optional.of(
        new HistoryEvent(
            id,
            kind,
            title,
            at.get(),
            event.text("sourceTitle"),
            path(kind, event.part("data")),
            kind == Kind.IMPORTED ? event.part("data").id("fileId") : 0,
            kind == Kind.IMPORTED ? event.part("data").number("size").orElse(0) : 0,
            event.text("downloadId")));
  }

  private static Kind kind(String event) {
    return switch (event.toLowerCase(Locale.ROOT)) {
      case "grabbed" -> Kind.GRABBED;
      case "downloadfolderimported" -> Kind.IMPORTED;
      case "downloadfailed" -> Kind.DOWNLOAD_FAILED;
      case "episodefiledeleted", "moviefiledeleted" -> Kind.FILE_DELETED;
      case "episodefilerenamed", "moviefilerenamed" -> Kind.FILE_RENAMED;
      default -> Kind.OTHER;
    };
  }

  private static String path(Kind kind, Item data) {
    String path =
        switch (kind) {
          case IMPORTED -> data.text("importedPath");
          case FILE_RENAMED -> data.text("path");
          case GRABBED, DOWNLOAD_FAILED, FILE_DELETED, OTHER -> "";
        };
    return TheirPath.isUsable(path) ? path : "";
  }
}
