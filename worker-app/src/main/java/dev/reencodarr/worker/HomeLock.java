package dev.reencodarr.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One worker per home and host name; the lock is the kernel's and dies with the process. */
final class HomeLock implements AutoCloseable {

  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws HomeTaken naming the worker that holds it
   */
  static HomeLock take(Path home, String host) throws IOException, HomeTaken {
    Path file = Files.createDirectories(home.resolve("run")).resolve("worker-" + host + ".lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      String first = Files.readString(file).strip();
      channel.close();
      throw new HomeTaken(
          "a worker of " + home + " as host " + host + " runs already: process " + first);
    }
    channel.truncate(0);
    channel.write(
        java.nio.ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
    return new HomeLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
