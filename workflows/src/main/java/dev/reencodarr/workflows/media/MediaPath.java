package dev.reencodarr.workflows.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An absolute path of a file or folder, the only type in which paths travel. It may hold anything a
 * file name can (quotes, newlines, emoji); it is never handed to a shell.
 */
public record MediaPath(@JsonValue String value) implements Comparable<MediaPath> {

  /**
   * @throws IllegalArgumentException if the path is not absolute, holds a NUL, has a {@code .} or
   *     {@code ..} segment, or holds a character that no UTF-8 name decodes to (U+FFFD), which
   *     means that the name on disk is not valid UTF-8 and cannot travel to a program
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public MediaPath {
    if (!value.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute path: " + value);
    }
    if (value.indexOf('\0') >= 0 || value.indexOf('\uFFFD') >= 0) {
      throw new IllegalArgumentException("a name that is not valid UTF-8: " + value);
    }
    for (String segment : value.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("not a normalised path: " + value);
      }
    }
  }

  /** The last segment: the file's own name. */
  public String fileName() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** The file name without its extension. */
  public String stem() {
    String name = fileName();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  /** The extension in lower case without the dot; empty if there is none. */
  public String extension() {
    String name = fileName();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
  }

  /** The folder that holds this path; the root's parent is the root. */
  public MediaPath parent() {
    int slash = value.lastIndexOf('/');
    return new MediaPath(slash <= 0 ? "/" : value.substring(0, slash));
  }

  /** A path below this one. */
  public MediaPath resolve(String relative) {
    return new MediaPath(value.endsWith("/") ? value + relative : value + "/" + relative);
  }

  /** Whether this path is {@code root} or lies below it, by whole segments. */
  public boolean isWithin(MediaPath root) {
    return value.equals(root.value)
        || value.startsWith(root.value.endsWith("/") ? root.value : root.value + "/");
  }

  /**
   * This path relative to a root above it.
   *
   * @throws IllegalArgumentException if it does not lie below the root
   */
  public String relativeTo(MediaPath root) {
    if (!isWithin(root) || equals(root)) {
      throw new IllegalArgumentException(value + " is not below " + root.value);
    }
    return value.substring(
        root.value.endsWith("/") ? root.value.length() : root.value.length() + 1);
  }

  @Override
  public int compareTo(MediaPath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
