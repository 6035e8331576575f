package dev.reencodarr.activities.store.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Json;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Title;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tables {@code managed_titles} and {@code managed_files}: what a connection manages, as of its
 * latest sync. Rows that are as they were are not written.
 */
public final class ManagedRepository {

  private static final int BATCH = 1000;

  private final Database database;

  public ManagedRepository(Database database) {
    this.database = database;
  }

  /**
   * A title.
   *
   * @param path as we call its folder
   */
  public record KnownTitle(MediaPath path, Title record) {}

  /**
   * A file.
   *
   * @param path as we call it
   */
  public record KnownFile(MediaPath path, ManagedFile record) {}

  private record TitleRow(long id, String path, Title record) {}

  private record FileRow(long id, long title, String path, ManagedFile record) {}

  /** Writes titles that are new or not as they were. */
  public void putTitles(long connection, Collection<KnownTitle> titles) {
    database
        .client()
        .sql(
            """
            insert into managed_titles as t (connection_id, title_id, path, record)
            select :connection, id, path, record
            from jsonb_to_recordset(cast(:rows as jsonb)) as r (id bigint, path text, record jsonb)
            on conflict (connection_id, title_id) do update
              set path = excluded.path, record = excluded.record
              where (t.path, t.record) is distinct from (excluded.path, excluded.record)
            """)
        .param("connection", connection)
        .param(
            "rows",
            Json.write(
                titles.stream()
                    .map(title ->
                        new TitleRow(title.record().id(), title.path().value(), title.record()))
                    .toList()))
        .update();
  }

  /** The ids of all titles that are known. */
  public List<Long> titleIds(long connection) {
    return database
        .client()
        .sql("select title_id from managed_titles where connection_id = :connection")
        .param("connection", connection)
        .query((row, number) -> row.getLong("title_id"))
        .list();
  }

  /** The next titles after this id, by id. */
  public List<KnownTitle> titlesAfter(long connection, long title, int limit) {
    return database
        .client()
        .sql(
            """
            select path, record from managed_titles
            where connection_id = :connection and title_id > :after
            order by title_id limit :limit
            """)
        .param("connection", connection)
        .param("after", title)
        .param("limit", limit)
        .query((row, number) ->
            new KnownTitle(
                new MediaPath(row.getString("path")),
                Json.read(row.getString("record"), Title.class)))
        .list();
  }

  /** The title of this id. */
  public Optional<KnownTitle> title(long connection, long title) {
    return titlesAfter(connection, title - 1, 1).stream()
        .filter(it -> it.record().id() == title)
        .findFirst();
  }

  /** The files that are known of these titles, by the title's id. */
  public Map<Long, List<KnownFile>> files(long connection, Collection<Long> titles) {
    if (titles.isEmpty()) {
      return Map.of();
    }
    return database
        .client()
        .sql(
            """
            select path, record from managed_files
            where connection_id = :connection and title_id in (:titles)
            """)
        .param("connection", connection)
        .param("titles", titles)
        .query((row, number) ->
            new KnownFile(
                new MediaPath(row.getString("path")),
                Json.read(row.getString("record"), ManagedFile.class)))
        .list()
        .stream()
        .collect(Collectors.groupingBy(file -> file.record().title()));
  }

  /** Writes files that are new or not as they were. */
  public void putFiles(long connection, List<KnownFile> files) {
    // Two of one id, which no honest answer has, would end the statement.
    Map<Long, KnownFile> byId = new LinkedHashMap<>();
    files.forEach(file -> byId.put(file.record().id(), file));
    List<KnownFile> distinct = List.copyOf(byId.values());
    for (int first = 0; first < distinct.size(); first += BATCH) {
      putBatch(connection, distinct.subList(first, Math.min(first + BATCH, distinct.size())));
    }
  }

  private void putBatch(long connection, List<KnownFile> files) {
    database
        .client()
        .sql(
            """
            insert into managed_files as f (connection_id, file_id, title_id, path, record)
            select :connection, r.id, r.title, r.path, r.record
            from jsonb_to_recordset(cast(:rows as jsonb))
              as r (id bigint, title bigint, path text, record jsonb)
              join managed_titles t on t.connection_id = :connection and t.title_id = r.title
            on conflict (connection_id, file_id) do update
              set title_id = excluded.title_id, path = excluded.path, record = excluded.record
              where (f.title_id, f.path, f.record)
                is distinct from (excluded.title_id, excluded.path, excluded.record)
            """)
        .param("connection", connection)
        .param(
            "rows",
            Json.write(
                files.stream()
                    .map(file ->
                        new FileRow(
                            file.record().id(),
                            file.record().title(),
                            file.path().value(),
                            file.record()))
                    .toList()))
        .update();
  }

  /** Lets go files that are not managed any more. */
  public void removeFiles(long connection, List<Long> files) {
    for (int first = 0; first < files.size(); first += BATCH) {
      database
          .client()
          .sql(
              "delete from managed_files where connection_id = :connection and file_id in (:files)")
          .param("connection", connection)
          .param("files", files.subList(first, Math.min(first + BATCH, files.size())))
          .update();
    }
  }

  /** Lets go titles that are not managed any more, with their files. */
  public void removeTitles(long connection, List<Long> titles) {
    for (int first = 0; first < titles.size(); first += BATCH) {
      database
          .client()
          .sql(
              """
              delete from managed_titles
              where connection_id = :connection and title_id in (:titles)
              """)
          .param("connection", connection)
          .param("titles", titles.subList(first, Math.min(first + BATCH, titles.size())))
          .update();
    }
  }

  /** A file as it was told of; it may take the place of the one that was known at its path. */
  public void replaceFile(long connection, long before, KnownFile file) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          if (before != file.record().id()) {
            removeFiles(connection, List.of(before));
          }
          putFiles(connection, List.of(file));
        });
  }

  /** A file of a connection. */
  public record Manager(long connection, long title, long file) {}

  /** By whom the file at a path is managed. */
  public List<Manager> managersOf(MediaPath path) {
    return database
        .client()
        .sql(
            """
            select connection_id, title_id, file_id from managed_files where path = :path
            order by connection_id
            """)
        .param("path", path.value())
        .query((row, number) ->
            new Manager(
                row.getLong("connection_id"), row.getLong("title_id"), row.getLong("file_id")))
        .list();
  }

  /** How many files a connection manages. */
  public int fileCount(long connection) {
    return database
        .client()
        .sql("select count(*) from managed_files where connection_id = :connection")
        .param("connection", connection)
        .query(Integer.class)
        .single();
  }
}
