package dev.reencodarr.bench.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of its own, in memory, that can be filled to the last byte. */
final class SmallDisk implements AutoCloseable {

  private static final int BLOCK = 64 * 1024;

  /** Nothing is taken of the memory before it is written. */
  private static final String SIZE = "1g";

  private final Path mount;
  private final Thread onSignal;

  private SmallDisk(Path mount) {
    this.mount = mount;
    this.onSignal = Thread.ofPlatform().unstarted(this::unmountOnSignal);
  }

  /** Whether this user may mount one. */
  static boolean canBeMade(Path trial) throws IOException, InterruptedException {
    Files.createDirectories(trial);
    boolean made = exitCode(mounting(trial)) == 0;
    return made && exitCode(List.of("umount", trial.toString())) == 0;
  }

  static SmallDisk at(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    if (exitCode(mounting(folder)) != 0) {
      throw new IOException("no file system could be mounted at " + folder);
    }
    SmallDisk disk = new SmallDisk(folder);
    Runtime.getRuntime().addShutdownHook(disk.onSignal);
    return disk;
  }

  private Path filler() {
    return mount.resolve(".filler");
  }

  /** Takes all the room that is left. */
  void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("No space left")) {
        throw full;
      }
    }
  }

  /** Gives the room back. */
  void makeRoom() throws IOException {
    Files.deleteIfExists(filler());
  }

  @Override
  public void close() throws IOException {
    try {
      unmount();
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + mount + " is unmounted", e);
    }
  }

  /** Lazily: a tool that ends this moment may still stand in it. */
  private void unmount() throws IOException, InterruptedException {
    if (exitCode(List.of("umount", "--lazy", mount.toString())) != 0) {
      throw new IOException(mount + " could not be unmounted");
    }
  }

  private void unmountOnSignal() {
    try {
      unmount();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> mounting(Path folder) {
    return List.of(
        "mount", "-t", "tmpfs", "-o", "size=" + SIZE, "reencodarr-chaos", folder.toString());
  }

  private static int exitCode(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
