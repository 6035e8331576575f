package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder that nobody may write to for a while, root neither. */
public final class LockedFolder implements AutoCloseable {

  private final Path folder;
  private final boolean root;

  private LockedFolder(Path folder, boolean root) {
    this.folder = folder;
    this.root = root;
  }

  /** The folder, locked until it is closed. */
  public static LockedFolder of(Path folder) throws IOException {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    LockedFolder locked = new LockedFolder(folder, root);
    if (root) {
      assumeThat(locked.changed("+i")).as("root may lock a folder by chattr").isTrue();
    } else {
      mode(folder, "r-xr-xr-x");
    }
    return locked;
  }

  private boolean changed(String attribute) {
    try {
      return new ProcessBuilder("chattr", attribute, folder.toString())
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  private static void mode(Path folder, String mode) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }

  @Override
  public void close() throws IOException {
    if (root) {
      changed("-i");
    } else {
      mode(folder, "rwxr-xr-x");
    }
  }
}
