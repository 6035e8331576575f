package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.store.sync.SyncRepository;
import dev.reencodarr.starter.view.ConnectionView;

/** How connections stand, as of the rows. */
final class ConnectionViews {

  private final ManagedRepository managed;
  private final SyncRepository syncs;
  private final FileTellingRepository tellings;

  ConnectionViews(Database database) {
    this.managed = new ManagedRepository(database);
    this.tellings = new FileTellingRepository(database);
    this.syncs = new SyncRepository(database);
  }

  ConnectionView of(Connection connection) {
    return ConnectionView.of(
        connection,
        managed.fileCount(connection.id()),
        tellings.untold(connection.id()),
        syncs.latest(connection.id()).stream().toList(),
        syncs.latestWhole(connection.id()).stream().toList());
  }
}
