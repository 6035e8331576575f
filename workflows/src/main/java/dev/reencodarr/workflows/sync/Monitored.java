package dev.reencodarr.workflows.sync;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of a file's title is monitored.
 *
 * @param on ids of its episodes, or of its movie, that are
 * @param off those that are not
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Monitored(SortedSet<Long> on, SortedSet<Long> off) {
  public Monitored {
    on = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(on));
    off = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(off));
  }
}
