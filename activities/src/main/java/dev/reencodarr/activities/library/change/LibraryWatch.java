package dev.reencodarr.activities.library.change;

import dev.reencodarr.activities.library.FolderWalk;
import dev.reencodarr.activities.library.OpenForWriting;
import dev.reencodarr.activities.store.Library;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one library, in a thread of its own: whatever touches its disk may hang for ever, and
 * nobody waits for it.
 */
final class LibraryWatch {

  private static final Logger log = LoggerFactory.getLogger(LibraryWatch.class);

  /** How many times within the stillness it is looked for what is due, and how often at most. */
  private static final int LOOKS_WHILE_STILL = 10;

  private static final Duration SELDOMEST_LOOK = Duration.ofSeconds(10);

  /** The database or Temporal is away. */
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(30);

  private final Library library;
  private final Path root;
  private final LocalMounts mounts;
  private final Terms terms;
  private final Predicate<Path> isOthers;
  private final LookOrders orders;
  private final StillPaths paths;
  private final Set<Path> touched = new LinkedHashSet<>();
  private final Thread thread;

  /** What the watch came to, for people. */
  private volatile String complaint = "";

  private volatile boolean isUp = false;
  private volatile boolean isUnwanted = false;
  private long lookAt = System.nanoTime();

  /** An order may be written down then, of which nobody knows. */
  private boolean hasFailed = false;

  /**
   * How libraries are watched.
   *
   * @param still how long a file must not change before it is looked at
   * @param lookBack folders that changed so long before the watch began are looked at too
   * @param videoExtensions of the files that count, lower case
   */
  record Terms(
      Duration still, Duration lookBack, Set<String> videoExtensions, Registration registration) {}

  /**
   * @param mounts of now
   * @param isOthers whether a folder with a folder of our name in it is somebody else's library
   */
  LibraryWatch(
      Library library,
      LocalMounts mounts,
      Terms terms,
      Predicate<Path> isOthers,
      LookOrders orders) {
    this.library = library;
    this.root = Path.of(library.root().value());
    this.mounts = mounts;
    this.terms = terms;
    this.isOthers = isOthers;
    this.orders = orders;
    this.paths = new StillPaths(root, terms.still(), System::nanoTime, OpenForWriting::among);
    this.thread =
        Thread.ofPlatform().daemon().name("watch " + library.name()).unstarted(this::watch);
  }

  /** Begins; waits for nothing. */
  void start() {
    thread.start();
  }

  /** It ends as soon as it can, which is not waited for. */
  void end() {
    isUnwanted = true;
  }

  /** Whether its thread is still there. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** Whether all of its folders are watched. */
  boolean isUp() {
    return isUp;
  }

  /** Why it has ended by itself; empty if it has not, or its root is gone. */
  String complaint() {
    return complaint;
  }

  /** Whether the same is mounted as when it began. */
  boolean isOf(LocalMounts now) {
    return mounts.around(root).equals(now.around(root));
  }

  private void watch() {
    try (WatchService service = service()) {
      WatchedTree tree =
          new WatchedTree(
              root,
              service,
              terms.registration(),
              mounts::isUntoldMount,
              isOthers,
              new WatchedTree.Listener() {
                @Override
                public void touched(Path path) {
                  if (FolderWalk.isVideo(path, terms.videoExtensions())) {
                    touched.add(path);
                  }
                }

                @Override
                public void lost(Path folder) {
                  paths.lost(folder);
                }
              });
      tree.watch(since());
      log.info("library {} is watched: {} folders", library.name(), tree.size());
      isUp = true;
      keepWatching(tree, service);
    } catch (IOException e) {
      complaint = String.valueOf(e.getMessage());
    } catch (ClosedWatchServiceException | InterruptedException e) {
      log.debug("the watch of {} ends", library.name(), e);
    } catch (RuntimeException e) {
      log.warn("the watch of {} has failed", library.name(), e);
      complaint = e.toString();
    } finally {
      isUp = false;
    }
  }

  private static WatchService service() throws IOException {
    try {
      return FileSystems.getDefault().newWatchService();
    } catch (IOException e) {
      throw WatchLimit.isOne(e) ? new WatchLimit(e) : e;
    }
  }

  /** What was there before the library was is left to its first scan. */
  private Instant since() {
    Instant since = Instant.now().minus(terms.lookBack());
    return since.isAfter(library.createdAt()) ? since : library.createdAt();
  }

  private void keepWatching(WatchedTree tree, WatchService service)
      throws IOException, InterruptedException {
    boolean isThere = true;
    long tick = tick().toMillis();
    while (isThere && !isUnwanted) {
      for (WatchKey key = service.poll(tick, TimeUnit.MILLISECONDS);
          key != null && isThere;
          key = service.poll()) {
        isThere = tree.take(key);
      }
      touched.forEach(paths::touched);
      touched.clear();
      if (System.nanoTime() - lookAt >= 0) {
        lookAt = System.nanoTime() + tick().toNanos();
        orderWhatIsDue();
      }
    }
  }

  private Duration tick() {
    Duration part = terms.still().dividedBy(LOOKS_WHILE_STILL).plusMillis(1);
    return part.compareTo(SELDOMEST_LOOK) < 0 ? part : SELDOMEST_LOOK;
  }

  private void orderWhatIsDue() {
    try {
      if (hasFailed) {
        orders.tellAgain(library);
        hasFailed = false;
      }
      if (!paths.mayBeDue() || orders.isOneOut(library)) {
        return;
      }
      StillPaths.Due due = paths.due();
      if (!due.isEmpty()) {
        paths.done(orders.order(library, due, paths::isQuiet));
      }
    } catch (RuntimeException e) {
      log.debug("no look at what has changed in {} could be ordered", library.name(), e);
      hasFailed = true;
      lookAt = System.nanoTime() + PAUSE_AFTER_FAULT.toNanos();
    }
  }
}
