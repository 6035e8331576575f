package dev.reencodarr.workflows.media;

import java.util.Comparator;
import java.util.List;

/**
 * How another program (a media server, Sonarr, Radarr) calls the folders that we know by other
 * names.
 *
 * @param rules where several fit, the longest counts
 */
public record PathMap(List<Rule> rules) {

  /** Where all names are the same. */
  public static final PathMap NONE = new PathMap(List.of());

  /**
   * @param ours an absolute folder, without a slash at its end
   * @param theirs what it is called there
   */
  public record Rule(String ours, String theirs) {

    private boolean isOurs(String path) {
      return isWithin(ours, path, '/');
    }

    private boolean isTheirs(String path) {
      return isWithin(theirs, path, separator());
    }

    /** Of the other program, which may run under Windows. */
    private char separator() {
      return theirs.indexOf('/') < 0 && theirs.indexOf('\\') >= 0 ? '\\' : '/';
    }

    private static boolean isWithin(String folder, String path, char separator) {
      return path.equals(folder)
          || path.startsWith(
              folder.endsWith(String.valueOf(separator)) ? folder : folder + separator);
    }
  }

  public PathMap {
    rules = List.copyOf(rules);
  }

  /** The path as the other program calls it; where no rule fits, as we do. */
  public String theirs(String path) {
    return rules.stream()
        .filter(rule -> rule.isOurs(path))
        .max(Comparator.comparingInt(rule -> rule.ours().length()))
        .map(rule ->
            rule.theirs() + path.substring(rule.ours().length()).replace('/', rule.separator()))
        .orElse(path);
  }

  /** The path as we call it; where no rule fits, as the other program does. */
  public String ours(String path) {
    return rules.stream()
        .filter(rule -> rule.isTheirs(path))
        .max(Comparator.comparingInt(rule -> rule.theirs().length()))
        .map(rule ->
            rule.ours() + path.substring(rule.theirs().length()).replace(rule.separator(), '/'))
        .orElse(path);
  }
}
