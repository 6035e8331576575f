package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.disk.Deleter;
import dev.reencodarr.fakearr.http.Errors;
import dev.reencodarr.fakearr.http.Refused;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.FileName;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Title;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Episode files and movie files. */
final class FileRoutes {

  private final Library library;
  private final Deleter deleter;
  private final ArrKind kind;

  FileRoutes(Library library, Deleter deleter) {
    this.library = library;
    this.deleter = deleter;
    this.kind = library.kind();
  }

  void addTo(Router router) {
    String route = kind.fileRoute();
    router.add("GET", route, this::list);
    router.add("PUT", route + "/bulk", this::editMany);
    router.add("GET", route + "/{id}", asked -> Reply.ok(json(library, require(asked.id()))));
    router.add("PUT", route + "/{id}", this::editOne);
    router.add("DELETE", route + "/{id}", this::delete);
  }

  private MediaFile require(long id) throws Refused {
    return library.file(id).orElseThrow(() -> new Refused(Errors.notFound()));
  }

  private Reply list(Asked asked) throws Refused {
    List<Long> titles = asked.numbers(kind.titleKey());
    List<Long> ids = asked.numbers(kind.isSonarr() ? "episodeFileIds" : "movieFileIds");
    if (titles.isEmpty() && ids.isEmpty()) {
      throw new Refused(
          Errors.missing(
              kind.isSonarr()
                  ? "seriesId or episodeFileIds must be provided"
                  : "movieId or movieFileIds must be provided"));
    }
    List<MediaFile> files = new ArrayList<>();
    for (long title : titles) {
      if (library.title(title).isEmpty() && kind.isSonarr()) {
        throw new Refused(Errors.notFound("Series with ID " + title + " does not exist"));
      }
      files.addAll(library.files(title));
    }
    ids.forEach(id -> library.file(id).ifPresent(files::add));
    return Reply.ok(Json.array(files, file -> json(library, file)));
  }

  static ObjectNode json(Library library, MediaFile file) {
    ArrKind kind = library.kind();
    Title title = library.requireTitle(file.title());
    ObjectNode json = Json.object();
    json.put(kind.titleKey(), file.title());
    if (kind.isSonarr()) {
      json.put("seasonNumber", file.season());
    }
    json.put("relativePath", file.relativePath());
    json.put("path", title.pathOf(file));
    json.put("size", file.size());
    json.put("dateAdded", Json.date(file.added()));
    Json.text(json, "sceneName", file.sceneName());
    Json.text(json, "releaseGroup", file.releaseGroup());
    Json.text(json, "edition", file.edition());
    json.set("languages", Json.languages(file.languages()));
    json.set("quality", Json.quality(kind, file.quality()));
    json.set("customFormats", Json.array(library.formats(file), ConfigRoutes::shortFormat));
    json.put("customFormatScore", library.score(file));
    json.put("indexerFlags", file.indexerFlags());
    if (kind.isSonarr()) {
      json.put("releaseType", file.releaseType());
    }
    if (file.mediaInfo().known()) {
      json.set("mediaInfo", mediaInfo(file));
    }
    if (!kind.isSonarr()) {
      Json.text(json, "originalFilePath", file.originalPath());
    }
    json.put("qualityCutoffNotMet", library.isCutoffNotMet(file));
    json.put("id", file.id());
    return json;
  }

  private static ObjectNode mediaInfo(MediaFile file) {
    int lines = Math.max(480, file.quality().resolution());
    ObjectNode json = Json.object();
    json.put("audioBitrate", 384000);
    json.put("audioChannels", 5.1);
    json.put("audioCodec", "AC3");
    json.put("audioLanguages", "eng");
    json.put("audioStreamCount", 1);
    json.put("videoBitDepth", 8);
    json.put("videoBitrate", 0);
    json.put("videoCodec", file.mediaInfo().videoCodec());
    json.put("videoFps", 23.976);
    json.put("videoDynamicRange", "");
    json.put("videoDynamicRangeType", "");
    json.put("resolution", lines * 16 / 9 + "x" + lines);
    json.put("runTime", "44:10");
    json.put("scanType", "Progressive");
    json.put("subtitles", "eng");
    return json;
  }

  /** Only what is told is changed. */
  private Reply editMany(Asked asked) throws Refused {
    List<MediaFile> edited = new ArrayList<>();
    for (JsonNode wish : asked.body()) {
      MediaFile file = require(wish.path("id").asLong());
      MediaFile now = edited(file, wish);
      library.put(now);
      edited.add(now);
    }
    return Reply.json(202, Json.array(edited, file -> json(library, file)));
  }

  private MediaFile edited(MediaFile file, JsonNode wish) {
    MediaFile now = file;
    if (wish.path("quality").isObject()) {
      now = now.withQuality(Json.readQuality(wish.path("quality")));
    }
    if (wish.path("languages").isArray()) {
      now = now.withLanguages(Json.readLanguages(wish.path("languages")));
    }
    if (wish.path("releaseGroup").isTextual()) {
      now = now.withReleaseGroup(wish.path("releaseGroup").asText());
    }
    if (isSceneName(wish)) {
      now = now.withSceneName(wish.path("sceneName").asText());
    }
    if (wish.path("edition").isTextual()) {
      now = now.withEdition(wish.path("edition").asText());
    }
    if (wish.path("indexerFlags").isInt()) {
      now = now.withIndexerFlags(wish.path("indexerFlags").asInt());
    }
    if (wish.path("releaseType").isTextual()) {
      now = now.withReleaseType(wish.path("releaseType").asText());
    }
    return now;
  }

  private static boolean isSceneName(JsonNode wish) {
    return new FileName(wish.path("sceneName").asText()).isScene();
  }

  /** Radarr overwrites whatever is told, and what is not told is lost. */
  private Reply editOne(Asked asked) throws Refused {
    MediaFile file = require(asked.id());
    JsonNode wish = asked.body();
    MediaFile now =
        switch (kind) {
          case SONARR -> editedAlone(file, wish);
          case RADARR -> overwritten(file, wish);
        };
    library.put(now);
    return Reply.json(202, json(library, now));
  }

  private static MediaFile editedAlone(MediaFile file, JsonNode wish) {
    MediaFile now =
        file.withQuality(Json.readQuality(wish.path("quality")))
            .withReleaseGroup(wish.path("releaseGroup").asText());
    return isSceneName(wish) ? now.withSceneName(wish.path("sceneName").asText()) : now;
  }

  private static MediaFile overwritten(MediaFile file, JsonNode wish) throws Refused {
    if (!wish.path("indexerFlags").isInt()) {
      throw new Refused(Errors.broken("Nullable object must have a value."));
    }
    MediaFile now =
        file.withQuality(Json.readQuality(wish.path("quality")))
            .withLanguages(Json.readLanguages(wish.path("languages")))
            .withEdition(wish.path("edition").asText(""))
            .withReleaseGroup(wish.path("releaseGroup").asText(""))
            .withIndexerFlags(wish.path("indexerFlags").asInt());
    return isSceneName(wish) ? now.withSceneName(wish.path("sceneName").asText()) : now;
  }

  private Reply delete(Asked asked) throws Refused, IOException {
    MediaFile file = library.file(asked.id()).orElseThrow(() -> new Refused(gone()));
    if (!deleter.delete(file)) {
      String root = library.requireTitle(file.title()).root();
      throw new Refused(
          Errors.conflict(kind.appName() + "'s root folder (" + root + ") doesn't exist."));
    }
    return Reply.empty(200);
  }

  private Reply gone() {
    return Errors.notFound(kind.isSonarr() ? "Episode file not found" : "Movie file not found");
  }
}
