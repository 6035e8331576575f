package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.http.Errors;
import dev.reencodarr.fakearr.http.Refused;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import java.util.List;

/** Episodes, Sonarr's alone. */
final class EpisodeRoutes {

  private final Library library;

  EpisodeRoutes(Library library) {
    this.library = library;
  }

  void addTo(Router router) {
    router.add("GET", "episode", this::list);
    router.add("PUT", "episode/monitor", this::monitor);
    router.add("GET", "episode/{id}", this::get);
  }

  private Reply list(Asked asked) throws Refused {
    boolean withFile = asked.request().value("includeEpisodeFile").orElse("").equals("true");
    return Reply.ok(Json.array(wanted(asked), part -> json(part, withFile)));
  }

  private List<Part> wanted(Asked asked) throws Refused {
    if (asked.request().has("seriesId")) {
      long season = asked.number("seasonNumber", -1);
      return library.parts(asked.number("seriesId", 0)).stream()
          .filter(part -> season < 0 || part.season() == season)
          .toList();
    }
    if (asked.request().has("episodeIds")) {
      return asked.numbers("episodeIds").stream().flatMap(id -> library.part(id).stream()).toList();
    }
    if (asked.request().has("episodeFileId")) {
      return library
          .file(asked.number("episodeFileId", 0))
          .map((MediaFile file) -> library.parts(file))
          .orElse(List.of());
    }
    throw new Refused(Errors.missing("seriesId or episodeIds must be provided"));
  }

  private Reply get(Asked asked) throws Refused {
    Part part = library.part(asked.id()).orElseThrow(() -> new Refused(Errors.notFound()));
    return Reply.ok(json(part, true));
  }

  private Reply monitor(Asked asked) throws Refused {
    JsonNode body = asked.body();
    List<Long> ids = Json.readIds(body.path("episodeIds"));
    library.monitor(ids, body.path("monitored").asBoolean());
    List<Part> parts = ids.stream().flatMap(id -> library.part(id).stream()).toList();
    return Reply.json(202, Json.array(parts, part -> json(part, false)));
  }

  private ObjectNode json(Part part, boolean withFile) {
    ObjectNode json = Json.object();
    json.put("seriesId", part.title());
    json.put("tvdbId", 1_000_000 + part.id());
    json.put("episodeFileId", part.file());
    json.put("seasonNumber", part.season());
    json.put("episodeNumber", part.number());
    json.put("title", part.name());
    json.put("airDate", "2020-01-02");
    json.put("airDateUtc", "2020-01-02T03:00:00Z");
    json.put("runtime", 44);
    if (withFile) {
      library
          .file(part.file())
          .ifPresent(file -> json.set("episodeFile", FileRoutes.json(library, file)));
    }
    json.put("hasFile", part.file() != 0);
    json.put("monitored", part.monitored());
    json.put("unverifiedSceneNumbering", false);
    json.put("id", part.id());
    return json;
  }
}
