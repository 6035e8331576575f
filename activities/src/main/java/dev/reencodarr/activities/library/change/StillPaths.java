package dev.reencodarr.activities.library.change;

import dev.reencodarr.activities.library.FolderWalk;
import dev.reencodarr.activities.store.SeenFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What has changed, kept until it has been still: a file, until its size and date have not changed
 * for a while and nobody has it open for writing; a folder of which is not known what has changed,
 * until nothing in it has changed for a while. Not for several threads.
 */
final class StillPaths {

  /** More are not kept one by one: their whole root is looked at then. */
  static final int MANY = 20_000;

  /** Files that are being written hold up the look at a folder no longer than so many times. */
  private static final int PATIENCE = 12;

  /** Whether somebody writes is asked so often while a file is waited for. */
  private static final int ASKS_WHILE_WRITTEN = 5;

  private final Path root;
  private final long still;
  private final LongSupplier nanos;
  private final UnaryOperator<Set<Path>> openForWriting;
  private final NavigableMap<String, File> files = new TreeMap<>();
  private final Map<Path, Folder> folders = new HashMap<>();

  /**
   * @param still how long nothing must have changed
   * @param nanos the time, as {@link System#nanoTime}
   * @param openForWriting which of some files somebody has open for writing
   */
  StillPaths(
      Path root, Duration still, LongSupplier nanos, UnaryOperator<Set<Path>> openForWriting) {
    this.root = root;
    this.still = still.toNanos();
    this.nanos = nanos;
    this.openForWriting = openForWriting;
  }

  /** What lies at a path. */
  sealed interface State {

    record There(SeenFile file) implements State {}

    record Gone() implements State {}

    static State of(Path path) {
      return FolderWalk.seen(path).<State>map(There::new).orElseGet(Gone::new);
    }
  }

  /**
   * @param askAt when to look whether it is still so
   */
  private record File(Path path, State state, long askAt) {}

  private record Folder(long firstLost, long lastTouched) {}

  /** Something may have happened to the file at this path. */
  void touched(Path path) {
    long now = nanos.getAsLong();
    State state = State.of(path);
    File known = files.get(path.toString());
    if (known == null || !known.state().equals(state)) {
      put(new File(path, state, now + still));
    }
    folders.replaceAll(
        (folder, told) -> path.startsWith(folder) ? new Folder(told.firstLost(), now) : told);
    if (files.size() > MANY) {
      files.clear();
      lost(root);
    }
  }

  /** Something may have happened anywhere in this folder, or to it. */
  void lost(Path folder) {
    long now = nanos.getAsLong();
    for (Path known : folders.keySet()) {
      if (folder.startsWith(known)) {
        folders.put(known, new Folder(folders.get(known).firstLost(), now));
        return;
      }
    }
    folders.keySet().removeIf(known -> known.startsWith(folder));
    folders.put(folder, new Folder(now, now));
  }

  /**
   * What has been still long enough.
   *
   * @param there files that are there
   * @param gone paths at which nothing is any more
   * @param folders to be looked at with all that is in them
   */
  record Due(Map<Path, SeenFile> there, Set<Path> gone, Set<Path> folders) {

    Due {
      there = Map.copyOf(there);
      gone = Set.copyOf(gone);
      folders = Set.copyOf(folders);
    }

    boolean isEmpty() {
      return there.isEmpty() && gone.isEmpty() && folders.isEmpty();
    }
  }

  /** Whether it is worth to ask for what is due: nothing is looked at for this. */
  boolean mayBeDue() {
    long now = nanos.getAsLong();
    return files.values().stream().anyMatch(file -> now - file.askAt() >= 0)
        || folders.entrySet().stream().anyMatch(each -> isDue(each.getKey(), each.getValue(), now));
  }

  /** It stays due until it is done with. */
  Due due() {
    long now = nanos.getAsLong();
    Set<Path> dueFolders = new HashSet<>();
    folders.forEach((folder, told) -> {
      if (isDue(folder, told, now)) {
        dueFolders.add(folder);
      }
    });
    Map<Path, SeenFile> there = new HashMap<>();
    Set<Path> gone = new HashSet<>();
    for (File file : ripe(now)) {
      if (dueFolders.stream().noneMatch(file.path()::startsWith)) {
        switch (file.state()) {
          case State.There found -> there.put(file.path(), found.file());
          case State.Gone nothing -> gone.add(file.path());
        }
      }
    }
    return new Due(there, gone, dueFolders);
  }

  private boolean isDue(Path folder, Folder told, long now) {
    boolean isStill = now - told.lastTouched() >= still && isQuiet(folder, now);
    return isStill || now - told.firstLost() >= still * PATIENCE;
  }

  /** Looks at those whose time has come: they must be as they were, and nobody must write them. */
  private List<File> ripe(long now) {
    List<File> same = new ArrayList<>();
    for (File file : List.copyOf(files.values())) {
      if (now - file.askAt() >= 0) {
        State state = State.of(file.path());
        if (state.equals(file.state())) {
          same.add(file);
        } else {
          put(new File(file.path(), state, now + still));
        }
      }
    }
    Set<Path> candidates = new HashSet<>();
    same.forEach(file -> candidates.add(file.path()));
    Set<Path> open = openForWriting.apply(candidates);
    List<File> ripe = new ArrayList<>();
    for (File file : same) {
      if (open.contains(file.path())) {
        put(new File(file.path(), file.state(), now + still / ASKS_WHILE_WRITTEN));
      } else {
        ripe.add(file);
      }
    }
    return ripe;
  }

  private void put(File file) {
    files.put(file.path().toString(), file);
  }

  /** Whether no file in this folder is waited for that was not still for long enough. */
  boolean isQuiet(Path folder) {
    return isQuiet(folder, nanos.getAsLong());
  }

  private boolean isQuiet(Path folder, long now) {
    String path = folder.toString();
    return files.subMap(path + '/', path + (char) ('/' + 1)).values().stream()
        .noneMatch(file -> now - file.askAt() < 0);
  }

  /** These need not be kept any more: they were handed on, or nothing is to be done. */
  void done(Due done) {
    done.there().keySet().forEach(path -> files.remove(path.toString()));
    done.gone().forEach(path -> files.remove(path.toString()));
    for (Path folder : done.folders()) {
      folders.remove(folder);
      long now = nanos.getAsLong();
      String path = folder.toString();
      files
          .subMap(path + '/', path + (char) ('/' + 1))
          .values()
          .removeIf(file -> now - file.askAt() >= 0);
    }
  }

  /** How much is waited for. */
  int size() {
    return files.size() + folders.size();
  }
}
