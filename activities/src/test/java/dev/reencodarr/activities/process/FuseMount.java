package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A folder that is mounted elsewhere by a program: stopped, the mount hangs; killed, it is stale.
 */
public final class FuseMount implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String BINDFS = "/usr/bin/bindfs";

  private final Process bindfs;
  private final Path at;

  private FuseMount(Process bindfs, Path at) {
    this.bindfs = bindfs;
    this.at = at;
  }

  /**
   * The folder, which holds something, mounted at another, which is empty; skips where it cannot
   * be.
   */
  public static FuseMount of(Path folder, Path at) throws Exception {
    assumeThat(Path.of(BINDFS)).isExecutable();
    assumeThat(Path.of("/dev/fuse")).exists();
    Process bindfs =
        new ProcessBuilder(
                BINDFS,
                "-f",
                "-o",
                "entry_timeout=0,attr_timeout=0,negative_timeout=0",
                folder.toString(),
                at.toString())
            .inheritIO()
            .start();
    Processes.await(
        "it is mounted or refused", SOON, () -> holdsSomething(at) || !bindfs.isAlive());
    assumeThat(bindfs.isAlive()).as("this user may mount").isTrue();
    return new FuseMount(bindfs, at);
  }

  private static boolean holdsSomething(Path folder) throws IOException {
    try (var names = Files.list(folder)) {
      return names.findAny().isPresent();
    }
  }

  /** Whoever asks for a file of it waits. */
  public void hang() {
    Processes.stop(bindfs.pid());
  }

  /** It answers again. */
  public void goOn() {
    Processes.resume(bindfs.pid());
  }

  /** It stays mounted, and nobody answers any more. */
  public void becomeStale() throws InterruptedException {
    bindfs.destroyForcibly();
    assertThat(bindfs.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /** It takes its mount with it; where it was killed, nothing may stay behind. */
  @Override
  public void close() throws IOException {
    goOn();
    bindfs.destroy();
    bindfs.onExit().join();
    new ProcessBuilder("fusermount", "-uqz", at.toString()).start().onExit().join();
  }
}
