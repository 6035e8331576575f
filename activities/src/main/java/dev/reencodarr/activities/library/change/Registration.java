package dev.reencodarr.activities.library.change;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** Has one folder watched, without those in it. */
interface Registration {

  WatchKey register(Path folder, WatchService service) throws IOException;

  /** As the system does it. */
  static Registration real() {
    return (folder, service) ->
        folder.register(
            service,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
  }
}
