package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.http.Errors;
import dev.reencodarr.fakearr.http.Refused;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Title;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Series and movies. */
final class TitleRoutes {

  private static final String ADDED = "2024-01-02T03:04:05Z";

  private final Library library;
  private final ArrKind kind;

  TitleRoutes(Library library) {
    this.library = library;
    this.kind = library.kind();
  }

  void addTo(Router router) {
    String route = kind.titleRoute();
    router.add("GET", route, this::list);
    router.add("GET", route + "/{id}", this::get);
    if (!kind.isSonarr()) {
      router.add("PUT", "movie/editor", this::edit);
    }
  }

  private Reply list(Asked asked) throws Refused {
    long outside = asked.number(kind.isSonarr() ? "tvdbId" : "tmdbId", 0);
    List<Title> titles =
        library.titles().stream()
            .filter(title -> outside == 0 || outsideId(title) == outside)
            .toList();
    return Reply.ok(Json.array(titles, this::json));
  }

  private Reply get(Asked asked) throws Refused {
    Title title = library.title(asked.id()).orElseThrow(() -> new Refused(Errors.notFound()));
    return Reply.ok(json(title));
  }

  private Reply edit(Asked asked) throws Refused {
    JsonNode body = asked.body();
    List<Long> ids = Json.readIds(body.path("movieIds"));
    if (body.path("monitored").isBoolean()) {
      library.monitor(ids, body.path("monitored").asBoolean());
    }
    List<Title> edited = ids.stream().flatMap(id -> library.title(id).stream()).toList();
    return Reply.json(202, Json.array(edited, this::json));
  }

  /** A number in the catalogue outside that the program takes its titles from. */
  private static long outsideId(Title title) {
    return 100_000 + title.id();
  }

  private ObjectNode json(Title title) {
    List<MediaFile> files = library.files(title.id());
    return kind.isSonarr() ? series(title, files) : movie(title, files);
  }

  private ObjectNode series(Title title, List<MediaFile> files) {
    List<Part> parts = library.parts(title.id());
    ObjectNode json = Json.object();
    json.put("title", title.name());
    json.put("sortTitle", title.name().toLowerCase(Locale.ROOT));
    json.put("status", title.ended() ? "ended" : "continuing");
    json.put("ended", title.ended());
    json.put("overview", "");
    json.putArray("images");
    json.set("originalLanguage", Json.language(title.original()));
    json.set(
        "seasons",
        Json.array(
            parts.stream().map(Part::season).distinct().sorted().toList(),
            season -> season(season, parts, files)));
    json.put("year", title.year());
    json.put("path", title.path());
    json.put("qualityProfileId", title.profile());
    json.put("seasonFolder", true);
    json.put("monitored", title.monitored());
    json.put("monitorNewItems", "all");
    json.put("useSceneNumbering", false);
    json.put("runtime", 44);
    json.put("tvdbId", outsideId(title));
    json.put("tvRageId", 0);
    json.put("tvMazeId", 0);
    json.put("tmdbId", 0);
    json.put("seriesType", "standard");
    addCommon(json, title);
    json.putObject("ratings").put("votes", 0).put("value", 0.0);
    ObjectNode statistics = json.putObject("statistics");
    statistics.put("seasonCount", parts.stream().map(Part::season).distinct().count());
    addStatistics(statistics, parts, files);
    json.put("languageProfileId", 1);
    json.put("id", title.id());
    return json;
  }

  private static ObjectNode season(int season, List<Part> parts, List<MediaFile> files) {
    List<Part> own = parts.stream().filter(part -> part.season() == season).toList();
    ObjectNode json = Json.object();
    json.put("seasonNumber", season);
    json.put("monitored", own.stream().anyMatch(Part::monitored));
    addStatistics(
        json.putObject("statistics"),
        own,
        files.stream().filter(file -> file.season() == season).toList());
    return json;
  }

  private static void addStatistics(ObjectNode json, List<Part> parts, List<MediaFile> files) {
    long held = parts.stream().filter(part -> part.file() != 0).count();
    json.put("episodeFileCount", held);
    json.put("episodeCount", parts.size());
    json.put("totalEpisodeCount", parts.size());
    json.put("sizeOnDisk", size(files));
    json.set("releaseGroups", groups(files));
    json.put("percentOfEpisodes", parts.isEmpty() ? 0.0 : 100.0 * held / parts.size());
  }

  private ObjectNode movie(Title title, List<MediaFile> files) {
    Stream<Part> part = library.part(title.id()).stream();
    long file = part.mapToLong(Part::file).sum();
    ObjectNode json = Json.object();
    json.put("title", title.name());
    json.put("originalTitle", title.name());
    json.set("originalLanguage", Json.language(title.original()));
    json.putArray("alternateTitles");
    json.put("secondaryYearSourceId", 0);
    json.put("sortTitle", title.name().toLowerCase(Locale.ROOT));
    json.put("sizeOnDisk", size(files));
    json.put("status", "released");
    json.put("overview", "");
    json.putArray("images");
    json.put("year", title.year());
    json.put("path", title.path());
    json.put("qualityProfileId", title.profile());
    json.put("hasFile", file != 0);
    json.put("movieFileId", file);
    json.put("monitored", library.part(title.id()).map(Part::monitored).orElse(false));
    json.put("minimumAvailability", "released");
    json.put("isAvailable", true);
    json.put("folderName", title.path());
    json.put("runtime", 120);
    json.put("tmdbId", outsideId(title));
    addCommon(json, title);
    json.putArray("keywords");
    json.putObject("ratings");
    library.file(file).ifPresent(held -> json.set("movieFile", FileRoutes.json(library, held)));
    json.put("popularity", 1.5);
    ObjectNode statistics = json.putObject("statistics");
    statistics.put("movieFileCount", files.size());
    statistics.put("sizeOnDisk", size(files));
    statistics.set("releaseGroups", groups(files));
    json.put("id", title.id());
    return json;
  }

  private static void addCommon(ObjectNode json, Title title) {
    String letters = title.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    json.put("cleanTitle", letters);
    json.put("imdbId", "tt" + outsideId(title));
    json.put("titleSlug", letters);
    json.put("rootFolderPath", title.root());
    json.put("folder", title.path().substring(title.path().lastIndexOf('/') + 1));
    json.putArray("genres");
    json.set(
        "tags",
        Json.array(title.tags().stream().sorted().toList(), id -> Json.object().numberNode(id)));
    json.put("added", ADDED);
  }

  private static long size(List<MediaFile> files) {
    return files.stream().mapToLong(MediaFile::size).sum();
  }

  private static JsonNode groups(List<MediaFile> files) {
    List<String> groups =
        files.stream()
            .map(MediaFile::releaseGroup)
            .filter(group -> !group.isEmpty())
            .distinct()
            .sorted()
            .toList();
    return Json.array(groups, group -> Json.object().textNode(group));
  }
}
