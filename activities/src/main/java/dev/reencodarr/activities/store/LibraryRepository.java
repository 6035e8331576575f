package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.SettingKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code libraries}. */
public final class LibraryRepository {

  private static final String ALL =
      "select id, name, root, zone, read_only, created_at from libraries";
  private static final String COLUMNS = ALL + " where removed_at is null";

  private final Database database;

  public LibraryRepository(Database database) {
    this.database = database;
  }

  /**
   * Writes a library. A root that was removed before comes back with its id and its videos.
   *
   * @throws org.springframework.dao.DuplicateKeyException if another library has the name
   */
  public Library add(String name, MediaPath root, String zone, boolean readOnly) {
    return database
        .client()
        .sql(
            """
            insert into libraries (id, name, root, zone, read_only)
            values (gen_random_uuid(), :name, :root, :zone, :readOnly)
            on conflict (root) do update
              set name = excluded.name, zone = excluded.zone, read_only = excluded.read_only,
                  removed_at = null
            returning id, name, root, zone, read_only, created_at
            """)
        .param("name", name)
        .param("root", root.value())
        .param("zone", zone)
        .param("readOnly", readOnly)
        .query(LibraryRepository::read)
        .single();
  }

  /** Keeps everybody else from adding or removing libraries until the transaction ends. */
  void lock() {
    database.client().sql("lock table libraries in share row exclusive mode").update();
  }

  /** All libraries, by name. */
  public List<Library> list() {
    return database.client().sql(COLUMNS + " order by name").query(LibraryRepository::read).list();
  }

  public Optional<Library> find(LibraryId id) {
    return database
        .client()
        .sql(COLUMNS + " and id = :id")
        .param("id", id.value())
        .query(LibraryRepository::read)
        .optional();
  }

  /** A library, also one that was taken out of use. */
  public Optional<Library> findEvenRemoved(LibraryId id) {
    return database
        .client()
        .sql(ALL + " where id = :id")
        .param("id", id.value())
        .query(LibraryRepository::read)
        .optional();
  }

  /** The library that a file or folder lies in, also one that was taken out of use. */
  public Optional<Library> aroundEvenRemoved(MediaPath path) {
    return innermost(database.client().sql(ALL).query(LibraryRepository::read).list(), path);
  }

  /** Whose machines see a folder, by the library that it lies in, also one out of use. */
  public String zoneAround(MediaPath folder) {
    return aroundEvenRemoved(folder).map(Library::zone).orElse(SettingKey.ZONE.standard());
  }

  public Optional<Library> findByName(String name) {
    return database
        .client()
        .sql(COLUMNS + " and name = :name")
        .param("name", name)
        .query(LibraryRepository::read)
        .optional();
  }

  /** A library by its name or id. */
  public Optional<Library> named(String text) {
    Optional<Library> byName = findByName(text);
    if (byName.isPresent()) {
      return byName;
    }
    try {
      return find(LibraryId.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The library that a file or folder lies in: the one with the longest root above it. */
  public Optional<Library> byRootContaining(MediaPath path) {
    return innermost(list(), path);
  }

  /** Of some libraries the one with the longest root above a path. */
  public static Optional<Library> innermost(Collection<Library> libraries, MediaPath path) {
    return libraries.stream()
        .filter(library -> path.isWithin(library.root()))
        .max(Comparator.comparingInt(library -> library.root().value().length()));
  }

  /**
   * Takes a library out of use; its rows stay, for undo and for its return.
   *
   * @return whether there was one
   */
  public boolean remove(LibraryId id) {
    return database
            .client()
            .sql("update libraries set removed_at = now() where id = :id and removed_at is null")
            .param("id", id.value())
            .update()
        > 0;
  }

  private static Library read(ResultSet row, int number) throws SQLException {
    return new Library(
        new LibraryId(row.getObject("id", UUID.class)),
        row.getString("name"),
        new MediaPath(row.getString("root")),
        row.getString("zone"),
        row.getBoolean("read_only"),
        row.getTimestamp("created_at").toInstant());
  }
}
