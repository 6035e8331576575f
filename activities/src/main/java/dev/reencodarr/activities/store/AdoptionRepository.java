package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.video.VideoEnd;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes the rows of replacements that only the disk knew: a database that came back from a backup
 * is older than the files. What is written was seen on disk before; nothing is decided here.
 */
public final class AdoptionRepository {

  private final Database database;
  private final VideoRepository videos;
  private final ReplacementRepository replacements;

  public AdoptionRepository(Database database) {
    this.database = database;
    this.videos = new VideoRepository(database);
    this.replacements = new ReplacementRepository(database);
  }

  /**
   * A replacement as it lies on disk.
   *
   * @param replacement in the state that the files are in
   * @param place where the result lies, or, where it was undone, the original
   * @param file what lies there
   */
  public record OnDisk(Replacement replacement, MediaPath place, SourceIdentity file) {}

  /** Whether a video has a row. */
  public boolean isKnown(VideoId video) {
    return videos.find(video).isPresent();
  }

  /** Whether a library with this root is in use. */
  public boolean isInUse(MediaPath root) {
    return database
        .client()
        .sql("select exists (select from libraries where root = :root and removed_at is null)")
        .param("root", root.value())
        .query(Boolean.class)
        .single();
  }

  /** Files of the library that scans have met with this size, by path. */
  public List<MediaPath> ofSize(LibraryId library, long bytes) {
    return database
        .client()
        .sql("select path from videos where library_id = :library and size = :size order by path")
        .param("library", library.value())
        .param("size", bytes)
        .query((row, number) -> new MediaPath(row.getString("path")))
        .list();
  }

  /**
   * Writes a replacement and what it means for its video, whose row is made anew where it is gone.
   * Twice is the same as once.
   *
   * @param isRunning whether a workflow is at work on a video; asked while nobody can claim it
   * @return empty, and nothing is written, if one is
   */
  public Optional<VideoId> adopt(LibraryId library, OnDisk found, Predicate<VideoId> isRunning) {
    return database
        .transactions()
        .<Optional<VideoId>>execute(transaction -> {
          VideoId video = known(found).orElseGet(() -> inserted(library, found));
          Optional<VideoId> newcomer = at(found.place()).filter(other -> !other.equals(video));
          lock(video);
          newcomer.ifPresent(this::lock);
          if (isRunning.test(video) || newcomer.filter(isRunning).isPresent()) {
            transaction.setRollbackOnly();
            return Optional.empty();
          }
          newcomer.ifPresent(other -> videos.passRequests(other, video));
          write(video, found.replacement());
          move(video, library);
          tell(video, found);
          return Optional.of(video);
        });
  }

  /** Writes a replacement of a video whose own run is asking: its row is the run's to write. */
  public void adoptFor(VideoId video, OnDisk found) {
    database.transactions().executeWithoutResult(transaction -> write(video, found.replacement()));
  }

  /** The row of the video by its id, if it can be that of these files, else by their place. */
  private Optional<VideoId> known(OnDisk found) {
    return found
        .replacement()
        .video()
        .flatMap(videos::find)
        .filter(video -> hasName(video, found) || hasContent(video, found.replacement()))
        .map(Video::id)
        .or(() -> at(found.place()));
  }

  private static boolean hasName(Video video, OnDisk found) {
    Replacement row = found.replacement();
    return Stream.of(
            row.source(), row.target(), row.originalPlace(), row.resultPlace(), found.place())
        .anyMatch(video.path()::equals);
  }

  private static boolean hasContent(Video video, Replacement row) {
    return Stream.concat(Stream.of(row.original()), row.resultIdentity().stream())
        .map(SourceIdentity::sampledHash)
        .anyMatch(hash -> video.sampledHash().filter(hash::equals).isPresent());
  }

  private Optional<VideoId> at(MediaPath place) {
    return videos.findByPath(place).map(Video::id);
  }

  /** Under its old id, so that its workflow is known again; unless another file's row has that. */
  private VideoId inserted(LibraryId library, OnDisk found) {
    VideoId id =
        found
            .replacement()
            .video()
            .filter(known -> videos.find(known).isEmpty())
            .orElseGet(() -> new VideoId(UUID.randomUUID()));
    database
        .client()
        .sql(
            """
            insert into videos (id, library_id, path, size, mtime)
            values (:id, :library, :path, :size, :mtime)
            """)
        .param("id", id.value())
        .param("library", library.value())
        .param("path", found.place().value())
        .param("size", found.file().size())
        .param(
            "mtime", found.file().mtime().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
        .update();
    return id;
  }

  private void lock(VideoId video) {
    database
        .client()
        .sql("select id from videos where id = :id for update")
        .param("id", video.value())
        .query(row -> {});
  }

  /** Its library was moved, and the old one taken out of use. */
  private void move(VideoId video, LibraryId library) {
    database
        .client()
        .sql("update videos set library_id = :library where id = :id and library_id <> :library")
        .param("id", video.value())
        .param("library", library.value())
        .update();
  }

  private void write(VideoId video, Replacement row) {
    long epoch = replacements.revokeAll(video, row.attempt());
    ReplacementRepository.begun(
            database
                .client()
                .sql(
                    """
                    insert into replacements as r (id, video_id, attempt, epoch, library_root, source_path,
                      target_path, staged_path, quarantine_path, way, original_identity, original_bytes,
                      result_identity, result_sha256, result_bytes, state, quarantined, moved_to,
                      committed_at, undone_at)
                    values (:id, :video, :attempt, :epoch, :root, :source, :target, :staged, :quarantine,
                      :way, :original::jsonb, :originalBytes, :result::jsonb, :sha256, :resultBytes, :state,
                      :state <> 'intended', :movedTo,
                      case when :state <> 'intended' then now() end,
                      case when :state = 'undone' then now() end)
                    on conflict (id) do update set state = excluded.state,
                      epoch = case when r.video_id is distinct from excluded.video_id
                        then excluded.epoch else r.epoch end,
                      video_id = excluded.video_id, library_root = excluded.library_root,
                      source_path = excluded.source_path, target_path = excluded.target_path,
                      staged_path = excluded.staged_path,
                      quarantine_path = excluded.quarantine_path,
                      quarantined = excluded.quarantined, moved_to = excluded.moved_to,
                      result_identity = coalesce(r.result_identity, excluded.result_identity),
                      committed_at = case when excluded.state = 'done' then excluded.committed_at
                        else coalesce(r.committed_at, excluded.committed_at) end,
                      undone_at = excluded.undone_at, undo_intent = null, kept_because = '',
                      looked_at = null,
                      updated_at = now()
                    """),
            row,
            epoch)
        .param("video", video.value())
        .param("result", row.resultIdentity().map(Json::write).orElse(null))
        .param("state", row.state().code())
        .param("movedTo", row.movedTo().map(MediaPath::value).orElse(null))
        .update();
  }

  /** The video's row says what its files say; requests that have started it have an answer. */
  private void tell(VideoId video, OnDisk found) {
    VideoClaims claims = new VideoClaims(database);
    RequestRepository requests = new RequestRepository(database);
    ReplacementState state = found.replacement().state();
    switch (state) {
      case DONE -> {
        claims.found(video, new VideoEnd.Redone(found.place(), found.file()));
        requests.settleStarted(video, Outcome.encoded());
      }
      case UNDONE -> {
        VideoEnd.Undone undone = new VideoEnd.Undone(found.place(), found.file());
        claims.found(video, undone);
        requests.settleStarted(video, Outcome.of(undone));
      }
      // it has a row again: whoever settles what was begun takes it from there
      case INTENDED -> {}
      case ABANDONED -> throw new IllegalArgumentException("nothing lies on disk of " + found);
    }
  }
}
