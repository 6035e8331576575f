package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.disk.Naming;
import dev.reencodarr.fakearr.http.Errors;
import dev.reencodarr.fakearr.http.Refused;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Title;
import java.util.List;

/** What a rename would do. */
final class RenameRoutes {

  private final Library library;
  private final Naming naming;
  private final ArrKind kind;

  RenameRoutes(Library library, Naming naming) {
    this.library = library;
    this.naming = naming;
    this.kind = library.kind();
  }

  void addTo(Router router) {
    router.add("GET", "rename", this::preview);
  }

  private Reply preview(Asked asked) throws Refused {
    List<Long> titles = asked.numbers(kind.titleKey());
    if (titles.isEmpty()) {
      throw new Refused(Errors.missing(kind.titleKey() + " must be provided"));
    }
    long season = asked.number("seasonNumber", -1);
    ArrayNode previews = Json.object().arrayNode();
    for (long id : titles) {
      Title title = library.title(id).orElseThrow(() -> new Refused(Errors.notFound(missing(id))));
      for (MediaFile file : library.files(id)) {
        if (season < 0 || file.season() == season) {
          naming.newPath(title, file).ifPresent(path -> previews.add(json(file, path)));
        }
      }
    }
    return Reply.ok(previews);
  }

  private String missing(long id) {
    return (kind.isSonarr() ? "Series" : "Movie") + " with ID " + id + " does not exist";
  }

  private ObjectNode json(MediaFile file, String newPath) {
    ObjectNode json = Json.object();
    json.put(kind.titleKey(), file.title());
    if (kind.isSonarr()) {
      json.put("seasonNumber", file.season());
      json.set(
          "episodeNumbers",
          Json.array(
              library.parts(file).stream().map(Part::number).toList(),
              number -> Json.object().numberNode(number)));
    }
    json.put(kind.isSonarr() ? "episodeFileId" : "movieFileId", file.id());
    json.put("existingPath", file.relativePath());
    json.put("newPath", newPath);
    json.put("id", file.id());
    return json;
  }
}
