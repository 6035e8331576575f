package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownFile;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownTitle;
import dev.reencodarr.activities.store.sync.UntoldFile;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.SyncTally;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares titles of a connection with what is known of them. Where something differs, the title's
 * folder is to be looked through by its library's workflow, which knows content again under another
 * name and begins nothing twice. What is written down and what is ordered is so together, or
 * neither: a file that is begun is known to be managed, and one that is known was begun.
 */
final class TitleComparison {

  private static final Logger log = LoggerFactory.getLogger(TitleComparison.class);

  private static final int TITLES_A_STEP = 100;

  private final ManagedRepository managed;
  private final FileTellingRepository tellings;
  private final LibraryRepository libraries;
  private final Orders orders;

  TitleComparison(Database database, WorkflowClient temporal) {
    this.managed = new ManagedRepository(database);
    this.tellings = new FileTellingRepository(database);
    this.libraries = new LibraryRepository(database);
    this.orders = new Orders(database, temporal);
  }

  /** Titles that are not managed any more: their folders are looked at a last time. */
  SyncTally letGo(Connection connection, Collection<Long> gone) {
    List<Library> all = libraries.list();
    int files = 0;
    for (List<Long> part : parts(List.copyOf(gone))) {
      Map<Long, List<KnownFile>> known = managed.files(connection.id(), part);
      Set<MediaPath> folders = new LinkedHashSet<>();
      for (long title : part) {
        List<KnownFile> of = known.getOrDefault(title, List.of());
        files += of.size();
        if (!of.isEmpty()) {
          managed.title(connection.id(), title).map(KnownTitle::path).ifPresent(folders::add);
        }
      }
      look(connection, all, folders, () -> managed.removeTitles(connection.id(), part));
    }
    return new SyncTally(0, 0, 0, files, 0, 0, List.of());
  }

  private static List<List<Long>> parts(List<Long> all) {
    List<List<Long>> parts = new ArrayList<>();
    for (int first = 0; first < all.size(); first += TITLES_A_STEP) {
      parts.add(all.subList(first, Math.min(first + TITLES_A_STEP, all.size())));
    }
    return parts;
  }

  /** Compares the files of titles as they were read with what is known of them. */
  SyncTally compare(Connection connection, List<KnownTitle> titles, TitleFiles read) {
    List<Library> all = libraries.list();
    List<Long> ids = titles.stream().map(title -> title.record().id()).toList();
    Map<Long, List<KnownFile>> known = managed.files(connection.id(), ids);
    List<UntoldFile> untold = tellings.untold(connection.id(), ids);
    Set<MediaPath> folders = new LinkedHashSet<>();
    List<KnownFile> differing = new ArrayList<>();
    List<Long> gone = new ArrayList<>();
    SyncTally tally = read.failures();
    for (KnownTitle title : titles) {
      Optional<List<ManagedFile>> files = read.of(title);
      if (files.isEmpty()) {
        continue;
      }
      TitleDifference difference =
          TitleDifference.between(
              known.getOrDefault(title.record().id(), List.of()),
              files.get(),
              untold,
              path -> KnownPath.ours(connection, path).filter(it -> isInLibrary(all, it)));
      if (difference.isToBeLookedAt()) {
        folders.add(title.path());
        // Where its folder is another one now, something may have stayed in the old one.
        difference.left().stream()
            .filter(folder -> !folder.isWithin(title.path()))
            .forEach(folders::add);
      }
      differing.addAll(difference.differing());
      gone.addAll(difference.gone());
      tally = tally.plus(difference.tally());
    }
    look(
        connection,
        all,
        folders,
        () -> {
          managed.removeFiles(connection.id(), gone);
          managed.putFiles(connection.id(), differing);
        });
    return tally;
  }

  /** Writes down what differs, and has the folders looked through by the library of each. */
  private void look(
      Connection connection, List<Library> all, Set<MediaPath> folders, Runnable writing) {
    List<Orders.Scope> scopes =
        folders.stream()
            .flatMap(folder ->
                LibraryRepository.innermost(all, folder).stream()
                    .filter(library -> !library.readOnly())
                    .map(library -> new Orders.Scope(library, folder)))
            .toList();
    if (!scopes.isEmpty()) {
      log.info("{}: {} folders are to be looked at", connection.name(), scopes.size());
    }
    orders.placeUnattended(scopes, writing);
  }

  private static boolean isInLibrary(Collection<Library> all, MediaPath path) {
    return LibraryRepository.innermost(all, path)
        .filter(library -> !library.readOnly())
        .isPresent();
  }
}
