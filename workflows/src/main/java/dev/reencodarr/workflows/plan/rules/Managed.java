package dev.reencodarr.workflows.plan.rules;

import java.util.List;

/**
 * What Sonarr or Radarr says of the title of a file, as of the latest sync.
 *
 * @param service {@code sonarr} or {@code radarr}; empty: nobody manages the file
 * @param ended whether nothing more of the series will come
 * @param tags their labels, in lower case
 * @param qualityProfile its name
 */
public record Managed(
    String service, boolean monitored, boolean ended, List<String> tags, String qualityProfile) {

  /** Of a file that nobody manages. */
  public static final Managed NOBODY = new Managed("", false, false, List.of(), "");

  public Managed {
    tags = List.copyOf(tags);
  }
}
