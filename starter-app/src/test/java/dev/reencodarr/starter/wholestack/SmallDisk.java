package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of 160 MB of its own that can be filled to the last byte. */
final class SmallDisk implements AutoCloseable {

  private final Path mount;

  private SmallDisk(Path mount) {
    this.mount = mount;
  }

  /** Whether this user may mount one. */
  static boolean canBeMade() throws IOException, InterruptedException {
    Path trial = Files.createTempDirectory("small-disk");
    try {
      boolean mounted = exitCode(mount(trial)) == 0;
      return mounted && exitCode("umount", trial.toString()) == 0;
    } finally {
      Files.delete(trial);
    }
  }

  static SmallDisk at(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    run(mount(folder));
    return new SmallDisk(folder);
  }

  private Path filler() {
    return mount.resolve("filler");
  }

  void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  void makeRoom() throws IOException {
    Files.delete(filler());
  }

  @Override
  public void close() throws IOException {
    try {
      // Something of the stack may still work in it; then it goes when that has ended.
      run("umount", "--lazy", mount.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String[] mount(Path folder) {
    return new String[] {
      "mount", "-t", "tmpfs", "-o", "size=160m", "reencodarr-test", folder.toString()
    };
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(exitCode(command)).as(List.of(command).toString()).isZero();
  }

  private static int exitCode(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
