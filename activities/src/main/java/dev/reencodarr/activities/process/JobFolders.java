package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final Path jobs;
  private final KeptLogs logs;

  /**
   * @param workFolder of this worker; made if it is missing
   */
  public JobFolders(Path workFolder) throws IOException {
    this.jobs = Files.createDirectories(workFolder.resolve("jobs")).toRealPath();
    this.logs = new KeptLogs(Files.createDirectories(workFolder.resolve("logs")).toRealPath());
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

  /** Where the logs of what failed are kept. */
  public KeptLogs logs() {
    return logs;
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
