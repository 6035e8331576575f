package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.workflows.media.MediaPath;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Paths of a connection as we call them. */
public final class KnownPath {

  private static final Logger log = LoggerFactory.getLogger(KnownPath.class);

  private KnownPath() {}

  /** As we call a path; empty where it is none that can be used here. */
  public static Optional<MediaPath> ours(Connection connection, String theirs) {
    try {
      String path = connection.paths().ours(theirs);
      boolean endsWithSlash = path.length() > 1 && path.endsWith("/");
      return Optional.of(
          new MediaPath(endsWithSlash ? path.substring(0, path.length() - 1) : path));
    } catch (IllegalArgumentException e) {
      log.debug("a path of {} cannot be used here", connection.name(), e);
      return Optional.empty();
    }
  }
}
