package dev.reencodarr.activities.library.change;

import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.OtherLibraries;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.plan.Settings;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that each library of a zone whose root is there, on a disk of this machine, is
 * watched. What cannot be watched is left to the scans by schedule.
 */
public final class WatchedLibraries {

  private static final Logger log = LoggerFactory.getLogger(WatchedLibraries.class);

  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Limits are raised by people, and watches let go by other programs. */
  private static final Duration TRY_AGAIN = Duration.ofMinutes(10);

  private static final Duration DAY = Duration.ofDays(1);

  private final LibraryRepository libraries;
  private final OtherLibraries others;
  private final MarkedLibraries marked;
  private final LookOrders orders;
  private final String zone;
  private final LibraryWatch.Terms terms;
  private final boolean isOn;
  private final Map<LibraryId, LibraryWatch> watches = new HashMap<>();
  private final Map<LibraryId, Instant> notBefore = new HashMap<>();
  private final Map<LibraryId, String> told = new HashMap<>();

  /** Why the last look failed; empty: it did not. */
  private String fault = "";

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("watched-libraries").daemon().factory());

  /**
   * @param marked tells whether a library is there
   */
  public WatchedLibraries(
      Database database,
      WorkflowClient temporal,
      MarkedLibraries marked,
      String zone,
      Settings.Intake settings) {
    this(
        database,
        temporal,
        marked,
        zone,
        terms(settings, Registration.real()),
        settings.watchesFolders());
  }

  WatchedLibraries(
      Database database,
      WorkflowClient temporal,
      MarkedLibraries marked,
      String zone,
      LibraryWatch.Terms terms,
      boolean isOn) {
    this.libraries = new LibraryRepository(database);
    this.others = new OtherLibraries(database);
    this.marked = marked;
    this.orders = new LookOrders(database, temporal);
    this.zone = zone;
    this.terms = terms;
    this.isOn = isOn;
  }

  /** A watch that begins looks back as far as the last scan by schedule may be over. */
  private static LibraryWatch.Terms terms(Settings.Intake settings, Registration registration) {
    return new LibraryWatch.Terms(
        Duration.ofSeconds(settings.scheduledStillSeconds()),
        settings.scanHours() > 0 ? Duration.ofHours(settings.scanHours()) : DAY,
        Set.copyOf(settings.videoExtensions()),
        registration);
  }

  /** Begins to watch, unless the settings are against it; waits for nothing. */
  public void start() {
    if (!isOn) {
      log.info("libraries are not watched, and left to their scans: the settings say so");
      return;
    }
    var _ =
        clock.scheduleWithFixedDelay(this::lookQuietly, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends all watches, without waiting for them. */
  public void stop() {
    clock.shutdownNow();
    endAll();
  }

  private synchronized void endAll() {
    watches.values().forEach(LibraryWatch::end);
  }

  private void lookQuietly() {
    try {
      look();
      fault = "";
    } catch (IOException | RuntimeException e) {
      tell(e);
    }
  }

  /** Begins what is missing, and ends what is not wanted any more. */
  synchronized void look() throws IOException {
    List<Library> ofZone =
        libraries.list().stream()
            .filter(library -> library.zone().equals(zone) && !library.readOnly())
            .toList();
    Map<Library, String> absent = marked.complaints(ofZone);
    absent.forEach(this::tell);
    Set<Library> there = new HashSet<>(ofZone);
    there.removeAll(absent.keySet());
    LocalMounts mounts = LocalMounts.now();
    Set<LibraryId> wanted = new HashSet<>();
    for (Library library : there) {
      Optional<String> type = mounts.untold(root(library));
      if (type.isEmpty()) {
        wanted.add(library.id());
        keep(library, mounts);
      } else {
        tell(library, "its file system (" + type.get() + ") does not tell of all changes");
      }
    }
    watches.forEach((id, watch) -> {
      if (!wanted.contains(id)) {
        watch.end();
      }
    });
    watches.values().removeIf(watch -> !watch.isAlive() && watch.complaint().isEmpty());
  }

  private static Path root(Library library) {
    return Path.of(library.root().value());
  }

  private void keep(Library library, LocalMounts mounts) {
    LibraryWatch watch = watches.get(library.id());
    if (watch != null && watch.isAlive()) {
      if (!watch.isOf(mounts)) {
        watch.end();
      } else if (watch.isUp()) {
        told.remove(library.id());
      }
      return;
    }
    if (watch != null && !watch.complaint().isEmpty()) {
      watches.remove(library.id());
      notBefore.put(library.id(), Instant.now().plus(TRY_AGAIN));
      tell(library, watch.complaint());
    }
    if (Instant.now().isAfter(notBefore.getOrDefault(library.id(), Instant.MIN))) {
      begin(library, mounts);
    }
  }

  private void begin(Library library, LocalMounts mounts) {
    LibraryWatch watch =
        new LibraryWatch(
            library,
            mounts,
            terms,
            folder -> others.ownerOf(folder, library.id()).isPresent(),
            orders);
    watches.put(library.id(), watch);
    watch.start();
  }

  /** Once, and not for each of the looks that find the database away. */
  private void tell(Exception e) {
    if (!e.toString().equals(fault)) {
      fault = e.toString();
      log.warn("watches of libraries cannot be looked after: {}", fault);
    }
  }

  /** Once for each reason. */
  private void tell(Library library, String why) {
    if (!why.equals(told.put(library.id(), why))) {
      log.warn("library {} is not watched, and left to its scans: {}", library.name(), why);
    }
  }

  /** Whether all folders of the library are watched. */
  synchronized boolean isWatched(Library library) {
    LibraryWatch watch = watches.get(library.id());
    return watch != null && watch.isUp();
  }

  /** Why it is not watched; empty where it is, or will be. */
  synchronized Optional<String> complaint(Library library) {
    return Optional.ofNullable(told.get(library.id()));
  }
}
