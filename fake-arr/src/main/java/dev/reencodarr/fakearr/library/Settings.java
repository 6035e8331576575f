package dev.reencodarr.fakearr.library;

/**
 * The user's settings that matter to whoever changes files.
 *
 * @param recycleBin folder; empty for none
 * @param unmonitorsDeleted whether what loses its file is not monitored any more
 * @param rescanAfterRefresh always, afterManual, never
 * @param readsMediaInfo whether it looks into files
 * @param renames whether files are named by the template
 * @param template such as {@code {Series Title} - S{season:00}E{episode:00} {MediaInfo VideoCodec}}
 * @param redownloadsFailed whether a failed grab is searched for anew
 */
public record Settings(
    String recycleBin,
    boolean unmonitorsDeleted,
    String rescanAfterRefresh,
    boolean readsMediaInfo,
    boolean renames,
    String template,
    boolean redownloadsFailed) {

  /** As both programs come, with a name that tells the codec. */
  public static Settings usual(ArrKind kind) {
    String template =
        switch (kind) {
          case SONARR ->
              "{Series Title} - S{season:00}E{episode:00} - {Episode Title} {Quality Full}";
          case RADARR -> "{Movie Title} ({Release Year}) {Quality Full}";
        };
    return new Settings("", false, "always", true, false, template, true);
  }

  public Settings withRecycleBin(String folder) {
    return new Settings(
        folder,
        unmonitorsDeleted,
        rescanAfterRefresh,
        readsMediaInfo,
        renames,
        template,
        redownloadsFailed);
  }

  public Settings unmonitoringDeleted(boolean now) {
    return new Settings(
        recycleBin, now, rescanAfterRefresh, readsMediaInfo, renames, template, redownloadsFailed);
  }

  public Settings withRescanAfterRefresh(String when) {
    return new Settings(
        recycleBin, unmonitorsDeleted, when, readsMediaInfo, renames, template, redownloadsFailed);
  }

  public Settings readingMediaInfo(boolean now) {
    return new Settings(
        recycleBin,
        unmonitorsDeleted,
        rescanAfterRefresh,
        now,
        renames,
        template,
        redownloadsFailed);
  }

  public Settings renamingBy(String newTemplate) {
    return new Settings(
        recycleBin,
        unmonitorsDeleted,
        rescanAfterRefresh,
        readsMediaInfo,
        true,
        newTemplate,
        redownloadsFailed);
  }

  public Settings redownloadingFailed(boolean now) {
    return new Settings(
        recycleBin, unmonitorsDeleted, rescanAfterRefresh, readsMediaInfo, renames, template, now);
  }
}
