package dev.reencodarr.activities.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The folders of kept samples on one machine: one for each source and sample plan, which appears in
 * one step when all its samples are cut.
 *
 * @param path {@code <workFolder>/samples}; missing before the first ones
 */
public record SampleFolders(Path path) {

  /** What no probe has used for so long is not kept: a search may wait for an encode to end. */
  public static final Duration KEPT = Duration.ofHours(6);

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  /** Those of a worker. */
  public static SampleFolders in(Path workFolder) {
    return new SampleFolders(workFolder.resolve("samples"));
  }

  /** Whatever lies in it, by name. */
  public List<Path> all() throws IOException {
    return ProbeFolder.all(path);
  }

  /** Whether it is named like one of ours. */
  public static boolean isNamed(Path folder) {
    return NAME.matcher(String.valueOf(folder.getFileName())).matches()
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether no probe has used it for {@link #KEPT}; one that does says so all the time. */
  public static boolean isOver(Path folder) throws IOException {
    return lastUse(folder).isBefore(Instant.now().minus(KEPT));
  }

  /** Removes one of them. */
  public void remove(Path folder) {
    if (!path.equals(folder.getParent())) {
      throw new IllegalArgumentException(folder + " holds no samples");
    }
    try {
      ProbeFolder.remove(folder);
    } catch (UncheckedIOException e) {
      // Probes and the janitor may both be at it.
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e;
      }
    }
  }

  static void use(Path folder) throws IOException {
    Files.setLastModifiedTime(folder.resolve(CutSamples.LIST), FileTime.from(Instant.now()));
  }

  /** Long ago where there is no list, or nothing at all any more. */
  static Instant lastUse(Path folder) throws IOException {
    try {
      return Files.getLastModifiedTime(folder.resolve(CutSamples.LIST)).toInstant();
    } catch (NoSuchFileException e) {
      return Instant.EPOCH;
    }
  }
}
