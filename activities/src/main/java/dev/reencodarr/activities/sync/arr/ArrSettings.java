package dev.reencodarr.activities.sync.arr;

import java.util.List;

/**
 * Settings of Sonarr or Radarr that matter to whoever changes files under it.
 *
 * @param recycleBin folder for deleted files; empty for none
 * @param unmonitorsDeleted whether what loses its file is not monitored any more
 * @param rescan after a refresh: always, afterManual, never
 * @param readsMediaInfo whether it looks into files
 * @param renames whether files are named by its naming
 * @param upgradingProfiles names of the quality profiles that allow upgrades and give a custom
 *     format that speaks of AV1 in its name a score other than 0
 */
public record ArrSettings(
    String recycleBin,
    boolean unmonitorsDeleted,
    String rescan,
    boolean readsMediaInfo,
    boolean renames,
    List<String> upgradingProfiles) {
  public ArrSettings {
    upgradingProfiles = List.copyOf(upgradingProfiles);
  }
}
