package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.event.ArrEvent;
import dev.reencodarr.fakearr.event.Events;
import dev.reencodarr.fakearr.history.Blocked;
import dev.reencodarr.fakearr.history.History;
import dev.reencodarr.fakearr.history.HistoryEntry;
import dev.reencodarr.fakearr.history.HistoryKind;
import dev.reencodarr.fakearr.http.Errors;
import dev.reencodarr.fakearr.http.Refused;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Quality;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** History, what failed in it, and the list of releases that are not taken again. */
final class HistoryRoutes {

  private final Library library;
  private final History history;
  private final Events events;
  private final ArrKind kind;

  HistoryRoutes(Library library, History history, Events events) {
    this.library = library;
    this.history = history;
    this.events = events;
    this.kind = library.kind();
  }

  void addTo(Router router) {
    router.add("GET", "history", this::page);
    router.add("GET", "history/since", this::since);
    router.add("GET", "history/" + kind.titleRoute(), this::ofTitle);
    router.add("POST", "history/failed/{id}", this::markFailed);
    router.add("GET", "blocklist", this::blocklist);
  }

  private Reply page(Asked asked) throws Refused {
    List<Long> titles = asked.numbers(kind.isSonarr() ? "seriesIds" : "movieIds");
    long part = asked.number("episodeId", 0);
    String downloadId = asked.request().value("downloadId").orElse("");
    Predicate<HistoryEntry> wanted =
        entry ->
            (titles.isEmpty() || titles.contains(entry.title()))
                && (part == 0 || entry.part() == part)
                && (downloadId.isEmpty() || entry.downloadId().equals(downloadId))
                && isWanted(asked, entry);
    List<HistoryEntry> entries = history.entries().stream().filter(wanted).toList();
    return Reply.ok(paged(asked, entries, this::json));
  }

  private boolean isWanted(Asked asked, HistoryEntry entry) {
    List<String> kinds = asked.request().values("eventType");
    return kinds.isEmpty() || kinds.stream().anyMatch(word -> entry.kind().isCalled(kind, word));
  }

  private Reply since(Asked asked) throws Refused {
    Instant since = asked.date("date");
    List<HistoryEntry> entries =
        history.since(since).stream().filter(entry -> isWanted(asked, entry)).toList();
    return Reply.ok(Json.array(entries, this::json));
  }

  private Reply ofTitle(Asked asked) throws Refused {
    long title = asked.number(kind.titleKey(), 0);
    List<HistoryEntry> entries =
        history.entries().reversed().stream()
            .filter(entry -> entry.title() == title && isWanted(asked, entry))
            .toList();
    return Reply.ok(Json.array(entries, this::json));
  }

  /** As the button does: the grab is said to have failed, blocked, and searched for anew. */
  private Reply markFailed(Asked asked) throws Refused {
    HistoryEntry asGiven =
        history
            .entry(asked.id())
            .orElseThrow(
                () -> new Refused(Errors.notFound(entity() + asked.id() + " does not exist")));
    HistoryEntry grab = history.grab(asGiven.downloadId()).orElse(asGiven);
    List<Part> parts =
        history.of(HistoryKind.GRABBED).stream()
            .filter(entry -> entry.downloadId().equals(grab.downloadId()) || entry.equals(grab))
            .flatMap(entry -> library.part(entry.part()).stream())
            .toList();
    library
        .title(grab.title())
        .ifPresent(title ->
            events.tell(
                new ArrEvent.DownloadFailed(
                    title,
                    parts.isEmpty() ? library.part(grab.part()).stream().toList() : parts,
                    grab.release(),
                    grab.downloadId(),
                    "Manually marked as failed")));
    return Reply.ok(Json.object());
  }

  private String entity() {
    return kind.isSonarr() ? "EpisodeHistory with ID " : "MovieHistory with ID ";
  }

  private Reply blocklist(Asked asked) throws Refused {
    List<Long> titles = asked.numbers(kind.isSonarr() ? "seriesIds" : "movieIds");
    List<Blocked> entries =
        history.blocklist().stream()
            .filter(entry -> titles.isEmpty() || titles.contains(entry.title()))
            .toList();
    return Reply.ok(paged(asked, entries, this::json));
  }

  /** Newest first, unless it is asked for otherwise. */
  private static <T> ObjectNode paged(Asked asked, List<T> oldestFirst, Function<T, JsonNode> shape)
      throws Refused {
    String direction = asked.request().value("sortDirection").orElse("descending");
    List<T> all = direction.equals("ascending") ? oldestFirst : oldestFirst.reversed();
    long page = Math.max(1, asked.number("page", 1));
    long size = Math.max(1, asked.number("pageSize", 10));
    ObjectNode json = Json.object();
    json.put("page", page);
    json.put("pageSize", size);
    json.put("sortKey", "date");
    json.put("sortDirection", direction);
    json.put("totalRecords", all.size());
    json.set(
        "records", Json.array(all.stream().skip((page - 1) * size).limit(size).toList(), shape));
    return json;
  }

  private ObjectNode json(HistoryEntry entry) {
    ObjectNode json = Json.object();
    if (kind.isSonarr()) {
      json.put("episodeId", entry.part());
    }
    json.put(kind.titleKey(), entry.title());
    json.put("sourceTitle", entry.release());
    json.set("languages", Json.languages(entry.languages()));
    json.set("quality", Json.quality(kind, entry.quality()));
    json.putArray("customFormats");
    json.put("customFormatScore", 0);
    json.put("qualityCutoffNotMet", false);
    json.put("date", Json.date(entry.at()));
    Json.text(json, "downloadId", entry.downloadId());
    json.put("eventType", entry.kind().word(kind));
    ObjectNode data = json.putObject("data");
    entry.data().forEach(data::put);
    json.put("id", entry.id());
    return json;
  }

  private ObjectNode json(Blocked blocked) {
    ObjectNode json = Json.object();
    json.put(kind.titleKey(), blocked.title());
    if (kind.isSonarr()) {
      json.set("episodeIds", Json.array(blocked.parts(), part -> Json.object().numberNode(part)));
    }
    json.put("sourceTitle", blocked.release());
    json.putArray("languages");
    json.set("quality", Json.quality(kind, Quality.parsed(kind, blocked.release())));
    json.putArray("customFormats");
    json.put("date", Json.date(blocked.at()));
    json.put("protocol", "torrent");
    json.put("indexer", "Indexer");
    json.put("message", blocked.message());
    json.put("id", blocked.id());
    return json;
  }
}
