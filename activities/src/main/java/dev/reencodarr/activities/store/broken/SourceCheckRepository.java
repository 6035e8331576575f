package dev.reencodarr.activities.store.broken;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.broken.FoundBy;
import dev.reencodarr.workflows.broken.SourceCheckScope;
import dev.reencodarr.workflows.broken.SourceCheckWish;
import dev.reencodarr.workflows.broken.SourceFile;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The table {@code source_checks}. */
public final class SourceCheckRepository {

  /** Files of a library in use that lie there, links left out. */
  private static final String FILES =
      """
      from videos v join libraries l on l.id = v.library_id and l.removed_at is null
        left join source_checks c
          on c.video_id = v.id and c.size = v.size and c.mtime = v.mtime
      where v.library_id = :library and v.missing_since is null
        and v.skip_reason is distinct from :link
      """;

  /** Of those: neither made by us nor at work. */
  private static final String SOURCE = " v.state not in (:work) and v.state <> :encoded ";

  /** What a check has shown, as deep as it is wished and not to be asked again. */
  private static final String KNOWN =
      """
       (c.video_id is not null and (c.deep or not :deep)
        and (not :again or c.checked_at >= :since))
      """;

  private final Database database;

  public SourceCheckRepository(Database database) {
    this.database = database;
  }

  /**
   * What there is to check.
   *
   * @param since what was checked from then on is known, whatever is wished
   */
  public SourceCheckScope scope(LibraryId library, SourceCheckWish wish, Instant since) {
    return asked(
            """
            select count(*) filter (where %1$s) as files,
              count(*) filter (where v.state = :encoded) as encoded,
              count(*) filter (where v.state in (:work)) as at_work,
              count(*) filter (where %1$s and %2$s) as known,
              count(*) filter (where %1$s and %2$s and not c.sound) as known_broken,
              coalesce(sum(v.size) filter (where %1$s and not %2$s), 0) as bytes
            """
                    .formatted(SOURCE, KNOWN)
                + FILES,
            library,
            wish,
            since)
        .query((row, number) ->
            new SourceCheckScope(
                row.getInt("files"),
                row.getInt("encoded"),
                row.getInt("at_work"),
                row.getInt("known"),
                row.getInt("known_broken"),
                row.getLong("bytes")))
        .single();
  }

  /** The next files that are not known, by their paths. */
  public List<SourceFile> next(
      LibraryId library, SourceCheckWish wish, Instant since, String after, int most) {
    return asked(
            "select v.id, v.path, v.size, v.mtime "
                + FILES
                + " and "
                + SOURCE
                + " and not "
                + KNOWN
                + " and v.path > :after order by v.path limit :most",
            library,
            wish,
            since)
        .param("after", after)
        .param("most", most)
        .query((row, number) ->
            new SourceFile(
                new VideoId(row.getObject("id", UUID.class)),
                new MediaPath(row.getString("path")),
                row.getLong("size"),
                row.getTimestamp("mtime").toInstant()))
        .list();
  }

  private org.springframework.jdbc.core.simple.JdbcClient.StatementSpec asked(
      String question, LibraryId library, SourceCheckWish wish, Instant since) {
    return database
        .client()
        .sql(question)
        .param("library", library.value())
        .param("link", SkipReason.SYMLINK.code())
        .param("work", VideoState.codesOfWork())
        .param("encoded", VideoState.ENCODED.code())
        .param("deep", wish.deep())
        .param("again", wish.again())
        .param("since", since.atOffset(ZoneOffset.UTC));
  }

  /** Whether this library is paused, or everything. */
  public boolean isPaused(LibraryId library) {
    return database
        .client()
        .sql(
            """
            select exists (select 1 from pauses
              where library_id = :library or num_nonnulls(video_id, library_id) = 0)
            """)
        .param("library", library.value())
        .query(Boolean.class)
        .single();
  }

  /**
   * A file is sound. What was found against it by a check that was no deeper is over; one that has
   * decoded every picture knows more than one that has not, and as much as work.
   */
  public void sound(SourceFile file, boolean deep) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          if (write(file, deep, true, "")) {
            acquit(file, deep);
          }
        });
  }

  private void acquit(SourceFile file, boolean deep) {
    database
        .client()
        .sql(
            """
            update broken_sources set state = 'acquitted', state_since = now(),
              detail = 'a later check has found it sound'
            where video_id = :video and state = 'found' and (:deep or found_by = :check)
              and size = :size and mtime = :mtime
            """)
        .param("video", file.video().value())
        .param("deep", deep)
        .param("check", FoundBy.CHECK.code())
        .param("size", file.size())
        .param("mtime", file.mtime().atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * A file is broken.
   *
   * @param problem in a sentence
   */
  public void broken(SourceFile file, boolean deep, String problem) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          if (write(file, deep, false, problem)) {
            new BrokenSourceRepository(database).found(file.video(), FoundBy.CHECK, problem);
          }
        });
  }

  /**
   * @return false if the file is not known any more as it was when it was read, or more is known of
   *     it
   */
  private boolean write(SourceFile file, boolean deep, boolean sound, String problem) {
    return database
            .client()
            .sql(
                """
                insert into source_checks as c (video_id, size, mtime, deep, sound, problem)
                select id, size, mtime, :deep, :sound, :problem from videos
                where id = :video and size = :size and mtime = :mtime
                on conflict (video_id) do update
                  set size = excluded.size, mtime = excluded.mtime, deep = excluded.deep,
                    sound = excluded.sound, problem = excluded.problem, checked_at = now()
                  where not excluded.sound or excluded.deep or not c.deep
                    or (c.size, c.mtime) is distinct from (excluded.size, excluded.mtime)
                """)
            .param("video", file.video().value())
            .param("size", file.size())
            .param("mtime", file.mtime().atOffset(ZoneOffset.UTC))
            .param("deep", deep)
            .param("sound", sound)
            .param("problem", problem)
            .update()
        > 0;
  }

  /** The files of a library that a check has found to be broken, the largest first. */
  public List<CheckedSource> broken(LibraryId library) {
    return database
        .client()
        .sql(
            "select v.id, v.path, v.size, c.problem, c.deep, c.checked_at "
                + FILES
                + " and "
                + SOURCE
                + " and not c.sound order by v.size desc, v.path")
        .param("library", library.value())
        .param("link", SkipReason.SYMLINK.code())
        .param("work", VideoState.codesOfWork())
        .param("encoded", VideoState.ENCODED.code())
        .query(SourceCheckRepository::read)
        .list();
  }

  private static CheckedSource read(ResultSet row, int number) throws SQLException {
    return new CheckedSource(
        new VideoId(row.getObject("id", UUID.class)),
        new MediaPath(row.getString("path")),
        row.getLong("size"),
        row.getString("problem"),
        row.getBoolean("deep"),
        row.getTimestamp("checked_at").toInstant());
  }
}
