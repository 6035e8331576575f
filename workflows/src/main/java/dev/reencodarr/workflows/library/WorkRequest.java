package dev.reencodarr.workflows.library;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.List;

/**
 * One order for work on a library: a scan, an {@code enqueue}, a {@code run}. Its row in {@code
 * requests} is written by whoever asks, before the library's workflow is told.
 *
 * @param root of the library
 * @param scopes files and folders below the root (or the root itself) to look at
 * @param dryRun look and decide, start nothing
 * @param scheduled nobody waits for it: files that were changed lately are left for the next one
 */
public record WorkRequest(
    RequestId id,
    LibraryId library,
    MediaPath root,
    String zone,
    List<MediaPath> scopes,
    Wishes wishes,
    boolean dryRun,
    boolean scheduled) {

  /** By somebody who asks for it now. */
  public WorkRequest(
      RequestId id,
      LibraryId library,
      MediaPath root,
      String zone,
      List<MediaPath> scopes,
      Wishes wishes,
      boolean dryRun) {
    this(id, library, root, zone, scopes, wishes, dryRun, false);
  }
}
