package dev.reencodarr.fakearr.history;

import dev.reencodarr.fakearr.event.ArrEvent;
import dev.reencodarr.fakearr.event.DeleteReason;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.Language;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Quality;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.fakearr.time.FakeClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Writes down what happens, and which releases failed. */
public final class History {

  private final ArrKind kind;
  private final FakeClock clock;
  private final List<HistoryEntry> entries = new ArrayList<>();
  private final List<Blocked> blocklist = new ArrayList<>();
  private long lastId = 0;

  public History(ArrKind kind, FakeClock clock) {
    this.kind = kind;
    this.clock = clock;
  }

  /** Oldest first. */
  public synchronized List<HistoryEntry> entries() {
    return List.copyOf(entries);
  }

  public synchronized List<HistoryEntry> since(Instant since) {
    return entries.stream().filter(entry -> !entry.at().isBefore(since)).toList();
  }

  public List<HistoryEntry> of(HistoryKind wanted) {
    return entries().stream().filter(entry -> entry.kind() == wanted).toList();
  }

  public Optional<HistoryEntry> entry(long id) {
    return first(entry -> entry.id() == id);
  }

  /** The first of a download's grabs. */
  public Optional<HistoryEntry> grab(String downloadId) {
    return first(
        entry -> entry.kind() == HistoryKind.GRABBED && entry.downloadId().equals(downloadId));
  }

  private Optional<HistoryEntry> first(Predicate<HistoryEntry> which) {
    return entries().stream().filter(which).findFirst();
  }

  public synchronized List<Blocked> blocklist() {
    return List.copyOf(blocklist);
  }

  /** Writes an event down; those that the programs do not write are passed over. */
  public synchronized void write(ArrEvent event) {
    switch (event) {
      case ArrEvent.Grabbed grabbed ->
          writeEach(
              HistoryKind.GRABBED,
              grabbed.title(),
              grabbed.parts(),
              grabbed.release(),
              Quality.parsed(kind, grabbed.release()),
              grabbed.downloadId(),
              Map.of("indexer", "Indexer", "protocol", "2"));
      case ArrEvent.DownloadFailed failed -> writeFailed(failed);
      case ArrEvent.Imported imported -> writeImported(imported);
      case ArrEvent.Renamed renamed ->
          renamed.files().forEach(file -> writeRenamed(renamed.title(), file));
      case ArrEvent.FileDeleted deleted -> writeDeleted(deleted);
      case ArrEvent.TitleAdded _ -> {}
      case ArrEvent.TitleDeleted gone ->
          entries.removeIf(entry -> entry.title() == gone.title().id());
    }
  }

  private void writeFailed(ArrEvent.DownloadFailed failed) {
    writeEach(
        HistoryKind.DOWNLOAD_FAILED,
        failed.title(),
        failed.parts(),
        failed.release(),
        Quality.parsed(kind, failed.release()),
        failed.downloadId(),
        Map.of("message", failed.message()));
    blocklist.add(
        new Blocked(
            blocklist.size() + 1L,
            failed.title().id(),
            failed.parts().stream().map(Part::id).toList(),
            failed.release(),
            clock.instant(),
            failed.message()));
  }

  private void writeImported(ArrEvent.Imported imported) {
    MediaFile file = imported.file();
    writeEach(
        HistoryKind.IMPORTED,
        imported.title(),
        imported.parts(),
        imported.release(),
        file.quality(),
        imported.downloadId(),
        Map.of(
            "fileId", Long.toString(file.id()),
            "droppedPath", imported.source(),
            "importedPath", imported.title().pathOf(file),
            "size", Long.toString(file.size())));
  }

  private void writeRenamed(Title title, ArrEvent.NewName renamed) {
    MediaFile file = renamed.file();
    writeEach(
        HistoryKind.FILE_RENAMED,
        title,
        renamed.parts(),
        title.path() + "/" + renamed.before(),
        file.quality(),
        "",
        Map.of(
            "sourcePath", title.path() + "/" + renamed.before(),
            "sourceRelativePath", renamed.before(),
            "path", title.pathOf(file),
            "relativePath", file.relativePath()));
  }

  private void writeDeleted(ArrEvent.FileDeleted deleted) {
    if (deleted.reason() == DeleteReason.NO_LINKED_EPISODES) {
      return;
    }
    writeEach(
        HistoryKind.FILE_DELETED,
        deleted.title(),
        deleted.parts(),
        deleted.title().pathOf(deleted.file()),
        deleted.file().quality(),
        "",
        Map.of(
            "reason", deleted.reason().inHistory(),
            "size", Long.toString(deleted.file().size())));
  }

  private void writeEach(
      HistoryKind what,
      Title title,
      List<Part> parts,
      String release,
      Quality quality,
      String downloadId,
      Map<String, String> data) {
    List<Language> languages = List.of(Language.of(release, title.original()));
    for (Part part : parts) {
      entries.add(
          new HistoryEntry(
              ++lastId,
              what,
              title.id(),
              part.id(),
              clock.instant(),
              release,
              quality,
              languages,
              downloadId,
              data));
    }
  }
}
