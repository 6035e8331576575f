package dev.reencodarr.fakearr.download;

import dev.reencodarr.fakearr.event.ArrEvent;
import dev.reencodarr.fakearr.event.DeleteReason;
import dev.reencodarr.fakearr.event.Events;
import dev.reencodarr.fakearr.library.FileName;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Title;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What indexers and download clients bring: a test plays their part. */
public final class Downloads {

  private final Library library;
  private final Events events;
  private final List<QueueItem> queue = new CopyOnWriteArrayList<>();
  private final AtomicLong last = new AtomicLong();

  public Downloads(Library library, Events events) {
    this.library = library;
    this.events = events;
  }

  /** What is under way. */
  public List<QueueItem> queue() {
    return List.copyOf(queue);
  }

  /**
   * Takes a release from an indexer: it stands in the queue until {@link #imported}.
   *
   * @param release such as {@code Dark.S01E02.1080p.WEB-DL.x264-GRP}
   */
  public QueueItem grab(long title, String release) {
    Title found = library.requireTitle(title);
    long id = last.incrementAndGet();
    String downloadId = String.format(Locale.ROOT, "%040X", id);
    List<Part> parts = library.partsNamed(found, release);
    QueueItem item = new QueueItem(id, title, parts, release, downloadId, 1L << 30);
    queue.add(item);
    events.tell(new ArrEvent.Grabbed(found, parts, release, downloadId));
    return item;
  }

  /** Takes a download out of the queue that will never come. */
  public void abandon(QueueItem item) {
    queue.remove(item);
  }

  /**
   * Takes a finished download in; the file lies in its title's folder already. What held its parts
   * before is deleted, as an upgrade does.
   */
  public MediaFile imported(QueueItem item, Path path) throws IOException {
    Title title = library.requireTitle(item.title());
    MediaFile file =
        library
            .fromName(title, path)
            .withSceneName(item.release())
            .withReleaseGroup(new FileName(item.release()).releaseGroup());
    List<ArrEvent> happened = new ArrayList<>();
    List<MediaFile> replaced = replaced(title, file);
    for (MediaFile old : replaced) {
      if (!old.relativePath().equals(file.relativePath())) {
        Files.deleteIfExists(Path.of(title.pathOf(old)));
      }
      List<Part> parts = library.parts(old);
      library.remove(old);
      happened.add(new ArrEvent.FileDeleted(title, parts, old, DeleteReason.UPGRADE));
    }
    library.link(file);
    queue.remove(item);
    happened.add(
        new ArrEvent.Imported(
            title,
            library.parts(file),
            file,
            replaced,
            item.release(),
            item.downloadId(),
            "/downloads/" + item.release() + "/" + file.fileName()));
    happened.forEach(events::tell);
    return file;
  }

  private List<MediaFile> replaced(Title title, MediaFile file) {
    return library.partsNamed(title, file.fileName()).stream()
        .map(Part::file)
        .distinct()
        .flatMap(id -> library.file(id).stream())
        .toList();
  }
}
