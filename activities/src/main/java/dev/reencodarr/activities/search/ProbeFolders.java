package dev.reencodarr.activities.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder that holds the probes' folders on one machine.
 *
 * @param path {@code <workFolder>/probes}; missing before the first probe
 */
public record ProbeFolders(Path path) {

  /** Those of a worker. */
  public static ProbeFolders in(Path workFolder) {
    return new ProbeFolders(workFolder.resolve("probes"));
  }

  /** Whatever lies in it, by name. */
  public List<Path> all() throws IOException {
    return ProbeFolder.all(path);
  }

  /** Removes the folder of a probe; links in it go, their targets stay. */
  public void remove(Path folder) {
    if (!path.equals(folder.getParent())) {
      throw new IllegalArgumentException(folder + " is no probe's");
    }
    ProbeFolder.remove(folder);
  }
}
