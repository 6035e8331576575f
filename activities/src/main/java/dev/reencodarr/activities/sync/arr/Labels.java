package dev.reencodarr.activities.sync.arr;

import java.util.Map;

/**
 * What ids stand for.
 *
 * @param tags by their ids
 * @param qualityProfiles names by their ids
 */
public record Labels(Map<Long, String> tags, Map<Long, String> qualityProfiles) {
  public Labels {
    tags = Map.copyOf(tags);
    qualityProfiles = Map.copyOf(qualityProfiles);
  }
}
