package dev.reencodarr.fakearr.disk;

import dev.reencodarr.fakearr.event.ArrEvent;
import dev.reencodarr.fakearr.event.Events;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Title;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Renames files on disk; one that cannot be renamed is passed over, and nobody is told. */
public final class Renamer {

  private final Library library;
  private final Naming naming;
  private final Events events;
  private final AtomicInteger toFail = new AtomicInteger();

  public Renamer(Library library, Naming naming, Events events) {
    this.library = library;
    this.naming = naming;
    this.events = events;
  }

  /** Has the next renames of files fail. */
  public void failNext(int renames) {
    toFail.set(renames);
  }

  /** Renames those of these files that are not called as they are to be. */
  public void rename(Title title, Collection<Long> files) {
    List<ArrEvent.NewName> renamed = new ArrayList<>();
    for (long id : files) {
      library.file(id).ifPresent(file -> rename(title, file, renamed));
    }
    if (!renamed.isEmpty()) {
      events.tell(new ArrEvent.Renamed(title, renamed));
    }
  }

  private void rename(Title title, MediaFile file, List<ArrEvent.NewName> renamed) {
    String wanted = naming.newPath(title, file).orElse(file.relativePath());
    if (wanted.equals(file.relativePath()) || fails()) {
      return;
    }
    try {
      if (title.onDisk()) {
        move(title.folder().resolve(file.relativePath()), title.folder().resolve(wanted));
      }
    } catch (IOException _) {
      // As the program does: a line in its log, and the command is completed.
      return;
    }
    MediaFile now = file.at(wanted);
    library.put(now);
    renamed.add(new ArrEvent.NewName(now, library.parts(now), file.relativePath()));
  }

  private boolean fails() {
    return toFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    Files.createDirectories(to.getParent());
    Files.move(from, to);
  }
}
