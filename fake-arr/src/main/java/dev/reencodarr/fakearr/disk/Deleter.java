package dev.reencodarr.fakearr.disk;

import dev.reencodarr.fakearr.event.ArrEvent;
import dev.reencodarr.fakearr.event.DeleteReason;
import dev.reencodarr.fakearr.event.Events;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Title;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Deletes files as a user does who presses the button. */
public final class Deleter {

  private final Library library;
  private final Events events;

  public Deleter(Library library, Events events) {
    this.library = library;
    this.events = events;
  }

  /**
   * Deletes a file, or moves it to the recycle bin.
   *
   * @return whether it did; not, where the root folder is missing or empty
   */
  public boolean delete(MediaFile file) throws IOException {
    Title title = library.requireTitle(file.title());
    if (title.onDisk()) {
      if (DiskScan.isMissingOrEmpty(Path.of(title.root()))) {
        return false;
      }
      discard(Path.of(title.pathOf(file)));
    }
    List<Part> parts = library.parts(file);
    library.remove(file);
    if (library.settings().unmonitorsDeleted()) {
      library.monitor(parts.stream().map(Part::id).toList(), false);
    }
    events.tell(new ArrEvent.FileDeleted(title, parts, file, DeleteReason.MANUAL));
    return true;
  }

  /** Removes a title; its files stay where they are. */
  public void forget(Title title) {
    long size = library.files(title.id()).stream().mapToLong(MediaFile::size).sum();
    library.remove(title);
    events.tell(new ArrEvent.TitleDeleted(title, false, size));
  }

  private void discard(Path path) throws IOException {
    String bin = library.settings().recycleBin();
    if (bin.isEmpty()) {
      Files.deleteIfExists(path);
    } else if (Files.exists(path)) {
      Files.createDirectories(Path.of(bin));
      Files.move(path, Path.of(bin).resolve(path.getFileName()));
    }
  }
}
