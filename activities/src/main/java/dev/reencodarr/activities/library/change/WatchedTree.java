package dev.reencodarr.activities.library.change;

import dev.reencodarr.activities.library.FolderWalk;
import dev.reencodarr.activities.store.LibraryMarker;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All folders below one that a scan would go through, watched for changes: new ones as they come.
 * Not for several threads.
 */
final class WatchedTree {

  /** Who is told. */
  interface Listener {

    /** Something may have happened to what lies, or lay, at this path. */
    void touched(Path path);

    /** Something may have happened anywhere in this folder, or to it. */
    void lost(Path folder);
  }

  private final Path root;
  private final WatchService service;
  private final Registration registration;
  private final Predicate<Path> isUntold;
  private final Predicate<Path> isOthers;
  private final Listener listener;

  /** By path as text, so that what lies in a folder stands beside it. */
  private final TreeMap<String, WatchKey> watched = new TreeMap<>();

  /**
   * @param isUntold at which folders something is mounted of which changes are not told
   * @param isOthers whether a folder with a folder of our name in it is somebody else's library,
   *     which is not gone into
   */
  WatchedTree(
      Path root,
      WatchService service,
      Registration registration,
      Predicate<Path> isUntold,
      Predicate<Path> isOthers,
      Listener listener) {
    this.root = root;
    this.service = service;
    this.registration = registration;
    this.isUntold = isUntold;
    this.isOthers = isOthers;
    this.listener = listener;
  }

  /**
   * Begins to watch.
   *
   * @param since of folders in which something has come or gone since then, all files are told as
   *     touched
   * @throws WatchLimit if the system grants no further watch
   * @throws IOException if the root itself cannot be watched
   */
  void watch(Instant since) throws IOException {
    watchFrom(root, since);
    if (watched.isEmpty()) {
      throw new IOException(root + " cannot be watched");
    }
  }

  /** How many folders are watched. */
  int size() {
    return watched.size();
  }

  /**
   * Takes what the system tells of a folder.
   *
   * @return whether the root is still watched
   * @throws WatchLimit if the system grants no further watch
   */
  boolean take(WatchKey key) throws IOException {
    Path folder = (Path) key.watchable();
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
        listener.lost(folder);
        watchNewIn(folder);
      } else if (event.context() instanceof Path name) {
        take(folder.resolve(name), event.kind());
      }
    }
    if (!key.reset() && key.equals(watched.get(folder.toString()))) {
      forget(folder);
      listener.lost(folder);
    }
    return watched.containsKey(root.toString());
  }

  private void take(Path entry, WatchEvent.Kind<?> kind) throws IOException {
    if (FolderWalk.isHidden(entry) || !FolderWalk.hasUsableName(entry)) {
      return;
    }
    if (kind.equals(StandardWatchEventKinds.ENTRY_CREATE) && isFolder(entry)) {
      watchFrom(entry, Instant.MIN);
    } else if (!watched.containsKey(entry.toString())) {
      listener.touched(entry);
    } else if (kind.equals(StandardWatchEventKinds.ENTRY_DELETE)) {
      forget(entry);
      listener.lost(entry);
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** A folder that was moved is watched under its new path; under the old one it is forgotten. */
  private void forget(Path folder) {
    String path = folder.toString();
    WatchKey own = watched.remove(path);
    if (own != null) {
      own.cancel();
    }
    Map<String, WatchKey> below = watched.subMap(path + '/', path + (char) ('/' + 1));
    below.values().forEach(WatchKey::cancel);
    below.clear();
  }

  /** Folders that came while nobody was told; their files are in what was lost. */
  private void watchNewIn(Path folder) throws IOException {
    for (Path entry : entries(folder)) {
      if (!watched.containsKey(entry.toString()) && mayBeWatched(entry)) {
        watchFrom(entry, Instant.MAX);
      }
    }
  }

  private void watchFrom(Path top, Instant since) throws IOException {
    Deque<Path> folders = new ArrayDeque<>(List.of(top));
    while (!folders.isEmpty()) {
      folders.addAll(watchOne(folders.remove(), since));
    }
  }

  /**
   * Watches one folder, and looks into it then: what comes between both is told twice, and not
   * never.
   *
   * @return the folders in it that are to be watched too
   */
  private List<Path> watchOne(Path folder, Instant since) throws IOException {
    WatchKey key = register(folder);
    if (key == null) {
      return List.of();
    }
    watched.put(folder.toString(), key);
    List<Path> entries = entries(folder);
    if (isSomebodyElses(folder, entries)) {
      forget(folder);
      return List.of();
    }
    boolean isNews = hasChangedSince(folder, since);
    List<Path> inner = new ArrayList<>();
    for (Path entry : entries) {
      if (mayBeWatched(entry)) {
        inner.add(entry);
      } else if (isNews && !FolderWalk.isHidden(entry) && FolderWalk.hasUsableName(entry)) {
        listener.touched(entry);
      }
    }
    return inner;
  }

  private boolean isSomebodyElses(Path folder, List<Path> entries) {
    return !folder.equals(root)
        && entries.stream().anyMatch(entry -> entry.endsWith(LibraryMarker.FOLDER))
        && isOthers.test(folder);
  }

  private boolean mayBeWatched(Path entry) {
    return !FolderWalk.isHidden(entry) && FolderWalk.hasUsableName(entry) && isFolder(entry);
  }

  private static boolean hasChangedSince(Path folder, Instant since) {
    try {
      return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
          .toInstant()
          .isAfter(since);
    } catch (IOException e) {
      // Gone, or not to be looked at.
      return false;
    }
  }

  /** Empty where it cannot be read, as a scan finds it empty. */
  private static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException e) {
      return entries;
    }
    return entries;
  }

  private @Nullable WatchKey register(Path folder) throws IOException {
    if (!folder.equals(root) && isUntold.test(folder)) {
      return null;
    }
    try {
      WatchKey key = registration.register(folder, service);
      if (key.watchable().equals(folder)) {
        return key;
      }
      // It was moved here, and is still known by the path that it had.
      key.cancel();
      return registration.register(folder, service);
    } catch (IOException e) {
      if (WatchLimit.isOne(e)) {
        throw new WatchLimit(e);
      }
      // Gone again, or not ours to read.
      return null;
    }
  }
}
