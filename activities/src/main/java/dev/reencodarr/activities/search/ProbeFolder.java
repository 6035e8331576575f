package dev.reencodarr.activities.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The private folder of one probe. The source lies in it as a short symbolic link, since ab-av1
 * appends to names and long ones would not fit.
 */
final class ProbeFolder implements AutoCloseable {

  private static final Pattern PLAIN_EXTENSION = Pattern.compile("[a-z0-9]{1,8}");

  private final Path folder;
  private final Path source;

  private ProbeFolder(Path folder, Path source) {
    this.folder = folder;
    this.source = source;
  }

  static ProbeFolder create(Path probes, Path source, String extension) throws IOException {
    Path folder = Files.createDirectories(probes.resolve(UUID.randomUUID().toString()));
    String name = PLAIN_EXTENSION.matcher(extension).matches() ? "src." + extension : "src";
    return new ProbeFolder(folder, Files.createSymbolicLink(folder.resolve(name), source));
  }

  Path path() {
    return folder;
  }

  /** The link to the source. */
  Path source() {
    return source;
  }

  /** Where samples are cut, to be kept once they are whole. */
  Path samples() {
    return folder.resolve("samples");
  }

  /** A new folder for what the probe of one sample leaves. */
  Path ofSample(String name) throws IOException {
    return Files.createDirectory(folder.resolve("of-" + name));
  }

  /** Removes everything in it; the link goes, the source stays. */
  @Override
  public void close() {
    remove(folder);
  }

  static void remove(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whatever lies in a folder, by name; nothing where there is none. */
  static List<Path> all(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}
