package dev.reencodarr.activities.library;

import dev.reencodarr.activities.library.FolderWalk.LeftAlone;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.RequestNote;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.SeenFile;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.library.ScanTally;
import dev.reencodarr.workflows.library.WorkRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes down what a walk tells, in batches that end with a folder. A batch with young files waits
 * until they have held still while the walk goes on; so the wait is paid once, at the end.
 */
final class WalkRecorder implements FolderWalk.Visitor {

  private static final Logger log = LoggerFactory.getLogger(WalkRecorder.class);

  /** Only files changed so lately can still be in the making. */
  private static final Duration YOUNG = Duration.ofMinutes(5);

  /** A download may stand still for hours; of older files it is not asked who has them open. */
  private static final Duration OPEN_FOR_LONG = Duration.ofDays(1);

  private static final int BATCH = 500;
  private static final long WAIT_SLICE_MILLIS = 100;

  private final Database database;
  private final VideoRepository videos;
  private final RequestRepository requests;
  private final WorkRequest request;
  private final Duration still;
  private final FollowedLinks links;
  private final Consumer<WalkCursor> progress;
  private final Deque<Batch> closed = new ArrayDeque<>();
  private final Set<Path> ownFolders = new HashSet<>();
  private WalkCursor done;
  private Batch current;

  /**
   * @param still for which young files must not change; of a request by schedule: since when files
   *     must not have changed
   * @param from where the walk goes on
   * @param progress told of each step; what it throws ends the walk
   */
  WalkRecorder(
      Database database,
      WorkRequest request,
      Duration still,
      FollowedLinks links,
      WalkCursor from,
      Consumer<WalkCursor> progress) {
    this.database = database;
    this.videos = new VideoRepository(database);
    this.requests = new RequestRepository(database);
    this.request = request;
    this.still = still;
    this.links = links;
    this.done = from;
    this.current = new Batch(from.folder());
    this.progress = progress;
    from.ownFolders().stream().map(Path::of).forEach(ownFolders::add);
  }

  /** What was met since the last folder that ended a batch. */
  private static final class Batch {
    private final List<SeenFile> files = new ArrayList<>();
    private final Set<FollowedLinks.Followed> followed = new LinkedHashSet<>();
    private final List<RequestNote> notes = new ArrayList<>();
    private String lastFolder;
    private int refusedNames;
    private int unreadable;
    private int symlinkedFolders;
    private long closedAt;

    private Batch(String lastFolder) {
      this.lastFolder = lastFolder;
    }

    private boolean isFull() {
      return files.size() + followed.size() + notes.size() >= BATCH;
    }

    private Set<SeenFile> young(Duration age) {
      Instant limit = Instant.now().minus(age);
      return Stream.concat(files.stream(), followed.stream().map(FollowedLinks.Followed::file))
          .filter(file -> !file.symlink() && file.mtime().isAfter(limit))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  @Override
  public void file(SeenFile file) {
    links.behind(file).ifPresentOrElse(current.followed::add, () -> current.files.add(file));
  }

  @Override
  public void leftAlone(Path path, LeftAlone why) {
    // What is gone by the time that it is looked at is nothing to worry about.
    log.atLevel(why == LeftAlone.MISSING ? Level.INFO : Level.WARN)
        .log("{}: {}", path, why.explanation());
    current.notes.add(new RequestNote(path.toString(), why.explanation()));
    switch (why) {
      case REFUSED_NAME -> current.refusedNames++;
      case UNREADABLE -> current.unreadable++;
      case SYMLINK -> current.symlinkedFolders++;
      case MISSING, OTHERS, OUTSIDE, NO_VIDEO_NAME -> {}
    }
  }

  @Override
  public void ownFolder(Path folder) {
    ownFolders.add(folder);
  }

  /** How far the walk has come. */
  WalkCursor cursor() {
    return done;
  }

  /** Our own folders that the walk has come by. */
  Set<Path> ownFolders() {
    return Set.copyOf(ownFolders);
  }

  @Override
  public void folderDone(Path folder) {
    current.lastFolder = folder.toString();
    progress.accept(done);
    if (current.isFull()) {
      close();
    }
    writeRipe();
  }

  private void close() {
    current.closedAt = System.nanoTime();
    closed.add(current);
    current = new Batch(current.lastFolder);
  }

  private void writeRipe() {
    while (!closed.isEmpty() && isRipe(closed.getFirst())) {
      write(closed.removeFirst());
    }
  }

  private boolean isRipe(Batch batch) {
    return request.scheduled()
        || System.nanoTime() - batch.closedAt >= still.toNanos()
        || batch.young(YOUNG).isEmpty();
  }

  /** Writes the rest, as soon as it has held still. */
  ScanTally finish() throws InterruptedException {
    close();
    writeRipe();
    while (!closed.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(WAIT_SLICE_MILLIS);
      progress.accept(done);
      writeRipe();
    }
    return done.tally();
  }

  private void write(Batch batch) {
    Set<SeenFile> unsteady =
        request.scheduled() ? unsteadyForNow(batch) : unsteady(batch.young(YOUNG));
    List<SeenFile> steady = batch.files.stream().filter(file -> !unsteady.contains(file)).toList();
    List<FollowedLinks.Followed> followed =
        batch.followed.stream().filter(link -> !unsteady.contains(link.file())).toList();
    for (SeenFile file : unsteady) {
      batch.notes.add(new RequestNote(file.path().value(), "is being written: left for later"));
    }
    int taken =
        database
            .transactions()
            .<Integer>execute(transaction -> {
              for (int first = 0; first < steady.size(); first += BATCH) {
                List<SeenFile> part = steady.subList(first, Math.min(first + BATCH, steady.size()));
                videos.see(request.library(), part);
                requests.addVideos(request.id(), part.stream().map(SeenFile::path).toList());
              }
              followed.stream()
                  .collect(
                      Collectors.groupingBy(
                          FollowedLinks.Followed::library,
                          Collectors.mapping(FollowedLinks.Followed::file, Collectors.toList())))
                  .forEach(videos::see);
              requests.addVideos(
                  request.id(), followed.stream().map(link -> link.file().path()).toList());
              requests.note(request.id(), batch.notes);
              return videos.unanalysed(
                  Stream.concat(
                          steady.stream(), followed.stream().map(FollowedLinks.Followed::file))
                      .distinct()
                      .toList());
            });
    done =
        new WalkCursor(
            batch.lastFolder,
            plus(done.tally(), batch, steady, followed.size(), unsteady, taken),
            ownFolders.stream().map(Path::toString).sorted().toList());
    progress.accept(done);
  }

  private static ScanTally plus(
      ScanTally before,
      Batch batch,
      List<SeenFile> steady,
      int followed,
      Set<SeenFile> unsteady,
      int taken) {
    int symlinks = (int) steady.stream().filter(SeenFile::symlink).count();
    int hardLinked =
        (int) batch.files.stream().filter(file -> !file.symlink() && file.hardLinks() > 1).count();
    return new ScanTally(
        before.files() + batch.files.size() + batch.followed.size(),
        before.known() + steady.size() + followed - symlinks - taken,
        before.taken() + taken,
        before.beingWritten() + unsteady.size(),
        before.refusedNames() + batch.refusedNames,
        before.unreadable() + batch.unreadable,
        before.symlinks() + symlinks + batch.symlinkedFolders,
        before.hardLinked() + hardLinked);
  }

  /**
   * Where nobody waits: those that changed lately, and that somebody still has open for writing.
   */
  private Set<SeenFile> unsteadyForNow(Batch batch) {
    Set<SeenFile> written = batch.young(OPEN_FOR_LONG);
    Set<Path> open = openAmong(written);
    written.removeIf(file -> !open.contains(Path.of(file.path().value())));
    written.addAll(batch.young(still));
    return written;
  }

  private static Set<Path> openAmong(Set<SeenFile> files) {
    return OpenForWriting.among(
        files.stream()
            .map(file -> Path.of(file.path().value()))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Those that have changed since they were met, or that somebody has open for writing. */
  private static Set<SeenFile> unsteady(Set<SeenFile> young) {
    Set<Path> open = openAmong(young);
    Set<SeenFile> unsteady = new HashSet<>();
    for (SeenFile file : young) {
      Path path = Path.of(file.path().value());
      Optional<SeenFile> now = FolderWalk.seen(path);
      if (open.contains(path) || now.filter(file::equals).isEmpty()) {
        unsteady.add(file);
      }
    }
    return unsteady;
  }
}
