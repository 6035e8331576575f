package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Compares files with the table {@code videos}. What a run is at work on counts as known: the run
 * itself notices what becomes of its file.
 */
public final class KnownFiles {

  private static final int BATCH = 1000;

  private final Database database;

  public KnownFiles(Database database) {
    this.database = database;
  }

  /** Those of the files of which a look would have something to write down. */
  public List<MediaPath> unknown(LibraryId library, Collection<SeenFile> files) {
    return inBatches(files, batch -> unknownOf(library, batch));
  }

  private List<MediaPath> unknownOf(LibraryId library, List<SeenFile> files) {
    return database
        .client()
        .sql(
            """
            select seen.path
            from jsonb_to_recordset(cast(:files as jsonb))
              as seen (path text, size bigint, mtime timestamptz, hard_links int)
            where not exists (select from videos v
              where v.path = seen.path
                and (v.state in (:work)
                  or v.library_id = :library and v.missing_since is null
                    and (v.size, v.mtime) = (seen.size, seen.mtime)
                    and not (coalesce(v.skip_reason, '') = 'hard_links' and seen.hard_links = 1)))
            """)
        .param("files", Json.write(files))
        .param("library", library.value())
        .param("work", VideoState.codesOfWork())
        .query((row, number) -> new MediaPath(row.getString("path")))
        .list();
  }

  /** Those of the paths at which the library is known to have a file. */
  public List<MediaPath> known(LibraryId library, Collection<MediaPath> paths) {
    return inBatches(paths, batch -> knownOf(library, batch));
  }

  private List<MediaPath> knownOf(LibraryId library, List<MediaPath> paths) {
    return database
        .client()
        .sql(
            """
            select v.path from videos v
            join jsonb_array_elements_text(cast(:paths as jsonb)) as gone (path)
              on v.path = gone.path
            where v.library_id = :library and v.missing_since is null and v.state not in (:work)
            """)
        .param("paths", Json.write(paths))
        .param("library", library.value())
        .param("work", VideoState.codesOfWork())
        .query((row, number) -> new MediaPath(row.getString("path")))
        .list();
  }

  /** Whether the library is known to have any file in this folder. */
  public boolean isAnyBelow(LibraryId library, MediaPath folder) {
    return database
        .client()
        .sql(
            """
            select exists (select from videos
              where library_id = :library and missing_since is null and state not in (:work)
                and path collate "C" >= :below and path collate "C" < left(:below, -1) || '0')
            """)
        .param("library", library.value())
        .param("work", VideoState.codesOfWork())
        .param("below", folder.value().endsWith("/") ? folder.value() : folder.value() + "/")
        .query(Boolean.class)
        .single();
  }

  private static <T> List<MediaPath> inBatches(
      Collection<T> all, Function<List<T>, List<MediaPath>> ask) {
    List<T> whole = List.copyOf(all);
    List<MediaPath> answers = new ArrayList<>();
    for (int first = 0; first < whole.size(); first += BATCH) {
      answers.addAll(ask.apply(whole.subList(first, Math.min(first + BATCH, whole.size()))));
    }
    return answers;
  }
}
