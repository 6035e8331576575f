package dev.reencodarr.activities.store;

import dev.reencodarr.activities.store.sync.ManagedFacts;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** What was decided of videos, with the facts that it was decided by. */
public final class DecisionRepository {

  private static final String SELECT =
      """
      select v.id, v.path, l.name as library, v.state, v.skip_reason, v.size, v.mtime, v.sampled_hash,
        v.hard_links, v.facts, v.decision,
      """
          + ManagedFacts.COLUMN
          + """
          from videos v join libraries l on l.id = v.library_id
          where v.facts is not null and v.sampled_hash is not null
          """;

  /** Facts are a few kB each. */
  private static final int PAGE = 1_000;

  private final Database database;

  public DecisionRepository(Database database) {
    this.database = database;
  }

  /** The video; empty where its file was not measured since it was last seen to change. */
  public Optional<AnalysedVideo> find(VideoId id) {
    return database
        .client()
        .sql(SELECT + "and v.id = :id")
        .param("id", id.value())
        .query(DecisionRepository::read)
        .optional();
  }

  /** Every measured video that is not encoded, by id, some at a time. */
  public void forEachPage(LibraryScope scope, Consumer<List<AnalysedVideo>> told) {
    UUID after = new UUID(0, 0);
    List<AnalysedVideo> page;
    do {
      page = page(scope, after);
      told.accept(page);
      after = page.isEmpty() ? after : page.getLast().id().value();
    } while (!page.isEmpty());
  }

  private List<AnalysedVideo> page(LibraryScope scope, UUID after) {
    return database
        .client()
        .sql(
            SELECT
                + """
                  and v.id > :after and v.state <> 'encoded'
                  and v.missing_since is null and l.removed_at is null
                  and (cast(:library as uuid) is null or v.library_id = :library)
                order by v.id limit :limit
                """)
        .param("after", after)
        .param("library", scope.library().map(LibraryId::value).orElse(null))
        .param("limit", PAGE)
        .query(DecisionRepository::read)
        .list();
  }

  /**
   * The videos that {@link #forEachPage} passes over.
   *
   * @param encoded how many are encoded
   * @param encodedBytes what they take now
   * @param unanalysed how many others there are of which no facts are known
   */
  public record PassedOver(long encoded, long encodedBytes, long unanalysed) {}

  /** Counts them. */
  public PassedOver passedOver(LibraryScope scope) {
    return database
        .client()
        .sql(
            """
            select count(*) filter (where v.state = 'encoded') as encoded,
              coalesce(sum(v.size) filter (where v.state = 'encoded'), 0) as encoded_bytes,
              count(*) filter (where v.state <> 'encoded'
                and (v.facts is null or v.sampled_hash is null)) as unanalysed
            from videos v join libraries l on l.id = v.library_id
            where v.missing_since is null and l.removed_at is null
              and (cast(:library as uuid) is null or v.library_id = :library)
            """)
        .param("library", scope.library().map(LibraryId::value).orElse(null))
        .query((row, number) ->
            new PassedOver(
                row.getLong("encoded"), row.getLong("encoded_bytes"), row.getLong("unanalysed")))
        .single();
  }

  private static AnalysedVideo read(ResultSet row, int number) throws SQLException {
    return new AnalysedVideo(
        new VideoId(row.getObject("id", UUID.class)),
        new MediaPath(row.getString("path")),
        row.getString("library"),
        VideoState.parse(row.getString("state")),
        VideoRow.text(row, "skip_reason").map(SkipReason::parse),
        VideoRepository.readFacts(row, number),
        ManagedFacts.read(row),
        VideoRow.text(row, "decision"));
  }
}
