package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.store.broken.SourceCheckRepository;
import dev.reencodarr.workflows.broken.SourceCheckWish;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked for each folder, or for each page, reads its part of a large table. */
class ManyFilesTest {

  private static final int FILES = 50_000;
  private static final int OF_A_FOLDER = 100;
  private static final int PAGE = 50;
  private static final int MANY_TIMES = 20;

  private final Database database = TestDatabase.fresh();
  private Library library;

  @BeforeEach
  void fill() {
    library = Rows.library(database, "/films");
    database
        .client()
        .sql(
            """
            insert into videos (id, library_id, path, size, mtime)
            select gen_random_uuid(), :library,
              '/films/' || lpad(cast(n / :folder as text), 4, '0') || '/film ' || n || '.mkv',
              n, now()
            from generate_series(0, :files - 1) n
            """)
        .param("library", library.id().value())
        .param("folder", OF_A_FOLDER)
        .param("files", FILES)
        .update();
    database.client().sql("analyze videos").update();
  }

  /** The same plan is taken for all that is asked over a connection, once it was asked often. */
  private <T> T reading(int mostRows, Supplier<T> question) {
    return database
        .transactions()
        .execute(transaction -> {
          for (int time = 0; time < MANY_TIMES; time++) {
            reading(time, mostRows, question);
          }
          return question.get();
        });
  }

  private void reading(int time, int mostRows, Supplier<?> question) {
    long before = rowsRead();
    assertThat(question.get()).isNotNull();
    assertThat(rowsRead() - before).as("rows read, time " + time).isLessThanOrEqualTo(mostRows);
  }

  /** By this transaction. */
  private long rowsRead() {
    return database
        .client()
        .sql(
            """
            select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)
            from pg_stat_xact_user_tables
            where relname = 'videos' and schemaname = current_schema()
            """)
        .query(Long.class)
        .single();
  }

  @Test
  void whatIsReadIsCounted() {
    assertThatThrownBy(() ->
            reading(
                FILES - 1,
                () ->
                    database
                        .client()
                        .sql("select sum(size) from videos")
                        .query(Long.class)
                        .single()))
        .hasMessageContaining("rows read");
  }

  @Test
  void aFolderThatIsGoneIsAskedForByItself() {
    KnownFiles known = new KnownFiles(database);

    assertThat(
            reading(
                OF_A_FOLDER, () -> known.isAnyBelow(library.id(), new MediaPath("/films/0123"))))
        .isTrue();
    assertThat(
            reading(OF_A_FOLDER, () -> known.isAnyBelow(library.id(), new MediaPath("/films/012"))))
        .as("the beginning of a name is no folder")
        .isFalse();
  }

  @Test
  void aLookAtAFolderComparesWhatLiesThere() {
    VideoRepository videos = new VideoRepository(database);
    RequestId request = new RequestId(UUID.randomUUID());

    assertThat(
            reading(
                2 * OF_A_FOLDER,
                () -> videos.unseen(library.id(), new MediaPath("/films/0123"), request)))
        .hasSize(OF_A_FOLDER);
    assertThat(
            reading(
                OF_A_FOLDER,
                () ->
                    videos.unseen(
                        library.id(), new MediaPath("/films/0123/film 12345.mkv"), request)))
        .hasSize(1);
  }

  @Test
  void aPageOfACheckReadsAPage() {
    SourceCheckRepository checks = new SourceCheckRepository(database);
    SourceCheckWish wish = new SourceCheckWish(false, false);

    assertThat(
            reading(
                2 * PAGE,
                () ->
                    checks.next(library.id(), wish, Instant.now(), "/films/0250/film 25010", PAGE)))
        .hasSize(PAGE)
        .first()
        .satisfies(file -> assertThat(file.path().value()).isEqualTo("/films/0250/film 25010.mkv"));
  }
}
