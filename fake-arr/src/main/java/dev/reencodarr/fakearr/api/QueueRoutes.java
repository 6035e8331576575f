package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.download.Downloads;
import dev.reencodarr.fakearr.download.QueueItem;
import dev.reencodarr.fakearr.http.Refused;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.Language;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Quality;
import java.util.List;

/** What is being downloaded. */
final class QueueRoutes {

  private final Downloads downloads;
  private final ArrKind kind;

  QueueRoutes(Downloads downloads, ArrKind kind) {
    this.downloads = downloads;
    this.kind = kind;
  }

  void addTo(Router router) {
    router.add("GET", "queue/details", this::details);
  }

  private Reply details(Asked asked) throws Refused {
    long title = asked.number(kind.titleKey(), 0);
    List<Long> episodes = asked.numbers("episodeIds");
    ArrayNode found = Json.object().arrayNode();
    for (QueueItem item : downloads.queue()) {
      if (title == 0 || item.title() == title) {
        addEach(found, item, episodes);
      }
    }
    return Reply.ok(found);
  }

  /** Sonarr has one entry for each episode of a download. */
  private void addEach(ArrayNode found, QueueItem item, List<Long> episodes) {
    for (Part part : item.parts()) {
      if (episodes.isEmpty() || episodes.contains(part.id())) {
        found.add(json(item, part));
      }
    }
  }

  private ObjectNode json(QueueItem item, Part part) {
    ObjectNode json = Json.object();
    json.put(kind.titleKey(), item.title());
    if (kind.isSonarr()) {
      json.put("episodeId", part.id());
      json.put("seasonNumber", part.season());
    }
    json.set("languages", Json.languages(List.of(Language.english())));
    json.set("quality", Json.quality(kind, Quality.parsed(kind, item.release())));
    json.putArray("customFormats");
    json.put("customFormatScore", 0);
    json.put("size", item.size());
    json.put("title", item.release());
    json.put("status", "downloading");
    json.put("trackedDownloadStatus", "ok");
    json.put("trackedDownloadState", "downloading");
    json.putArray("statusMessages");
    json.put("downloadId", item.downloadId());
    json.put("protocol", "torrent");
    json.put("downloadClient", "Client");
    json.put("downloadClientHasPostImportCategory", false);
    json.put("indexer", "Indexer");
    if (kind.isSonarr()) {
      json.put("episodeHasFile", part.file() != 0);
    }
    json.put("sizeleft", item.size() / 2);
    json.put("timeleft", "00:10:00");
    json.put("id", item.id() * 1000 + part.id());
    return json;
  }
}
