package dev.reencodarr.fakearr.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.event.ArrEvent;
import dev.reencodarr.fakearr.event.DeleteReason;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Title;
import java.util.List;
import java.util.Set;

/** The bodies of webhooks. */
final class Payloads {

  private final Library library;
  private final ArrKind kind;
  private final Shapes shapes;

  Payloads(Library library) {
    this.library = library;
    this.kind = library.kind();
    this.shapes = new Shapes(library);
  }

  List<Payload> of(ArrEvent event) {
    return switch (event) {
      case ArrEvent.Grabbed _ -> List.of();
      case ArrEvent.DownloadFailed _ -> List.of();
      case ArrEvent.Imported imported -> imported(imported);
      case ArrEvent.Renamed renamed -> List.of(renamed(renamed));
      case ArrEvent.FileDeleted deleted -> deleted(deleted);
      case ArrEvent.TitleAdded added -> List.of(added(added.title()));
      case ArrEvent.TitleDeleted gone -> List.of(gone(gone));
    };
  }

  private List<Payload> imported(ArrEvent.Imported imported) {
    boolean upgrade = !imported.replaced().isEmpty();
    Payload one =
        new Payload(
            upgrade ? Set.of("onDownload", "onUpgrade") : Set.of("onDownload"),
            "Download",
            download(imported, upgrade));
    return kind.isSonarr() ? List.of(one, complete(imported)) : List.of(one);
  }

  private ObjectNode download(ArrEvent.Imported imported, boolean upgrade) {
    ObjectNode body = titled(imported.title());
    if (kind.isSonarr()) {
      body.set("episodes", episodes(imported.parts()));
    } else {
      body.set("remoteMovie", shapes.remoteMovie(imported.title()));
    }
    ObjectNode file = shapes.file(imported.title(), imported.file());
    file.put("sourcePath", imported.source());
    body.set(fileKey(), file);
    body.put("isUpgrade", upgrade);
    addDownload(body, imported);
    if (upgrade) {
      ArrayNode deleted = body.putArray("deletedFiles");
      imported.replaced().forEach(old -> deleted.add(shapes.file(imported.title(), old)));
    }
    ObjectNode formats = body.putObject("customFormatInfo");
    ArrayNode list = formats.putArray("customFormats");
    library
        .formats(imported.file())
        .forEach(format -> list.addObject().put("id", format.id()).put("name", format.name()));
    formats.put("customFormatScore", library.score(imported.file()));
    body.set("release", release(imported));
    return ended(body, "Download");
  }

  /** The other shape that goes by the same name: of a whole download at once. */
  private Payload complete(ArrEvent.Imported imported) {
    ObjectNode body = titled(imported.title());
    body.set("episodes", episodes(imported.parts()));
    body.putArray("episodeFiles").add(shapes.file(imported.title(), imported.file()));
    addDownload(body, imported);
    body.set("release", release(imported));
    body.put("fileCount", 1);
    body.put("sourcePath", folderOf(imported.source()));
    body.put("destinationPath", folderOf(imported.title().pathOf(imported.file())));
    return new Payload(Set.of("onImportComplete"), "Download", ended(body, "Download"));
  }

  private static String folderOf(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static void addDownload(ObjectNode body, ArrEvent.Imported imported) {
    body.put("downloadClient", "Client");
    body.put("downloadClientType", "qBittorrent");
    body.put("downloadId", imported.downloadId());
  }

  private ObjectNode release(ArrEvent.Imported imported) {
    ObjectNode release = JsonNodeFactory.instance.objectNode();
    release.put("releaseTitle", imported.release());
    release.put("indexer", "Indexer");
    release.put("size", imported.file().size());
    if (kind.isSonarr()) {
      release.put("releaseType", imported.file().releaseType());
    } else {
      release.putArray("indexerFlags");
    }
    return release;
  }

  private Payload renamed(ArrEvent.Renamed renamed) {
    ObjectNode body = titled(renamed.title());
    ArrayNode files = body.putArray(kind.isSonarr() ? "renamedEpisodeFiles" : "renamedMovieFiles");
    for (ArrEvent.NewName one : renamed.files()) {
      ObjectNode file = shapes.file(renamed.title(), one.file());
      file.put("previousRelativePath", one.before());
      file.put("previousPath", renamed.title().path() + "/" + one.before());
      files.add(file);
    }
    return new Payload(Set.of("onRename"), "Rename", ended(body, "Rename"));
  }

  /** Nothing is told of a file that belongs to no part any more. */
  private List<Payload> deleted(ArrEvent.FileDeleted deleted) {
    if (deleted.parts().isEmpty()) {
      return List.of();
    }
    String event = kind.isSonarr() ? "EpisodeFileDelete" : "MovieFileDelete";
    ObjectNode body = titled(deleted.title());
    if (kind.isSonarr()) {
      body.set("episodes", episodes(deleted.parts()));
    }
    body.set(fileKey(), shapes.file(deleted.title(), deleted.file()));
    body.put("deleteReason", deleted.reason().wire());
    boolean upgrade = deleted.reason() == DeleteReason.UPGRADE;
    Set<String> flags =
        upgrade ? Set.of("on" + event, "on" + event + "ForUpgrade") : Set.of("on" + event);
    return List.of(new Payload(flags, event, ended(body, event)));
  }

  private Payload added(Title title) {
    String event = kind.isSonarr() ? "SeriesAdd" : "MovieAdded";
    ObjectNode body = titled(title);
    if (!kind.isSonarr()) {
      body.put("addMethod", "manual");
    }
    return new Payload(Set.of("on" + event), event, ended(body, event));
  }

  private Payload gone(ArrEvent.TitleDeleted gone) {
    String event = kind.isSonarr() ? "SeriesDelete" : "MovieDelete";
    ObjectNode body = titled(gone.title());
    body.put("deletedFiles", gone.filesToo());
    if (!kind.isSonarr()) {
      body.put("movieFolderSize", gone.size());
    }
    return new Payload(Set.of("on" + event), event, ended(body, event));
  }

  /** What is sent to see whether anybody answers. */
  Payload test() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (kind.isSonarr()) {
      ObjectNode series = body.putObject("series");
      series.put("id", 1).put("title", "Test Title").put("path", "C:\\testpath");
      series.put("tvdbId", 1234).put("tvMazeId", 0).put("type", "standard");
      ObjectNode episode = body.putArray("episodes").addObject();
      episode.put("id", 123).put("episodeNumber", 1).put("seasonNumber", 1);
      episode.put("title", "Test title");
    } else {
      ObjectNode movie = body.putObject("movie");
      movie.put("id", 1).put("title", "Test Title").put("releaseDate", "1970-01-01");
      movie.put("folderPath", "C:\\testpath").put("tmdbId", 0);
      ObjectNode remote = body.putObject("remoteMovie");
      remote.put("tmdbId", 1234).put("imdbId", "5678").put("title", "Test title");
      remote.put("year", 1970);
      ObjectNode release = body.putObject("release");
      release.put("quality", "Test Quality").put("qualityVersion", 1);
      release.put("releaseTitle", "Test Title").put("indexer", "Test Indexer");
      release.put("size", 9_999_999);
    }
    return new Payload(Set.of(), "Test", ended(body, "Test"));
  }

  private ObjectNode titled(Title title) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set(kind.titleRoute(), shapes.title(title));
    return body;
  }

  private ArrayNode episodes(List<Part> parts) {
    ArrayNode episodes = JsonNodeFactory.instance.arrayNode();
    parts.forEach(part -> episodes.add(shapes.episode(part)));
    return episodes;
  }

  private String fileKey() {
    return kind.isSonarr() ? "episodeFile" : "movieFile";
  }

  /** Own fields stand first. */
  private ObjectNode ended(ObjectNode body, String eventType) {
    body.put("eventType", eventType);
    body.put("instanceName", kind.appName());
    body.put("applicationUrl", "");
    return body;
  }

  /** The title, the parts and the file of a payload. */
  private record Shapes(Library library) {

    private ObjectNode title(Title title) {
      return library.kind().isSonarr() ? series(title) : movie(title);
    }

    private ObjectNode series(Title title) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("id", title.id());
      json.put("title", title.name());
      json.put("titleSlug", "title-" + title.id());
      json.put("path", title.path());
      json.put("tvdbId", 100_000 + title.id());
      json.put("tvMazeId", 0);
      json.put("tmdbId", 0);
      json.put("imdbId", "tt" + (100_000 + title.id()));
      json.put("type", "standard");
      addCommon(json, title);
      return json;
    }

    private ObjectNode movie(Title title) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("id", title.id());
      json.put("title", title.name());
      json.put("releaseDate", title.year() + "-01-02");
      json.put("folderPath", title.path());
      json.put("tmdbId", 100_000 + title.id());
      json.put("imdbId", "tt" + (100_000 + title.id()));
      json.put("overview", "");
      addCommon(json, title);
      return json;
    }

    private ObjectNode remoteMovie(Title title) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("tmdbId", 100_000 + title.id());
      json.put("imdbId", "tt" + (100_000 + title.id()));
      json.put("title", title.name());
      json.put("year", title.year());
      return json;
    }

    private void addCommon(ObjectNode json, Title title) {
      json.put("year", title.year());
      json.putArray("genres");
      json.putArray("images");
      ArrayNode tags = json.putArray("tags");
      title.tags().stream().sorted().forEach(tag -> tags.add(library.tags().getOrDefault(tag, "")));
      json.putObject("originalLanguage")
          .put("id", title.original().id())
          .put("name", title.original().name());
    }

    private ObjectNode episode(Part part) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("id", part.id());
      json.put("episodeNumber", part.number());
      json.put("seasonNumber", part.season());
      json.put("title", part.name());
      json.put("airDate", "2020-01-02");
      json.put("airDateUtc", "2020-01-02T03:00:00Z");
      json.put("seriesId", part.title());
      json.put("tvdbId", 1_000_000 + part.id());
      return json;
    }

    private ObjectNode file(Title title, MediaFile file) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("id", file.id());
      json.put("relativePath", file.relativePath());
      json.put("path", title.pathOf(file));
      json.put("quality", file.quality().name());
      json.put("qualityVersion", file.quality().version());
      putKnown(json, "releaseGroup", file.releaseGroup());
      putKnown(json, "sceneName", file.sceneName());
      if (!library.kind().isSonarr()) {
        json.put("indexerFlags", Integer.toString(file.indexerFlags()));
      }
      json.put("size", file.size());
      json.put("dateAdded", file.added().toString());
      ArrayNode languages = json.putArray("languages");
      file.languages()
          .forEach(one -> languages.addObject().put("id", one.id()).put("name", one.name()));
      if (file.mediaInfo().known()) {
        addMediaInfo(json.putObject("mediaInfo"), file);
      }
      return json;
    }

    private static void addMediaInfo(ObjectNode json, MediaFile file) {
      int lines = Math.max(480, file.quality().resolution());
      json.put("audioChannels", 5.1);
      json.put("audioCodec", "AC3");
      json.putArray("audioLanguages").add("eng");
      json.put("height", lines);
      json.put("width", lines * 16 / 9);
      json.putArray("subtitles").add("eng");
      json.put("videoCodec", file.mediaInfo().videoCodec());
      json.put("videoDynamicRange", "");
      json.put("videoDynamicRangeType", "");
    }

    private static void putKnown(ObjectNode json, String name, String value) {
      if (!value.isEmpty()) {
        json.put(name, value);
      }
    }
  }
}
