package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.CustomFormat;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.Profile;
import dev.reencodarr.fakearr.library.Quality;
import dev.reencodarr.fakearr.library.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the user has set: root folders, tags, profiles, formats, media management, naming. */
final class ConfigRoutes {

  private final Library library;
  private final ArrKind kind;

  ConfigRoutes(Library library) {
    this.library = library;
    this.kind = library.kind();
  }

  void addTo(Router router) {
    router.add(
        "GET", "rootfolder", asked -> Reply.ok(Json.array(library.roots().entrySet(), this::root)));
    router.add(
        "GET", "tag", asked -> Reply.ok(Json.array(library.tags().entrySet(), ConfigRoutes::tag)));
    router.add(
        "GET", "qualityprofile", asked -> Reply.ok(Json.array(library.profiles(), this::profile)));
    router.add(
        "GET", "customformat", asked -> Reply.ok(Json.array(library.formats(), this::format)));
    router.add("GET", "config/mediamanagement", asked -> Reply.ok(mediaManagement()));
    router.add("GET", "config/naming", asked -> Reply.ok(naming()));
  }

  private ObjectNode root(Map.Entry<Long, String> root) {
    String path = root.getValue();
    boolean accessible = !library.isRootOnDisk(path) || Files.isDirectory(Path.of(path));
    ObjectNode json = Json.object();
    json.put("path", path);
    json.put("accessible", accessible);
    if (accessible) {
      json.put("freeSpace", 1L << 40);
    }
    json.putArray("unmappedFolders");
    json.put("id", root.getKey());
    return json;
  }

  private static ObjectNode tag(Map.Entry<Long, String> tag) {
    return Json.object().put("label", tag.getValue()).put("id", tag.getKey());
  }

  private ObjectNode profile(Profile profile) {
    ObjectNode json = Json.object();
    json.put("name", profile.name());
    json.put("upgradeAllowed", profile.upgradeAllowed());
    json.put("cutoff", profile.cutoff());
    json.set("items", Json.array(Quality.all(kind), this::profileItem));
    json.put("minFormatScore", 0);
    json.put("cutoffFormatScore", profile.cutoffFormatScore());
    json.put("minUpgradeFormatScore", 1);
    json.set(
        "formatItems",
        Json.array(
            library.formats(),
            format ->
                Json.object()
                    .put("format", format.id())
                    .put("name", format.name())
                    .put("score", format.score())));
    json.put("id", profile.id());
    return json;
  }

  private ObjectNode profileItem(Quality quality) {
    ObjectNode json = Json.object();
    json.set("quality", Json.bareQuality(kind, quality));
    json.putArray("items");
    json.put("allowed", quality.id() != 0);
    return json;
  }

  /** As it stands within files. */
  static ObjectNode shortFormat(CustomFormat format) {
    return Json.object().put("id", format.id()).put("name", format.name());
  }

  private ObjectNode format(CustomFormat format) {
    ObjectNode json = shortFormat(format);
    json.put("includeCustomFormatWhenRenaming", false);
    ObjectNode condition = json.putArray("specifications").addObject();
    condition.put("name", format.name());
    condition.put("implementation", "ReleaseTitleSpecification");
    condition.put("implementationName", "Release Title");
    condition.put("negate", false);
    condition.put("required", false);
    ObjectNode field = condition.putArray("fields").addObject();
    field.put("order", 0);
    field.put("name", "value");
    field.put("label", "Regular Expression");
    field.put("value", format.pattern().pattern());
    field.put("type", "textbox");
    field.put("advanced", false);
    return json;
  }

  private ObjectNode mediaManagement() {
    Settings settings = library.settings();
    ObjectNode json = Json.object();
    String things = kind.isSonarr() ? "Episodes" : "Movies";
    json.put("autoUnmonitorPreviouslyDownloaded" + things, settings.unmonitorsDeleted());
    json.put("recycleBin", settings.recycleBin());
    json.put("recycleBinCleanupDays", 7);
    json.put("downloadPropersAndRepacks", "preferAndUpgrade");
    json.put(kind.isSonarr() ? "createEmptySeriesFolders" : "createEmptyMovieFolders", false);
    json.put("deleteEmptyFolders", false);
    json.put("fileDate", "none");
    json.put("rescanAfterRefresh", settings.rescanAfterRefresh());
    json.put("setPermissionsLinux", false);
    json.put("chmodFolder", "755");
    json.put("chownGroup", "");
    if (kind.isSonarr()) {
      json.put("episodeTitleRequired", "always");
    } else {
      json.put("autoRenameFolders", false);
      json.put("pathsDefaultStatic", false);
    }
    json.put("skipFreeSpaceCheckWhenImporting", false);
    json.put("minimumFreeSpaceWhenImporting", 100);
    json.put("copyUsingHardlinks", true);
    json.put("useScriptImport", false);
    json.put("scriptImportPath", "");
    json.put("importExtraFiles", false);
    json.put("extraFileExtensions", "srt");
    json.put("enableMediaInfo", settings.readsMediaInfo());
    json.put("id", 1);
    return json;
  }

  private ObjectNode naming() {
    Settings settings = library.settings();
    ObjectNode json = Json.object();
    switch (kind) {
      case SONARR -> {
        json.put("renameEpisodes", settings.renames());
        json.put("replaceIllegalCharacters", true);
        json.put("colonReplacementFormat", 4);
        json.put("customColonReplacementFormat", "");
        json.put("multiEpisodeStyle", 5);
        json.put("standardEpisodeFormat", settings.template());
        json.put("dailyEpisodeFormat", settings.template());
        json.put("animeEpisodeFormat", settings.template());
        json.put("seriesFolderFormat", "{Series Title}");
        json.put("seasonFolderFormat", "Season {season}");
        json.put("specialsFolderFormat", "Specials");
      }
      case RADARR -> {
        json.put("renameMovies", settings.renames());
        json.put("replaceIllegalCharacters", true);
        json.put("colonReplacementFormat", "smart");
        json.put("standardMovieFormat", settings.template());
        json.put("movieFolderFormat", "{Movie Title} ({Release Year})");
      }
    }
    json.put("id", 1);
    return json;
  }
}
