package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.SyncRepository;
import dev.reencodarr.workflows.sync.SyncProgress;
import dev.reencodarr.workflows.sync.SyncRowActivities;

/** Keeps how syncs go in PostgreSQL, where people ask for it. */
public final class SyncRows implements SyncRowActivities {

  private final SyncRepository syncs;

  public SyncRows(Database database) {
    this.syncs = new SyncRepository(database);
  }

  @Override
  public boolean begun(long connection, String run) {
    return syncs.begun(connection, run);
  }

  @Override
  public void going(String run, SyncProgress progress) {
    syncs.going(run, progress);
  }

  @Override
  public void waiting(String run, String problem) {
    syncs.waiting(run, problem);
  }

  @Override
  public void ended(String run, SyncProgress progress) {
    syncs.ended(run, progress);
  }

  @Override
  public void failed(String run, String problem) {
    syncs.failed(run, problem);
  }
}
