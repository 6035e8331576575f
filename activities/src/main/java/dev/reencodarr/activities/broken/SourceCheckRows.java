package dev.reencodarr.activities.broken;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.broken.SourceCheckRepository;
import dev.reencodarr.workflows.broken.SourceCheckRowActivities;
import dev.reencodarr.workflows.broken.SourceCheckScope;
import dev.reencodarr.workflows.broken.SourceCheckWish;
import dev.reencodarr.workflows.broken.SourceFile;
import dev.reencodarr.workflows.media.LibraryId;
import java.time.Instant;

/** Keeps in PostgreSQL what checks have shown. */
public final class SourceCheckRows implements SourceCheckRowActivities {

  private static final int PAGE = 50;

  private final SourceCheckRepository checks;
  private final BrokenSources sources;

  public SourceCheckRows(Database database, BrokenSources sources) {
    this.checks = new SourceCheckRepository(database);
    this.sources = sources;
  }

  @Override
  public SourceCheckScope scope(LibraryId library, SourceCheckWish wish, Instant since) {
    return checks.scope(library, wish, since);
  }

  @Override
  public Page next(LibraryId library, SourceCheckWish wish, Instant since, String after) {
    return new Page(checks.isPaused(library), checks.next(library, wish, since, after, PAGE));
  }

  @Override
  public void sound(SourceFile file, boolean deep) {
    checks.sound(file, deep);
  }

  @Override
  public void broken(SourceFile file, boolean deep, String problem) {
    checks.broken(file, deep, problem);
    sources.orderWhereRuled(file.video());
  }
}
