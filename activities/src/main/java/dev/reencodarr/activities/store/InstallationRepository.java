package dev.reencodarr.activities.store;

import java.util.UUID;

/** The one row of {@code installation}: which installation this database belongs to. */
public final class InstallationRepository {

  private final Database database;

  public InstallationRepository(Database database) {
    this.database = database;
  }

  /** The id that the first migration made and that never changes. */
  public UUID id() {
    return database.client().sql("select id from installation").query(UUID.class).single();
  }
}
