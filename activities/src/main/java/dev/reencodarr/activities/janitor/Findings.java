package dev.reencodarr.activities.janitor;

import dev.reencodarr.workflows.janitor.Finding;
import dev.reencodarr.workflows.janitor.FindingKind;
import dev.reencodarr.workflows.janitor.Swept;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The findings of one part of a round: each is a line of the log, the first ones travel. */
final class Findings {

  private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

  private final List<Finding> first = new ArrayList<>();
  private int count = 0;

  void add(FindingKind kind, String line) {
    String printable = line.replaceAll("\\p{Cntrl}", "?");
    LOG.info("janitor: {}", printable);
    count++;
    if (first.size() < Swept.SHOWN) {
      first.add(new Finding(kind, printable));
    }
  }

  void addAll(Swept swept) {
    count += swept.count();
    swept.findings().stream().limit(Swept.SHOWN - first.size()).forEach(first::add);
  }

  Swept swept() {
    return new Swept(count, first);
  }
}
