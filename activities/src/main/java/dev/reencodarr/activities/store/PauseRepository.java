package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.video.PausedBy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The table {@code pauses}: the one truth about what is paused, through restarts of everything. */
public final class PauseRepository {

  /** Of a statement about videos {@code v}: and only those that nothing holds up. */
  static final String AND_NOT_PAUSED =
      """
       and not exists (select 1 from pauses p
        where p.video_id = v.id or p.library_id = v.library_id
          or num_nonnulls(p.video_id, p.library_id) = 0)
      """;

  private final Database database;

  public PauseRepository(Database database) {
    this.database = database;
  }

  /**
   * What holds a video up.
   *
   * @param by the widest of its pauses
   * @param freezes whether any of them stops encodes where they stand
   */
  public record Hold(PausedBy by, boolean freezes) {}

  /**
   * Pauses; what is paused already stays so.
   *
   * @param freezes whether encodes are stopped where they stand; of a pause that holds it is
   *     changed
   */
  public void pause(PauseScope scope, boolean freezes) {
    of(
            scope,
            """
            insert into pauses (library_id, video_id, freezes)
            values (cast(:library as uuid), cast(:video as uuid), :freezes)
            on conflict (library_id, video_id) do update set freezes = excluded.freezes
            """)
        .param("freezes", freezes)
        .update();
  }

  /**
   * Lifts the pause of exactly this scope.
   *
   * @return false if there was none
   */
  public boolean resume(PauseScope scope) {
    return of(
                scope,
                """
                delete from pauses
                where library_id is not distinct from cast(:library as uuid)
                  and video_id is not distinct from cast(:video as uuid)
                """)
            .update()
        > 0;
  }

  /**
   * Lifts every pause, of whatever scope.
   *
   * @return how many there were
   */
  public int resumeAll() {
    return database.client().sql("delete from pauses").update();
  }

  private StatementSpec of(PauseScope scope, String statement) {
    @Nullable UUID library =
        scope instanceof PauseScope.OfLibrary(LibraryId id) ? id.value() : null;
    @Nullable UUID video = scope instanceof PauseScope.OfVideo(VideoId id) ? id.value() : null;
    return database.client().sql(statement).param("library", library).param("video", video);
  }

  /** What holds this video up; empty where nothing does. */
  public Optional<Hold> of(VideoId video) {
    List<Hold> holds =
        database
            .client()
            .sql(
                """
                select p.library_id, p.video_id, p.freezes
                from videos v join pauses p on p.video_id = v.id or p.library_id = v.library_id
                  or num_nonnulls(p.video_id, p.library_id) = 0
                where v.id = :video
                """)
            .param("video", video.value())
            .query((row, number) -> new Hold(by(row), row.getBoolean("freezes")))
            .list();
    return holds.stream()
        .map(Hold::by)
        .max(Comparator.naturalOrder())
        .map(widest -> new Hold(widest, holds.stream().anyMatch(Hold::freezes)));
  }

  private static PausedBy by(ResultSet row) throws SQLException {
    if (row.getObject("video_id") != null) {
      return PausedBy.VIDEO;
    }
    return row.getObject("library_id") == null ? PausedBy.EVERYTHING : PausedBy.LIBRARY;
  }

  /** The pauses that hold, the widest first, then by name. */
  public List<Pause> list() {
    return database
        .client()
        .sql(
            """
            select p.library_id, p.video_id, p.freezes, p.since,
              coalesce(l.name, v.path, '') as name
            from pauses p left join libraries l on l.id = p.library_id
              left join videos v on v.id = p.video_id
            order by p.video_id is not null, p.library_id is not null, name
            """)
        .query(PauseRepository::read)
        .list();
  }

  /** The same without those of single videos, of which there may be thousands. */
  public List<Pause> ofMany() {
    return database
        .client()
        .sql(
            """
            select p.library_id, p.video_id, p.freezes, p.since, coalesce(l.name, '') as name
            from pauses p left join libraries l on l.id = p.library_id
            where p.video_id is null
            order by p.library_id is not null, name
            """)
        .query(PauseRepository::read)
        .list();
  }

  /** How many single videos are paused. */
  public int ofVideos() {
    return database
        .client()
        .sql("select count(*) from pauses where video_id is not null")
        .query(Integer.class)
        .single();
  }

  private static Pause read(ResultSet row, int number) throws SQLException {
    return new Pause(
        scope(row),
        row.getString("name"),
        row.getBoolean("freezes"),
        row.getTimestamp("since").toInstant());
  }

  private static PauseScope scope(ResultSet row) throws SQLException {
    return switch (by(row)) {
      case VIDEO -> new PauseScope.OfVideo(new VideoId(row.getObject("video_id", UUID.class)));
      case LIBRARY ->
          new PauseScope.OfLibrary(new LibraryId(row.getObject("library_id", UUID.class)));
      case EVERYTHING -> new PauseScope.Everything();
    };
  }
}
