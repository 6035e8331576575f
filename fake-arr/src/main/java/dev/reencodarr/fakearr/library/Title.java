package dev.reencodarr.fakearr.library;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * A series or a movie.
 *
 * @param path of its folder, absolute
 * @param onDisk whether that folder is a real one; if not, a scan sees nothing and changes nothing
 * @param monitored of a series; a movie's is that of its part
 * @param tags ids
 */
public record Title(
    long id,
    String name,
    int year,
    String path,
    boolean onDisk,
    boolean monitored,
    boolean ended,
    long profile,
    Set<Long> tags,
    Language original) {
  public Title {
    tags = Set.copyOf(new TreeSet<>(tags));
  }

  public Path folder() {
    return Path.of(path);
  }

  /** The folder that its own lies in. */
  public String root() {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  public String pathOf(MediaFile file) {
    return path + "/" + file.relativePath();
  }

  public Title monitored(boolean now) {
    return new Title(id, name, year, path, onDisk, now, ended, profile, tags, original);
  }

  public Title ended(boolean now) {
    return new Title(id, name, year, path, onDisk, monitored, now, profile, tags, original);
  }

  public Title withProfile(long newProfile) {
    return new Title(id, name, year, path, onDisk, monitored, ended, newProfile, tags, original);
  }

  public Title withTags(Set<Long> newTags) {
    return new Title(id, name, year, path, onDisk, monitored, ended, profile, newTags, original);
  }

  public Title withOriginal(Language language) {
    return new Title(id, name, year, path, onDisk, monitored, ended, profile, tags, language);
  }
}
