package dev.reencodarr.workflows.watching;

import java.util.Comparator;
import java.util.List;

/**
 * How a media server calls the folders that we know by other names.
 *
 * @param rules where several fit, the longest counts
 */
public record PathMap(List<Rule> rules) {

  /**
   * @param ours an absolute folder, without a slash at its end
   * @param theirs what it is called there
   */
  public record Rule(String ours, String theirs) {

    private boolean fits(String path) {
      return path.equals(ours) || path.startsWith(ours + "/");
    }
  }

  public PathMap {
    rules = List.copyOf(rules);
  }

  /** The path as the server calls it; where no rule fits, as we do. */
  public String theirs(String path) {
    return rules.stream()
        .filter(rule -> rule.fits(path))
        .max(Comparator.comparingInt(rule -> rule.ours().length()))
        .map(rule -> rule.theirs() + path.substring(rule.ours().length()))
        .orElse(path);
  }
}
