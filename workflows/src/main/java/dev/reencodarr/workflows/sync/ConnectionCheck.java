package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.media.MediaPath;
import java.util.List;

/**
 * What a look at a connection has shown.
 *
 * @param findings in the order in which they were looked at
 * @param roots folders of ours below which its titles lie; those that are there
 */
public record ConnectionCheck(List<Finding> findings, List<MediaPath> roots) {

  public ConnectionCheck {
    findings = List.copyOf(findings);
    roots = List.copyOf(roots);
  }

  /** How a finding is to be taken. */
  public enum Weight {
    GOOD,
    /** Works, and will hurt one day. */
    WARNING,
    /** Does not work. */
    BAD
  }

  /** One line, for people. */
  public record Finding(Weight weight, String line) {}

  /** Whether a sync can work. */
  public boolean isFit() {
    return findings.stream().noneMatch(finding -> finding.weight() == Weight.BAD);
  }
}
