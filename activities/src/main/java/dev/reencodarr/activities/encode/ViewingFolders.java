package dev.reencodarr.activities.encode;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The samples that people look at, on one machine, each in a folder named like its order.
 *
 * @param path {@code <workFolder>/viewing}; missing before the first
 */
public record ViewingFolders(Path path) {

  private static final Pattern PLAIN_EXTENSION = Pattern.compile("[a-z0-9]{1,8}");
  private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}");

  /** Those of a worker. */
  public static ViewingFolders in(Path workFolder) {
    return new ViewingFolders(workFolder.resolve("viewing"));
  }

  /** An empty one; what an earlier attempt has left in it goes. */
  ViewingFolder created(VideoId sample, MediaPath film) throws IOException {
    Path folder = path.resolve(sample.toString());
    String extension = film.extension();
    Path link =
        folder.resolve(PLAIN_EXTENSION.matcher(extension).matches() ? "src." + extension : "src");
    ViewingFolder made = new ViewingFolder(folder, link);
    made.remove();
    Files.createDirectories(folder);
    Files.createSymbolicLink(link, Path.of(film.value()));
    return made;
  }

  /** Whatever lies in it, by name. */
  public List<Path> all() throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.sorted().toList();
    }
  }

  /** Whether it is named like one of ours. */
  public static boolean isNamed(Path folder) {
    return NAME.matcher(String.valueOf(folder.getFileName())).matches()
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /** Removes one of them. */
  public void remove(Path folder) throws IOException {
    if (!path.equals(folder.getParent())) {
      throw new IllegalArgumentException(folder + " holds no sample");
    }
    new ViewingFolder(folder, folder.resolve("src")).remove();
  }
}
