package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The job folders of one machine: {@code <workFolder>/jobs/<owner>.<key>}. The owner is the id of
 * the video, so that all jobs of a video can be found.
 */
public final class JobFolders {

  private static final long LOOK_MILLIS = 20;

  private static final String KEPT_LOG = "*.*-*.log";

  private final Path jobs;
  private final Path logs;

  /**
   * @param workFolder of this worker; made if it is missing
   */
  public JobFolders(Path workFolder) throws IOException {
    this.jobs = Files.createDirectories(workFolder.resolve("jobs")).toRealPath();
    this.logs = Files.createDirectories(workFolder.resolve("logs")).toRealPath();
  }

  /** The folder of a job, which need not exist. */
  public JobFolder folder(String owner, String key) {
    return new JobFolder(jobs.resolve(owner + "." + key));
  }

  /** Every job folder, by name. */
  public List<JobFolder> all() throws IOException {
    List<JobFolder> all = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(jobs, Files::isDirectory)) {
      folders.forEach(folder -> all.add(new JobFolder(folder)));
    }
    all.sort(Comparator.comparing(JobFolder::name));
    return all;
  }

  /** The job folders of one owner. */
  public List<JobFolder> of(String owner) throws IOException {
    return all().stream().filter(folder -> folder.name().startsWith(owner + ".")).toList();
  }

  /** Where the log of a job is kept when its folder goes: {@code logs/<job>-<n>.log}. */
  public Path keptLog(JobFolder folder) {
    int number = 1;
    while (Files.exists(logs.resolve(folder.name() + "-" + number + ".log"))) {
      number++;
    }
    return logs.resolve(folder.name() + "-" + number + ".log");
  }

  /** Moves the log of a job whose folder goes, if it has one. */
  public void keepLog(JobFolder folder, Path keptLog) throws IOException {
    if (Files.exists(folder.log())) {
      Files.move(folder.log(), keptLog, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The logs that were kept, in no order; what is not named like one is not ours. */
  public List<Path> keptLogs() throws IOException {
    List<Path> kept = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(logs, KEPT_LOG)) {
      files.forEach(kept::add);
    }
    return kept;
  }

  /**
   * Waits until nobody else starts or removes jobs of this machine, in this process or another.
   * Held for moments only.
   */
  public Lock lock() throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(
            jobs.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = tried(channel);
      while (lock == null) {
        Thread.sleep(LOOK_MILLIS);
        lock = tried(channel);
      }
      return new Lock(channel);
    } catch (IOException | InterruptedException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tried(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it.
      return null;
    }
  }

  /** The right to start and remove jobs, until closed. */
  public static final class Lock implements AutoCloseable {
    private final FileChannel channel;

    private Lock(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
