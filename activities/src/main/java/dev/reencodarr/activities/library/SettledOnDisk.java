package dev.reencodarr.activities.library;

import dev.reencodarr.activities.analysis.ReplacedBefore;
import dev.reencodarr.activities.replace.Adopted;
import dev.reencodarr.activities.replace.Adoption;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The last look before work begins: whatever started it, a scan, a request of long ago or a
 * workflow that has outlived its database, a file that was replaced or put back is left alone.
 */
public final class SettledOnDisk implements ReplacedBefore {

  private final LibraryRepository libraries;
  private final MarkedLibraries marked;
  private final Adoption adoption;
  private final Supplier<LongConsumer> progress;

  /**
   * @param progress of the activity that asks, told bytes worked through
   */
  public SettledOnDisk(
      Database database,
      MarkedLibraries marked,
      Adoption adoption,
      Supplier<LongConsumer> progress) {
    this.libraries = new LibraryRepository(database);
    this.marked = marked;
    this.adoption = adoption;
    this.progress = progress;
  }

  @Override
  public Optional<Analysis.Settled> ask(VideoId video, MediaPath file) {
    return libraries
        .byRootContaining(file)
        .filter(library -> !library.readOnly() && marked.complaint(library).isEmpty())
        .flatMap(library -> adoption.ofRun(library, video, file, progress.get()))
        .flatMap(SettledOnDisk::settled);
  }

  private static Optional<Analysis.Settled> settled(Adopted adopted) {
    return switch (adopted) {
      case Adopted.Replaced replaced ->
          Optional.of(new Analysis.Settled(replaced.place(), replaced.result(), false));
      case Adopted.Undone undone ->
          Optional.of(new Analysis.Settled(undone.place(), undone.original(), true));
      // the journal knows it again: it is settled when this run is over
      case Adopted.Begun _, Adopted.InDoubt _ -> Optional.empty();
    };
  }
}
