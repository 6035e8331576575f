package dev.reencodarr.fakearr.history;

import dev.reencodarr.fakearr.library.Language;
import dev.reencodarr.fakearr.library.Quality;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One entry: Sonarr writes one for each episode.
 *
 * @param part id of the episode, or of the movie
 * @param release title of the release, or the path of a file
 * @param downloadId empty for none
 */
public record HistoryEntry(
    long id,
    HistoryKind kind,
    long title,
    long part,
    Instant at,
    String release,
    Quality quality,
    List<Language> languages,
    String downloadId,
    Map<String, String> data) {
  public HistoryEntry {
    languages = List.copyOf(languages);
    data = Map.copyOf(data);
  }
}
