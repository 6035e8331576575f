package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.plan.Wishes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Rows to begin a test with. */
public final class Rows {

  public static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00.123456Z");

  private Rows() {}

  public static Library library(Database database, String root) {
    return new LibraryRepository(database)
        .add("library of " + root, new MediaPath(root), "default", true);
  }

  public static SeenFile file(String path, long size) {
    return new SeenFile(new MediaPath(path), size, LONG_AGO, 1, false);
  }

  public static Video video(Database database, Library library, String path) {
    VideoRepository videos = new VideoRepository(database);
    videos.see(library.id(), List.of(file(path, 1000)));
    return videos.findByPath(new MediaPath(path)).orElseThrow();
  }

  public static WorkRequest request(
      Database database, Library library, Wishes wishes, boolean dryRun) {
    WorkRequest request =
        new WorkRequest(
            new RequestId(UUID.randomUUID()),
            library.id(),
            library.root(),
            library.zone(),
            List.of(library.root()),
            wishes,
            dryRun);
    new RequestRepository(database).create(request);
    return request;
  }
}
