package dev.reencodarr.activities.sync.webhook;

import dev.reencodarr.activities.replace.Fsync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on disk until they are handed on. All that wait at once are written together and wait for
 * one sync of the disk. New ones go into a file that nobody reads; who takes what lies there closes
 * it first. What lies there already is not written twice: a title's files are read after the event
 * was taken, whichever of them was told last. So it never holds more than two lines a title. While
 * events come, the next file is made ready by who takes: a new name costs the disk several times
 * what a line does, and no event is to wait for it.
 */
final class EventSpool implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventSpool.class);
  private static final String SUFFIX = ".events";
  private static final long PATIENCE_SECONDS = 20;

  private final Path folder;
  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
  private final Thread writer;
  private final List<Path> closed = new ArrayList<>();
  private final Set<SpooledEvent> lying = new HashSet<>();
  private @Nullable SpoolFile current;
  private @Nullable SpoolFile spare;
  private long next;

  private record Waiting(SpooledEvent event, CompletableFuture<Boolean> kept) {}

  /**
   * Events that were taken, in the order in which they came.
   *
   * @param files that hold them
   */
  record Batch(List<Path> files, List<SpooledEvent> events) {
    Batch {
      files = List.copyOf(files);
      events = List.copyOf(events);
    }

    boolean isEmpty() {
      return files.isEmpty();
    }
  }

  private EventSpool(Path folder, List<Path> left) {
    this.folder = folder;
    this.closed.addAll(left);
    this.next = left.isEmpty() ? 1 : numberOf(left.getLast()) + 1;
    this.writer = Thread.ofPlatform().name("webhook-spool").daemon().unstarted(this::write);
  }

  /** Opens the spool in a folder that is nobody else's; it is made where there is none. */
  static EventSpool open(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path parent = folder.getParent();
      if (parent != null) {
        Fsync.folder(parent);
      }
    }
    EventSpool spool = new EventSpool(folder, filesIn(folder));
    spool.writer.start();
    return spool;
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : all) {
        if (file.getFileName().toString().matches("\\d{18}" + SUFFIX)) {
          files.add(file);
        }
      }
    }
    files.sort(null);
    return files;
  }

  private static long numberOf(Path file) {
    return Long.parseLong(file.getFileName().toString().replace(SUFFIX, ""));
  }

  /**
   * Keeps an event; returns when it is on disk.
   *
   * @throws IOException if it could not be written: it is to be told again
   */
  void keep(SpooledEvent event) throws IOException {
    Waiting one = new Waiting(event, new CompletableFuture<>());
    waiting.add(one);
    try {
      one.kept().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the event could not be written down", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the disk does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the worker stops", e);
    }
  }

  private void write() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        List<Waiting> together = new ArrayList<>();
        together.add(waiting.take());
        waiting.drainTo(together);
        write(together);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Waiting> together) {
    try {
      append(together.stream().map(Waiting::event).toList());
      together.forEach(one -> one.kept().complete(true));
    } catch (IOException | RuntimeException e) {
      together.forEach(one -> one.kept().completeExceptionally(e));
    }
  }

  private synchronized void append(List<SpooledEvent> events) throws IOException {
    Set<SpooledEvent> fresh = new LinkedHashSet<>(events);
    fresh.removeAll(lying);
    if (fresh.isEmpty()) {
      return;
    }
    try {
      file().append(lines(fresh));
    } catch (IOException e) {
      // Its end may be half a line, after which nothing is to be written.
      closeFile();
      throw e;
    }
    lying.addAll(fresh);
  }

  private SpoolFile file() throws IOException {
    SpoolFile open = current;
    if (open == null) {
      SpoolFile ready = spare;
      spare = null;
      open = ready == null ? create(next++) : ready;
      current = open;
    }
    return open;
  }

  /** With its name on disk. */
  private SpoolFile create(long number) throws IOException {
    SpoolFile file =
        SpoolFile.create(folder.resolve(String.format(Locale.ROOT, "%018d" + SUFFIX, number)));
    try {
      Fsync.folder(folder);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return file;
  }

  private static ByteBuffer lines(Set<SpooledEvent> events) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    for (SpooledEvent event : events) {
      lines.add(EventLine.of(event));
    }
    ByteBuffer buffer = ByteBuffer.allocate(lines.stream().mapToInt(line -> line.length).sum());
    lines.forEach(buffer::put);
    return buffer.flip();
  }

  private void closeFile() throws IOException {
    SpoolFile open = current;
    if (open != null) {
      current = null;
      lying.clear();
      closed.add(open.path());
      open.close();
    }
  }

  /** What lies there; it lies there still until it is {@link #done}. */
  Batch take() throws IOException {
    if (closesOne()) {
      prepare();
    }
    return taken();
  }

  private synchronized boolean closesOne() throws IOException {
    if (current == null) {
      // Nothing came for a while: nothing is to lie there.
      removeSpare();
    }
    return closed.isEmpty() && current != null && spare == null;
  }

  /** Nobody waits meanwhile; where it fails, the next event has to make its file by itself. */
  private void prepare() {
    try {
      SpoolFile ready = create(number());
      synchronized (this) {
        spare = ready;
      }
    } catch (IOException e) {
      log.debug("no file could be made ready for the next events", e);
    }
  }

  private synchronized long number() {
    return next++;
  }

  private synchronized Batch taken() throws IOException {
    if (closed.isEmpty()) {
      closeFile();
    }
    Set<SpooledEvent> events = new LinkedHashSet<>();
    for (Path file : closed) {
      events.addAll(SpoolFile.read(file));
    }
    return new Batch(closed, List.copyOf(events));
  }

  private void removeSpare() throws IOException {
    SpoolFile ready = spare;
    if (ready != null) {
      spare = null;
      ready.close();
      Files.deleteIfExists(ready.path());
    }
  }

  /** It was handed on. */
  synchronized void done(Batch batch) throws IOException {
    for (Path file : batch.files()) {
      Files.deleteIfExists(file);
      closed.remove(file);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    writer.interrupt();
    closeFile();
    removeSpare();
  }
}
